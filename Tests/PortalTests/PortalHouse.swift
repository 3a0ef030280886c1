import Access
import DatabaseFixtures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PlatformFixtures
import Portal
import Store
import Synchronization
import Testing
import Vocabulary

@testable import Service
@testable import Web

/// The pages of a platform, as browsers of several people see them, without a socket.
struct PortalHouse {
    let house: TestPlatform
    private let doors = Doors()

    /// Who is behind each session key.
    private final class Doors: Sendable {
        let viewers = Mutex<[String: Viewer]>([:])
    }

    static func with<Result>(
        _ engine: Engine, _ body: (PortalHouse) async throws -> Result
    ) async throws -> Result {
        try await TestPlatform.with(engine) { try await body(PortalHouse(house: $0)) }
    }

    private init(house: TestPlatform) { self.house = house }

    /// Somebody's browser, signed in.
    func browser(_ viewer: Viewer) throws -> Browser {
        let secret = Secret(.session, house.platform.surroundings.random)
        doors.viewers.withLock { $0[secret.text] = viewer }
        let settings = WebSettings()
        let doors = doors
        let dependencies = WebDependencies(
            settings: settings, phrasebook: house.platform.library.phrasebook,
            authenticator: Authenticator(
                session: { key in doors.viewers.withLock { $0[key.text] } }, token: { _ in nil }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, explain: PlatformProblems.problem)
        let router = WebRouter(dependencies)
        PortalSite(platform: house.platform, settings: settings, style: [], isDemonstration: false).add(to: router)
        return Browser(
            responder: router.responder(), language: viewer.language,
            cookie: "\(SessionCookie(settings: settings).name)=\(secret.text)")
    }
}

/// What a page answered.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var location: String? { headers[.location] }

    /// The value of the first hidden field of a name.
    func hidden(_ name: String) throws -> String {
        let marker = "name=\"\(name)\" value=\""
        let start = try #require(text.range(of: marker), "no field \(name)")
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// Follows links and sends forms, with the token of the page that it looks at.
struct Browser {
    let responder: WebResponder
    /// What the browser asks for.
    let language: Language
    let cookie: String

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: [UInt8] = []
    ) async throws -> Answer {
        var headers = headers
        headers[.cookie] = cookie
        headers[.acceptLanguage] = language.rawValue
        let (sent, app) = (headers, Application(responder: responder))
        return try await app.test(.router) { client in
            let response = try await client.executeRequest(
                uri: path, method: method, headers: sent, body: ByteBuffer(bytes: body))
            return Answer(
                status: response.status.code, headers: response.headers, bytes: Array(response.body.readableBytesView))
        }
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    /// Sends a form that stands on a page.
    func post(_ path: String, from page: Answer, _ fields: [String: String]) async throws -> Answer {
        var all = fields
        all["form_token"] = try page.hidden("form_token")
        let body = all.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(
            .post, path, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
    }

    /// Sends a form with a file.
    /// - Parameter isBrokenOff: Whether the connection ends in the midst of the file.
    func upload(
        _ path: String, from page: Answer, file name: String, _ type: String, _ bytes: [UInt8],
        fields: [(String, String)] = [], isBrokenOff: Bool = false
    ) async throws -> Answer {
        var body: [UInt8] = []
        for (name, value) in [("form_token", try page.hidden("form_token"))] + fields {
            body += Array("--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: \(type)\r\n\r\n"
                .utf8)
        body += bytes
        if !isBrokenOff { body += Array("\r\n--x--\r\n".utf8) }
        return try await send(.post, path, [.contentType: "multipart/form-data; boundary=x"], body)
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count < 2 ? "0" : "") + hex
        }.joined()
    }
}
