import Access
import DatabaseFixtures
import PlatformFixtures
import Synchronization
import Testing
import Vocabulary

@testable import Platform
@testable import Store

/// Time tells what differs in the work. So it is the work that is compared, not a clock; that a password is hashed for nobody's
/// account as for somebody's is held in AccessTests.
@Suite("The steps of a refused sign-in")
struct SignInStepsTests {
    @Test(
        "are the same for a wrong password, an unknown address and a person who may no longer sign in",
        arguments: Engine.allCases)
    func sameSteps(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let surroundings = house.platform.surroundings
            let hash = try PasswordHash(of: TestPlatform.password, cost: surroundings.passwordCost, surroundings.random)
                .text
            func person(_ email: String, disabled: Bool) async throws {
                let person = Person(
                    id: house.id(), email: try #require(EmailAddress(email)), name: "虚构人员", language: .zh,
                    createdAt: house.now)
                let moment = house.now
                try await house.platform.database.write { transaction in
                    try transaction.people.insert(person, password: hash)
                    guard disabled else { return }
                    try transaction.run("UPDATE person SET disabled_at = \(moment) WHERE id = \(person.id)")
                }
            }
            try await person("known@example.org", disabled: false)
            try await person("disabled@example.org", disabled: true)
            let recording = RecordingDatabase(house.platform.database)
            let platform = Platform(database: recording, library: house.platform.library, surroundings: surroundings)
            var steps: [[String]] = []
            for (email, password) in [
                ("known@example.org", "wrong words in a row"), ("unknown@example.org", "wrong words in a row"),
                ("disabled@example.org", TestPlatform.password), ("disabled@example.org", "wrong words in a row"),
            ] {
                await #expect(throws: PlatformFault.signInRefused) {
                    try await platform.signIn(
                        email: email, password: password, from: Origin(address: "192.0.2.\(steps.count)", agent: "test")
                    )
                }
                steps.append(recording.takeSteps())
            }
            #expect(steps[0].contains { $0.contains("person") })
            #expect(steps[0].count >= 3)
            for other in steps.dropFirst() { #expect(other == steps[0]) }
        }
    }
}

/// Notes the text of every statement on its way to another database.
private struct RecordingDatabase: Database {
    private let base: any Database
    private let steps = Steps()

    init(_ base: any Database) { self.base = base }

    var engine: Engine { base.engine }

    func takeSteps() -> [String] { steps.take() }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let steps = steps
        return try await base.read { try body(RecordingTransaction(base: $0, steps: steps)) }
    }

    func writeDeferred(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        let steps = steps
        try await base.writeDeferred { try body(RecordingTransaction(base: $0, steps: steps)) }
    }

    @discardableResult func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let steps = steps
        return try await base.write { try body(RecordingTransaction(base: $0, steps: steps)) }
    }

    func close() async throws { try await base.close() }
}

private final class Steps: Sendable {
    private let list = Mutex<[String]>([])

    func add(_ statement: SQL) { list.withLock { $0.append(statement.text { _ in "?" }) } }

    func take() -> [String] {
        list.withLock { list in
            defer { list = [] }
            return list
        }
    }
}

private struct RecordingTransaction: Transaction {
    let base: any Transaction
    let steps: Steps

    func rows(_ statement: SQL) throws(StoreFault) -> [Row] {
        steps.add(statement)
        return try base.rows(statement)
    }

    func each(_ query: SQL, _ body: (Row) throws -> Void) throws {
        steps.add(query)
        try base.each(query, body)
    }

    func run(_ statement: SQL) throws(StoreFault) -> Int {
        steps.add(statement)
        return try base.run(statement)
    }

    func script(_ text: String) throws(StoreFault) { try base.script(text) }

    func copy(
        into table: String, _ columns: [String], _ rows: some Sequence<[SQLValue]>
    ) throws(StoreFault) -> Int {
        try base.copy(into: table, columns, rows)
    }
}
