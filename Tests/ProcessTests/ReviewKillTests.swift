import Foundation
import Glibc
import LedgerFixtures
import Seeded
import Store
import Testing
import Vocabulary

extension ServerProcessTests {
    @Suite("Decisions in the hands of processes that die")
    struct ReviewKillTests {
        private static let rounds = LongTests.areOn ? 200 : 4
        private static let writers = 3
        private static let loans = 60

        @Test(
            "A server killed at any moment of deciding loses no decision that it acknowledged, and shows none by halves",
            arguments: Engine.allCases)
        func killed(engine: Engine) async throws {
            try await Site.with(engine, ["--viewer-rate", "1000000/1000000", "--job-silence", "2"]) { site in
                var server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                let bank = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                var officer = try await site.member(
                    server, &administrator, of: bank, roles: ["officer"], email: "officer@example.org")
                let book = try await Self.book(site, bank, &officer)
                var chance = SeededGenerator(seed: 20_261_123)
                var acknowledged: [String] = []
                for round in 1...Self.rounds {
                    let (delay, pid) = (UInt32.random(in: 0...1_500_000, using: &chance), server.pid)
                    let seeds = (0..<Self.writers).map { _ in chance.next() }
                    // Now and then the book is gone over again while people decide.
                    if round % 2 == 0 {
                        let path = "/books/\(book)/assessments"
                        _ = try await officer.asks { try $0.post(path, []) }
                    }
                    let (deciding, port) = (officer, server.port)
                    let outcomes = try await Exchange.waiting {
                        Self.decide(deciding.at(port), book, seeds, until: delay, pid)
                    }
                    for outcome in outcomes {
                        #expect(outcome.surprise == nil, "round \(round)")
                        acknowledged += outcome.acknowledged
                    }
                    #expect(await server.end() == 128 + SIGKILL, "round \(round)")
                    let told = acknowledged
                    let faults = try await site.withDatabase { database in
                        try await database.read { try Self.faults($0, told) }
                    }
                    #expect(faults == [], "round \(round)")
                    server = try await site.start()
                    officer = officer.at(server.port)
                    if !faults.isEmpty { return }
                }
                // A test that decided of nothing would pass as well.
                #expect(acknowledged.count > Self.rounds)
                try await Self.expectCounted(site, book, &officer)
                #expect(await server.stop() == 0)
            }
        }

        /// A book that counts, of a lender that lets one person decide.
        private static func book(_ site: Site, _ bank: String, _ officer: inout Browser) async throws -> String {
            let ledger = Ledger((1...loans).map { Ledger.loan("L\($0)", "第\($0)条生产线节能升级与扩建") })
            let text = String(decoding: ledger.csv(), as: UTF8.self)
            _ = try await officer.asks { try $0.get("/books") }
            let sent = try await officer.asks {
                try $0.upload("/books", [("organisation", bank), ("period", "2026-01")], file: "book.csv", text)
            }
            let id = try #require(Browser.between("/books/", "?", in: sent.header("Location") ?? ""))
            try await until(site) { try $0.row("SELECT id FROM book WHERE id = \(id) AND state = 'accepted'") != nil }
            _ = try await site.withDatabase { database in
                try await database.write { transaction in
                    try transaction.run(
                        """
                        INSERT INTO review_setting (organisation, second_above, changes)
                        VALUES (\(bank), \(Int64.max), 0)
                        """)
                }
            }
            return id
        }

        private static func until(_ site: Site, _ isReached: @escaping @Sendable (any Transaction) throws -> Bool)
            async throws
        {
            while try await !site.withDatabase({ database in try await database.read { try isReached($0) } }) {
                try await Task.sleep(for: .milliseconds(100))
            }
        }

        fileprivate struct Outcome: Sendable {
            var acknowledged: [String] = []
            var surprise: String?
        }

        /// Decides from several threads until the server is dead. The reasons tell the decisions apart.
        private static func decide(
            _ officer: Browser, _ book: String, _ seeds: [UInt64], until delay: UInt32, _ pid: pid_t
        ) -> [Outcome] {
            let outcomes = SharedOutcomes(count: seeds.count)
            let group = DispatchGroup()
            for (writer, seed) in seeds.enumerated() {
                group.enter()
                Thread.detachNewThread {
                    var (browser, chance, outcome) = (officer, SeededGenerator(seed: seed), Outcome())
                    var number = 0
                    while outcome.surprise == nil {
                        number += 1
                        // Each writer has loans of its own; a loan's decisions replace each other.
                        let line = 2 + writer + writers * Int.random(in: 0..<loans / writers, using: &chance)
                        let reason = "\(seed)-\(number)"
                        let choices = [
                            ("choice", ["not_green", "item:1.4.1", "as_found"].randomElement(using: &chance) ?? "")
                        ]
                        do {
                            let answer = try browser.post(
                                "/books/\(book)/facilities/\(line)/decisions", choices + [("reason", reason)])
                            // 422 where the same is in force, or nothing to undo.
                            if answer.status == 303 { outcome.acknowledged.append(reason) }
                            if ![303, 422].contains(answer.status) {
                                outcome.surprise = "\(answer.status) \(answer.body.prefix(2000))"
                            }
                        } catch {
                            break
                        }
                    }
                    outcomes.put(outcome, at: writer)
                    group.leave()
                }
            }
            usleep(delay)
            kill(pid, SIGKILL)
            group.wait()
            return outcomes.all
        }

        /// What is lost, doubled or half done.
        private static func faults(_ transaction: any Transaction, _ acknowledged: [String]) throws -> [String] {
            var faults: [String] = []
            let rows = try transaction.rows(
                """
                SELECT reason, state, change,
                    (SELECT COUNT(*) FROM audit_entry WHERE subject = review_decision.id AND act = 'facility.decide') AS acts
                FROM review_decision
                """)
            var kept: [String: Int] = [:]
            var changes: [Int64] = []
            for row in rows {
                let (reason, state): (String, String) = (try row("reason"), try row("state"))
                kept[reason, default: 0] += 1
                if let change: Int64 = try row("change") { changes.append(change) }
                if try row("acts", as: Int.self) != 1 || !["in_force", "replaced"].contains(state) {
                    faults.append("\(reason) \(state)")
                }
            }
            for reason in acknowledged where kept[reason] != 1 { faults.append("lost: \(reason)") }
            if changes.sorted() != (0..<Int64(changes.count)).map({ $0 + 1 }) {
                faults.append("changes are not one after the other")
            }
            let count = try transaction.row("SELECT changes FROM review_setting")
            if try count?("changes", as: Int64.self) != Int64(changes.count) { faults.append("the count of changes") }
            return faults
        }

        /// Gone over once more, the book says what the decisions say.
        private static func expectCounted(_ site: Site, _ book: String, _ officer: inout Browser) async throws {
            let quiet: @Sendable (any Transaction) throws -> Bool = { transaction in
                try transaction.row("SELECT id FROM job WHERE state IN ('waiting', 'running')") == nil
            }
            try await until(site, quiet)
            let path = "/books/\(book)/assessments"
            let asked = try await officer.asks { try $0.post(path, []) }
            #expect(asked.status == 303)
            try await until(site, quiet)
            let wrong = try await site.withDatabase { database in
                try await database.read { transaction -> [String] in
                    let rows = try transaction.rows(
                        """
                        SELECT facility_snapshot.loan_id, facility_snapshot.decision, facility_snapshot.decided_by,
                            review_decision.id AS decision_id, review_decision.verdict
                        FROM book JOIN facility_snapshot ON facility_snapshot.assessment = book.assessment
                            LEFT JOIN review_decision ON review_decision.loan_id = facility_snapshot.loan_id
                                AND review_decision.state = 'in_force' AND review_decision.verdict <> 'as_found'
                        WHERE book.id = \(book)
                        """)
                    try #require(rows.count == loans)
                    return try rows.compactMap { row in
                        let (verdict, decision): (String?, String) = (try row("verdict"), try row("decision"))
                        let (by, id): (String?, String?) = (try row("decided_by"), try row("decision_id"))
                        return by == id && decision == verdict ?? "review" ? nil : try row("loan_id")
                    }
                }
            }
            #expect(wrong == [])
        }
    }
}

/// What the threads of one round bring back.
private final class SharedOutcomes: @unchecked Sendable {
    typealias Outcome = ServerProcessTests.ReviewKillTests.Outcome
    private let lock = NSLock()
    private var outcomes: [Outcome]

    init(count: Int) { outcomes = Array(repeating: Outcome(), count: count) }

    func put(_ outcome: Outcome, at index: Int) { lock.withLock { outcomes[index] = outcome } }

    var all: [Outcome] { lock.withLock { outcomes } }
}
