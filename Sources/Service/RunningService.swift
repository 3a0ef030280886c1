import API
import Access
import Crypto
import Foundation
import Library
import Logging
import Platform
import Portal
import Store
import Vocabulary
import Web

/// A service made of all its parts, ready to answer.
///
///     let service = try await RunningService.open(settings, library: library)
///     try await service.serve { port in … }   // until SIGTERM or SIGINT
public struct RunningService: Sendable {
    public let platform: Platform
    public let settings: ServiceSettings
    private let dependencies: WebDependencies
    private let style: [UInt8]
    private let cursorKey: SymmetricKey

    /// Opens the database, brings it to the schema of the program, and puts the parts together.
    /// - Throws: `ServiceFault`, `StoreFault`.
    public static func open(
        _ settings: ServiceSettings, library: RuleLibrary, logger: Logger,
        now: @escaping @Sendable () -> Timestamp, random: RandomSource = .system
    ) async throws -> RunningService {
        try settings.makeFolder()
        let key = try InstallationKey.key(at: settings.key, random)
        let database = try settings.openDatabase()
        try await Migrator.migrate(database, at: now())
        let platform = Platform(
            database: database, library: library,
            surroundings: Platform.Surroundings(
                now: now, random: random, key: derived(key, "seal"),
                commonPasswords: try PasswordRule.common(
                    in: String(decoding: file("access/common-passwords.txt", library), as: UTF8.self))))
        return try RunningService(platform: platform, settings: settings, installationKey: key, logger: logger)
    }

    /// Puts the parts together over a platform that stands.
    /// - Parameters:
    ///   - installationKey: What the key of the cursors is derived from.
    ///   - environment: The clock and chance of the server.
    ///   - checksAnswers: Whether every answer of the API is held against its description: in debug builds.
    /// - Throws: `ServiceFault` where the library lacks a file.
    public init(
        platform: Platform, settings: ServiceSettings, installationKey: SymmetricKey, logger: Logger,
        environment: WebEnvironment = .system, checksAnswers: Bool = RunningService.isDebugBuild
    ) throws(ServiceFault) {
        self.platform = platform
        self.settings = settings
        self.checksAnswers = checksAnswers
        dependencies = WebDependencies(
            settings: settings.web, phrasebook: platform.library.phrasebook,
            authenticator: Authenticator(
                session: { try await platform.viewer(sessionKey: $0) },
                token: { try await platform.viewer(tokenKey: $0) }),
            logger: logger, environment: environment, explain: PlatformProblems.problem,
            describe: PlatformProblems.description)
        style = try Self.file("portal/style.css", platform.library)
        cursorKey = Self.derived(installationKey, "cursor")
    }

    /// Whether the program was built for looking for faults.
    public static var isDebugBuild: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    private let checksAnswers: Bool

    /// The API's description and routes.
    var api: APISite {
        APISite(
            endpoints: PlatformAPI(platform).endpoints, schemas: PlatformAPI.schemas,
            cursors: CursorSeal(key: cursorKey.withUnsafeBytes { Array($0) }), idempotency: .kept(by: platform),
            checksAnswers: checksAnswers)
    }

    /// The site without a socket: pages, API, and what machines ask of the process.
    public func responder(isDemonstration: Bool = false) -> WebResponder {
        let router = WebRouter(dependencies)
        let database = platform.database
        WatchRoutes(reasonsNotReady: {
            do {
                _ = try await database.read { try $0.rows("SELECT next FROM audit_head") }
                return []
            } catch {
                return [Message(key: "service.database-away", arguments: [:])]
            }
        }).add(to: router, dependencies)
        api.add(to: router, dependencies)
        PortalSite(platform: platform, settings: settings.web, style: style, isDemonstration: isDemonstration)
            .add(to: router)
        return router.responder()
    }

    /// Answers on the port until SIGTERM or SIGINT; requests in work are finished.
    /// - Parameter onRunning: Called with the port once it is open.
    /// - Throws: `ListenFault` if the port cannot be opened.
    public func serve(onRunning: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        do {
            let isDemonstration = try await platform.isDemonstration()
            let server = WebServer(
                responder: responder(isDemonstration: isDemonstration), dependencies,
                services: [JobService(platform, silence: settings.jobSilence, dependencies.logger)],
                onRunning: onRunning)
            try await server.run()
        } catch {
            try? await platform.database.close()
            throw error
        }
        try await platform.database.close()
    }

    private static func file(_ name: String, _ library: RuleLibrary) throws(ServiceFault) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: library.root + "/" + name) else {
            throw ServiceFault("service.file-missing", ["path": library.root + "/" + name])
        }
        return Array(data)
    }

    /// A key for one use, so that none is used for two (RFC 5869).
    private static func derived(_ key: SymmetricKey, _ use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("jialing \(use)".utf8), outputByteCount: 32)
    }
}
