import Foundation
import Glibc
import LedgerFixtures
import Seeded
import Store
import Testing
import Vocabulary

extension ServerProcessTests {
    @Suite("Returns in the hands of processes that die")
    struct ReturnKillTests {
        private static let rounds = LongTests.areOn ? 200 : 3

        @Test(
            "A server killed at any moment of counting, changing and handing in loses nothing that it acknowledged, and shows nothing by halves",
            arguments: Engine.allCases)
        func killed(engine: Engine) async throws {
            try await Site.with(engine, ["--viewer-rate", "1000000/1000000", "--job-silence", "2"]) { site in
                var server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                let bank = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                var officer = try await site.member(
                    server, &administrator, of: bank, roles: ["officer"], email: "officer@example.org")
                let reviewer = try await site.member(
                    server, &administrator, of: bank, roles: ["reviewer"], email: "reviewer@example.org")
                try await Self.books(site, bank, &officer)
                var chance = SeededGenerator(seed: 20_261_122)
                var acknowledged: [String] = []
                for round in 1...Self.rounds {
                    let (delay, pid) = (UInt32.random(in: 0...2_500_000, using: &chance), server.pid)
                    let (one, two, port) = (officer, reviewer, server.port)
                    let outcome = try await Exchange.waiting {
                        Self.handIn(one.at(port), two.at(port), bank, round, until: delay, pid)
                    }
                    #expect(outcome.surprise == nil, "round \(round)")
                    acknowledged += outcome.acknowledged
                    #expect(await server.end() == 128 + SIGKILL, "round \(round)")
                    let told = acknowledged
                    let faults = try await site.withDatabase { database in
                        try await database.read { try Self.faults($0, told) }
                    }
                    #expect(faults == [], "round \(round)")
                    server = try await site.start()
                    if !faults.isEmpty { return }
                }
                // A test that handed in nothing would pass as well.
                #expect(acknowledged.count > Self.rounds / 3)
                #expect(await server.stop() == 0)
            }
        }

        /// The books of June and September.
        private static func books(_ site: Site, _ bank: String, _ officer: inout Browser) async throws {
            let ledger = Ledger(
                (1...40).map {
                    Ledger.loan("L\($0)", "50MW风力发电场建设", ["五级分类": "正常", "发放日期": "2026-01-05"])
                })
            let text = String(decoding: ledger.csv(), as: UTF8.self)
            _ = try await officer.asks { try $0.get("/books") }
            for month in ["2026-06", "2026-09"] {
                _ = try await officer.asks {
                    try $0.upload("/books", [("organisation", bank), ("period", month)], file: "book.csv", text)
                }
            }
            func areThere() async throws -> Bool {
                try await site.withDatabase { database in
                    try await database.read {
                        try $0.rows("SELECT id FROM book WHERE state = 'accepted'").count == 2
                    }
                }
            }
            while try await !areThere() { try await Task.sleep(for: .milliseconds(100)) }
        }

        private struct Outcome: Sendable {
            /// The reasons of versions that were handed in.
            var acknowledged: [String] = []
            var surprise: String?
        }

        /// Hands in one version after the other until the server is dead.
        private static func handIn(
            _ officer: Browser, _ reviewer: Browser, _ bank: String, _ round: Int, until delay: UInt32, _ pid: pid_t
        ) -> Outcome {
            Thread.detachNewThread {
                usleep(delay)
                kill(pid, SIGKILL)
            }
            var (officer, reviewer, outcome) = (officer, reviewer, Outcome())
            var number = 0
            while outcome.surprise == nil {
                number += 1
                do {
                    let reason = "\(round)-\(number)"
                    outcome.surprise = try version(&officer, &reviewer, bank, fen: round * 1000 + number, reason)
                    if outcome.surprise == nil { outcome.acknowledged.append(reason) }
                } catch {
                    break
                }
            }
            return outcome
        }

        /// Counts, changes and hands in one version.
        /// - Returns: What was answered otherwise than it should be.
        private static func version(
            _ officer: inout Browser, _ reviewer: inout Browser, _ bank: String, fen: Int, _ reason: String
        ) throws -> String? {
            let begun = try officer.post(
                "/returns", [("organisation", bank), ("form", "green-loans"), ("period", "2026Q3")])
            // 422 where a killed process left it counting: the server that took its place goes on.
            guard [303, 422].contains(begun.status) else { return "\(begun.status) \(begun.body.prefix(2000))" }
            let list = try officer.get("/returns?state=draft")
            guard let id = Browser.between("/returns/ret_", "\"", in: list.body).map({ "/returns/ret_\($0)" }) else {
                return "no draft: \(list.body.prefix(2000))"
            }
            var page = try officer.get(id)
            while page.body.contains("正在汇总") {
                usleep(50_000)
                page = try officer.get(id)
            }
            let line = "\(id)/line?standard=cn.green-finance.2025&table=flow&line=4"
            page = try officer.get(line)
            guard let seen = Browser.between("name=\"seen\" value=\"", "\"", in: page.body) else {
                return "no form: \(page.status) \(page.body.prefix(2000))"
            }
            // As much more came in and went out: another return, whose checks still hold.
            let yuan = "\(fen / 100).\(String(fen % 100 + 100).dropFirst())"
            let changed = try officer.post(
                line, [("entered", yuan), ("transferred", yuan), ("reason", "补录"), ("seen", seen)])
            guard changed.status == 303 else { return "\(changed.status) \(changed.body.prefix(2000))" }
            page = try reviewer.get(id)
            guard let known = Browser.between("name=\"seen\" value=\"", "\"", in: page.body) else {
                return "not to be handed in: \(page.body.prefix(4000))"
            }
            let done = try reviewer.post("\(id)/submission", [("reason", reason), ("seen", known)])
            return done.status == 303 ? nil : "\(done.status) \(done.body.prefix(2000))"
        }

        /// What is lost, doubled or half done.
        private static func faults(_ transaction: any Transaction, _ acknowledged: [String]) throws -> [String] {
            var faults: [String] = []
            let rows = try transaction.rows(
                """
                SELECT r.id, r.state, r.version, r.reason, r.tables, r.checks, r.submitted_at, r.submitted_by,
                    (SELECT COUNT(*) FROM audit_entry WHERE subject = r.id AND act = 'return.submit') AS acts
                FROM statutory_return AS r ORDER BY r.version
                """)
            var reasons: [String] = []
            var versions: [Int] = []
            var inForce: [Int] = []
            for row in rows {
                let (id, state): (String, String) = (try row("id"), try row("state"))
                let (version, acts): (Int?, Int) = (try row("version"), try row("acts"))
                guard state != "draft" else {
                    if version != nil || acts != 0 { faults.append("\(id): a draft with a version") }
                    continue
                }
                let isWhole = try ["tables", "checks", "submitted_by"].allSatisfy {
                    try row($0, as: String?.self) != nil
                }
                if acts != 1 || !isWhole { faults.append("\(id): half handed in") }
                versions.append(version ?? 0)
                if state == "submitted" { inForce.append(version ?? 0) }
                reasons.append(try row("reason"))
            }
            if versions != Array(1..<versions.count + 1) { faults.append("versions \(versions)") }
            if !versions.isEmpty, inForce != [versions.count] { faults.append("in force \(inForce)") }
            for reason in acknowledged where reasons.count(where: { $0 == reason }) != 1 {
                faults.append("lost or doubled: \(reason)")
            }
            if rows.count(where: { (try? $0("state", as: String.self)) == "draft" }) > 1 { faults.append("two drafts") }
            return faults
        }
    }
}
