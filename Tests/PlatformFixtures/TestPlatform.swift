import Access
import Crypto
import DatabaseFixtures
import Foundation
import LedgerFixtures
import Platform
import Projects
import Seeded
import Store
import Synchronization
import Vocabulary

/// A platform on a fresh database, with a clock that stands until a test moves it and randomness from a seed.
///
///     try await TestPlatform.with(engine) { house in
///         let bank = try await house.member(.lender, [.officer])
///         …
///     }
public final class TestPlatform: Sendable {
    public let platform: Platform
    private let clock = TestClock()
    private let counter = Mutex<Int64>(0)

    /// 2026-11-02 09:00 in Chongqing.
    public static let start = Timestamp(milliseconds: 1_793_581_200_000)

    public static let chongqing = RegionCode(500_000)!
    public static let yuzhong = RegionCode(500_103)!
    public static let yunyang = RegionCode(500_235)!
    public static let sichuan = RegionCode(510_000)!
    public static let chengdu = RegionCode(510_100)!

    /// A password that the rule lets through.
    public static let password = "unrelated words in a row"

    private init(_ database: any Database) throws {
        let generator = Mutex(SeededGenerator(seed: 20_261_102))
        let clock = clock
        platform = try Platform(
            database: database, library: RealLibrary.loaded(),
            surroundings: Platform.Surroundings(
                now: { clock.now },
                random: RandomSource { count in
                    generator.withLock { generator in
                        (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                    }
                }, key: SymmetricKey(data: Array(repeating: 7, count: 32)),
                commonPasswords: ["password123", "1234567890"],
                // The least that the type allows: in a debug build the usual one takes a second.
                passwordCost: PasswordHash.Cost(logarithm: 10, blockSize: 8, parallelism: 1) ?? .current,
                examples: FewExamples.made()))
    }

    public var now: Timestamp { clock.now }

    /// Moves the clock on.
    public func pass(seconds: Int64) { clock.pass(seconds: seconds) }

    public static func with<Result>(
        _ engine: Engine, _ body: (TestPlatform) async throws -> Result
    ) async throws -> Result {
        try await TestDatabase.with(engine) { try await body(TestPlatform($0)) }
    }

    /// Another number each time, for names.
    private func next() -> Int64 {
        counter.withLock { counter in
            counter += 1
            return counter
        }
    }

    /// A new id, as the platform makes them.
    public func id<Subject: Identified>(_ type: Subject.Type = Subject.self) -> ID<Subject> {
        ID(at: now, platform.surroundings.random)
    }

    /// An organisation, put straight into the store.
    public func organisation(
        _ kind: OrganisationKind, region: RegionCode = TestPlatform.chongqing, creditCode: String? = nil
    ) async throws -> Organisation {
        let organisation = Organisation(
            id: id(), kind: kind, name: "虚构机构\(next())", creditCode: try creditCode.map(UnifiedSocialCreditCode.parse),
            region: region)
        let moment = now
        try await platform.database.write { try $0.organisations.insert(organisation, at: moment) }
        return organisation
    }

    /// Somebody signed in for an organisation, put straight into the store: hashing passwords takes its time.
    public func viewer(_ roles: Set<Role>, of organisation: Organisation) async throws -> Viewer {
        let number = next()
        let moment = now
        let person = Person(
            id: id(), email: EmailAddress("person\(number)@example.org")!, name: "虚构人员\(number)", language: .zh,
            createdAt: moment)
        try await platform.database.write { transaction in
            try transaction.people.insert(person, password: nil)
            try transaction.memberships.set(roles, of: person.id, in: organisation.id, at: moment)
        }
        return Viewer(
            person: person.id, name: person.name, language: .zh,
            memberships: [
                .init(
                    organisation: organisation.id, kind: organisation.kind, region: organisation.region, roles: roles)
            ], credential: .session(id()))
    }

    /// Another person of somebody's organisation.
    public func colleague(_ roles: Set<Role>, of viewer: Viewer) async throws -> Viewer {
        let home = try await platform.database.read { try $0.organisations.find(viewer.home) }
        return try await self.viewer(roles, of: home!)
    }

    /// A new organisation with somebody signed in for it.
    public func member(
        _ kind: OrganisationKind, _ roles: Set<Role>, region: RegionCode = TestPlatform.chongqing
    ) async throws -> Viewer {
        try await viewer(roles, of: organisation(kind, region: region))
    }
}

/// A clock that stands until it is moved.
private final class TestClock: Sendable {
    private let moment = Mutex(TestPlatform.start)
    var now: Timestamp { moment.withLock { $0 } }
    func pass(seconds: Int64) { moment.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

extension Viewer {
    /// The organisation of somebody who has just one.
    public var home: ID<Organisation> { memberships[0].organisation }
}
