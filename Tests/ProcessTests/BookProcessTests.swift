import Foundation
import Glibc
import LedgerFixtures
import Seeded
import Store
import Testing
import Vocabulary

extension ServerProcessTests {
    @Suite("Books in the hands of processes that die")
    struct BookProcessTests {
        private static let rounds = LongTests.areOn ? 200 : 4

        @Test("The book of a killed server is taken over by the other within 30 seconds, and counts whole")
        func takenOver() async throws {
            try await Site.with(.postgresql) { site in
                let one = try await site.start(isFirst: true)
                var administrator = try await site.administrator(one)
                let two = try await site.start()
                let bank = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                var officer = try await site.member(
                    one, &administrator, of: bank, roles: ["officer"], email: "officer@example.org")
                let ledger = String(decoding: try AssessedLedger.generated(rows: 12_000), as: UTF8.self)
                let id = try await Self.send(ledger, "2026-01", of: bank, by: &officer)
                // Whoever took it up is killed in the middle of it.
                let holder = try await Self.holder(of: id, site)
                let (dead, left) = holder == one.pid ? (one, two) : (two, one)
                #expect(holder == dead.pid)
                kill(dead.pid, SIGKILL)
                let killed = ContinuousClock.now
                _ = await dead.end()
                let seen = try await Self.until(site, id) {
                    $0.worker != nil && $0.worker != holder || $0.state != "under_way"
                }
                #expect(seen.attempts == 2)
                #expect(ContinuousClock.now - killed < .seconds(30))
                let end = try await Self.until(site, id) { $0.state != "under_way" }
                #expect(end.state == "accepted" && end.rows == 12_000 && end.snapshots == 12_000)
                var reader = officer.at(left.port)
                let page = try await reader.asks { try $0.get("/books/\(id)") }
                #expect(page.status == 200 && page.body.contains("12000"))
                #expect(await left.stop() == 0)
            }
        }

        @Test(
            "A server killed at any moment of an import loses no book that it acknowledged, and shows none by halves",
            arguments: Engine.allCases)
        func killed(engine: Engine) async throws {
            try await Site.with(engine, ["--viewer-rate", "1000000/1000000", "--job-silence", "2"]) { site in
                var server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                let bank = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                var officer = try await site.member(
                    server, &administrator, of: bank, roles: ["officer"], email: "officer@example.org")
                var chance = SeededGenerator(seed: 20_261_122)
                var acknowledged: [(id: String, rows: Int)] = []
                for round in 1...Self.rounds {
                    let rows = Int.random(in: 1...1500, using: &chance)
                    let bytes = try AssessedLedger.generated(rows: rows, seed: UInt64(round))
                    let ledger = String(decoding: bytes, as: UTF8.self)
                    let month = "20\(10 + round / 12 % 16)-\(round % 12 < 9 ? "0" : "")\(round % 12 + 1)"
                    // From within the sending to well behind the end of the work.
                    let delay = UInt32.random(in: 0...2_500_000, using: &chance)
                    let pid = server.pid
                    let killer = Thread {
                        usleep(delay)
                        kill(pid, SIGKILL)
                    }
                    killer.start()
                    // Without an answer nobody may count on the book.
                    if let id = try? await Self.send(ledger, month, of: bank, by: &officer) {
                        acknowledged.append((id, rows))
                    }
                    #expect(await server.end() == 128 + SIGKILL, "round \(round)")
                    try await Self.expectNothingByHalves(site, round)
                    server = try await site.start()
                    officer = officer.at(server.port)
                    if let last = acknowledged.last {
                        let end = try await Self.until(site, last.id) { $0.state != "under_way" }
                        let isWhole = ["accepted", "replaced"].contains(end.state)
                        #expect(
                            isWhole && end.rows == last.rows && end.snapshots == last.rows, "round \(round): \(end)")
                    }
                    try await Self.expectNothingByHalves(site, round)
                }
                #expect(!acknowledged.isEmpty)
                let books = acknowledged
                let kept = try await site.withDatabase { database in
                    try await database.read { try $0.rows("SELECT id FROM book").map { try $0("id", as: String.self) } }
                }
                #expect(Set(books.map(\.id)).isSubset(of: kept))
                #expect(await server.stop() == 0)
            }
        }

        // MARK: What stands in the database

        private struct Seen: Sendable {
            let state: String
            let worker: pid_t?
            let attempts: Int
            let rows: Int?
            let snapshots: Int
        }

        private static func look(_ site: Site, _ id: String) async throws -> Seen {
            try await site.withDatabase { database in
                try await database.read { transaction in
                    let row = try #require(
                        try transaction.row(
                            """
                            SELECT book.state, book.summary, job.worker, job.attempts,
                                (SELECT COUNT(*) FROM facility_snapshot WHERE assessment = book.assessment) AS snapshots
                            FROM book JOIN job ON job.id = book.job WHERE book.id = \(id)
                            """))
                    let summary = try row("summary", as: String?.self).map { try JSONValue.parse($0) }
                    let worker: String? = try row("worker")
                    let parts = worker?.split(separator: ":") ?? []
                    return Seen(
                        state: try row("state"), worker: parts.count > 1 ? pid_t(parts[parts.count - 2]) : nil,
                        attempts: try row("attempts"), rows: summary?["rows"]?.integer.map { Int($0) },
                        snapshots: try row("snapshots"))
                }
            }
        }

        /// Waits until a book is as wanted: the test's own time limit ends it otherwise.
        private static func until(
            _ site: Site, _ id: String, _ isReached: (Seen) -> Bool
        ) async throws -> Seen {
            while true {
                let seen = try await look(site, id)
                if isReached(seen) { return seen }
                try await Task.sleep(for: .milliseconds(100))
            }
        }

        /// Which process works at a book, once some rows are there.
        private static func holder(of id: String, _ site: Site) async throws -> pid_t {
            while true {
                let (worker, rows) = try await site.withDatabase { database in
                    try await database.read { transaction -> (String?, Int) in
                        let job = try transaction.row("SELECT worker FROM job WHERE subject = \(id)")
                        let count = try transaction.row("SELECT COUNT(*) AS count FROM facility_snapshot")
                        return (try job?("worker") ?? nil, try count?("count") ?? 0)
                    }
                }
                let parts = worker?.split(separator: ":") ?? []
                if rows > 0, parts.count > 1, let pid = pid_t(parts[parts.count - 2]) { return pid }
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        /// What counts is whole; of what does not, nothing can be seen.
        private static func expectNothingByHalves(_ site: Site, _ round: Int) async throws {
            let faults = try await site.withDatabase { database in
                try await database.read { transaction -> [String] in
                    let rows = try transaction.rows(
                        """
                        SELECT book.id, book.state, book.summary, assessment.state AS assessed,
                            (SELECT COUNT(*) FROM facility_snapshot WHERE assessment = book.assessment) AS snapshots,
                            (SELECT COUNT(*) FROM audit_entry WHERE subject = book.id AND act = 'book.send') AS sent,
                            (SELECT COUNT(*) FROM audit_entry WHERE subject = book.id AND act = 'book.accept') AS accepted
                        FROM book LEFT JOIN assessment ON assessment.number = book.assessment
                        """)
                    return try rows.compactMap { row -> String? in
                        let (id, state): (String, String) = (try row("id"), try row("state"))
                        let isWhole = state == "accepted" || state == "replaced"
                        let (sent, accepted): (Int, Int) = (try row("sent"), try row("accepted"))
                        let summary = try row("summary", as: String?.self).map { try JSONValue.parse($0) }
                        let assessed: String? = try row("assessed")
                        let snapshots: Int = try row("snapshots")
                        let isRight =
                            sent == 1 && accepted == (isWhole ? 1 : 0) && (summary != nil) == isWhole
                            && (assessed == "kept") == isWhole && snapshots == Int(summary?["rows"]?.integer ?? 0)
                        return isRight ? nil : "\(id) \(state) \(assessed ?? "-") \(snapshots) \(sent) \(accepted)"
                    }
                }
            }
            #expect(faults == [], "round \(round)")
        }

        private static func send(
            _ ledger: String, _ month: String, of bank: String, by officer: inout Browser
        ) async throws -> String {
            let answer = try await officer.asks {
                try $0.upload("/books", [("organisation", bank), ("period", month)], file: "book.csv", ledger)
            }
            return try #require(
                Browser.between("/books/", "?", in: answer.header("Location") ?? ""), "\(answer.status) \(answer.body)")
        }
    }
}
