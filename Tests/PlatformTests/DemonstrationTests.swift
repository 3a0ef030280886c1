import LedgerFixtures
import PlatformFixtures
import Projects
import Statistics
import Store
import Testing
import Vocabulary

@testable import Access
@testable import Platform

@Suite("The demonstration region")
struct DemonstrationTests {
    @Test(
        "What it invents is what the use cases would have let in, and is marked as invented", arguments: Engine.allCases
    )
    func whole(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            #expect(try await platform.fillDemonstration(projects: 150, facilities: 0))
            #expect(try await platform.isDemonstration())
            #expect(try await !platform.fillDemonstration(projects: 150, facilities: 0))
            let everywhere = Grant(reach: .all, organisation: house.id(), region: TestPlatform.chongqing)
            let records = try await platform.database.read { try $0.projects.list([everywhere], limit: 1000) }
            #expect(records.count == 150)
            #expect(Set(records.map(\.project.id)).count == 150)
            for record in records {
                #expect(record.project.faults(against: platform.register) == [], "\(record.project.name)")
                #expect(record.changedAt <= house.now)
                let (history, trail) = try await platform.database.read { transaction in
                    (
                        try transaction.projects.history(of: record.project.id),
                        try transaction.audit.list(subject: record.project.id.text, limit: 20)
                    )
                }
                #expect(history.map(\.version) == Array((1...record.version).reversed()))
                #expect(history.first?.project == record.project)
                #expect(trail.map(\.act) == history.map(\.act))
            }
            let statuses = Set(records.map(\.project.status))
            #expect(statuses.isSuperset(of: [.draft, .submitted, .published, .financed]))
        }
    }

    @Test(
        "Its districts are those of the region, and each kind of account sees what is its own",
        arguments: Engine.allCases)
    func accounts(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            _ = try await platform.fillDemonstration(projects: 200, facilities: 0)
            for account in DemonstrationRegion.accounts {
                let signedIn = try await platform.signIn(
                    email: account.email, password: DemonstrationRegion.password,
                    from: Origin(address: "203.0.113.7", agent: "test"))
                #expect(signedIn.viewer.memberships.map(\.kind) == [account.kind])
                #expect(signedIn.viewer.memberships.map(\.roles) == [[account.role]])
            }
            let all = Grant(reach: .all, organisation: house.id(), region: TestPlatform.chongqing)
            let districts = try await platform.database.read {
                try $0.organisations.list([all], kind: .district, limit: 500)
            }
            let chongqing = districts.filter { $0.region.province == TestPlatform.chongqing }
            let sichuan = districts.filter { $0.region.province == TestPlatform.sichuan }
            #expect(sichuan.count == 21)
            #expect(chongqing.allSatisfy { $0.region.level == .county } && chongqing.count >= 36)
            let lenders = try await platform.database.read {
                try $0.organisations.list([all], kind: .lender, limit: 500)
            }
            #expect(lenders.count == 60)
            #expect(Set(lenders.map(\.name)).count == 60)
        }
    }

    @Test("Its lenders' loans live from month to month: granted, paid back, due; green ones grow faster")
    func months() async throws {
        let words = try RealLibrary.loaded().generatorWords()
        let last = TestPlatform.october
        let books = DemonstrationBooks(words: words, seed: 7, facilities: 30_000, last: last)
        #expect(books.months.count == 24 && books.months.last == last && books.months[0].description == "2024-11")
        let counts = (1...DemonstrationRegion.lenders).map { books.facilities(of: $0) }
        #expect(abs(counts.reduce(0, +) - 30_000) < 60 && counts[0] > 10 * counts[59])
        func loans(_ month: ReportingPeriod) -> [String: [String]] {
            let text = String(decoding: books.csv(lender: 3, at: month), as: UTF8.self)
            let rows = text.split(separator: "\n").dropFirst()
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0) })
        }
        let (then, before, now) = (loans(books.months[0]), loans(last.previous), loans(last))
        #expect(then.count < now.count)
        let both = Set(before.keys).intersection(now.keys)
        #expect(both.count > now.count * 9 / 10 && both.count < now.count && both.count < before.count)
        for id in both {
            let (old, new) = (before[id] ?? [], now[id] ?? [])
            // All but the balance stays as it was; that never grows.
            #expect(old.enumerated().allSatisfy { $0.offset == 7 || $0.element == new[$0.offset] })
            let (was, left, amount) = (Double(old[7]) ?? 0, Double(new[7]) ?? 0, Double(new[6]) ?? 0)
            #expect(0 < left && left <= was && was <= amount)
            #expect(new[8] < new[9] && new[9] <= "2026-10-31" && new[10] > "2026-10-31")
        }
        #expect(books.csv(lender: 3, at: last) == books.csv(lender: 3, at: last))
    }

    @Test("Some of its projects have several lenders, and of some of these more is out than they cost")
    func jointProjects() throws {
        let library = try RealLibrary.loaded()
        let (words, names) = (try library.generatorWords(), try library.nameWords())
        let books = DemonstrationBooks(words: words, seed: 7, facilities: 600, last: TestPlatform.october)
        var numbers: [String: Int] = [:]
        var exposures: [Overfinancing.Exposure] = []
        for lender in 1...DemonstrationRegion.lenders {
            let rows = String(decoding: books.csv(lender: lender, at: TestPlatform.october), as: UTF8.self)
                .split(separator: "\n").dropFirst()
            for row in rows.map({ $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
            where row[0].hasPrefix("YT") {
                let cost = try Money.parse(row[14])
                let traces = ProjectTraces(
                    code: nil, project: row[5], owner: row[1], ownerCode: nil, investment: cost, names)
                let named = try #require(traces.named)
                exposures.append(
                    Overfinancing.Exposure(
                        lender: lender, code: nil, owned: nil, named: numbers[named, default: numbers.count],
                        balance: Int128(try Money.parse(row[7]).fen), cost: cost.fen))
                numbers[named] = exposures.last?.named
            }
        }
        let projects = Overfinancing.projects(exposures)
        #expect(projects.count { $0.count > 1 } >= 30)
        let found = Overfinancing.find(exposures)
        #expect((5...14).contains(found.count) && found.allSatisfy { $0.lenders > 1 })
    }

    @Test(
        "Its books come behind the requests, the latest month first, and a restart goes on where it was",
        arguments: Engine.allCases)
    func books(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            _ = try await platform.fillDemonstration(projects: 1, facilities: 600)
            let runner = house.runner()
            // The process is stopped when some books stand, and another goes on.
            let first = Task { try await runner.workOnce() }
            func accepted() async throws -> [(period: String, received: Timestamp)] {
                try await platform.database.read { transaction in
                    try transaction.rows(
                        "SELECT period, received_at FROM book WHERE state = 'accepted' ORDER BY decided_at"
                    )
                    .map { (try $0("period"), try $0("received_at")) }
                }
            }
            while try await accepted().count < 5 { try await Task.sleep(for: .milliseconds(50)) }
            first.cancel()
            _ = await first.result
            let some = try await accepted()
            #expect(some.count < DemonstrationRegion.lenders)
            #expect(Set(some.map(\.period)) == ["2026-10"])
            let second = Task { try await runner.workOnce() }
            while try await accepted().count < DemonstrationRegion.lenders + 3 {
                try await Task.sleep(for: .milliseconds(50))
            }
            second.cancel()
            _ = await second.result
            let more = try await accepted()
            #expect(more.filter { $0.period == "2026-10" }.count == DemonstrationRegion.lenders)
            #expect(Set(more.map(\.period)) == ["2026-10", "2026-09"])
            #expect(more.allSatisfy { $0.received <= house.now })
            let attempts = try await platform.database.read {
                try $0.row("SELECT attempts FROM job WHERE kind = 'demonstration'")?("attempts", as: Int.self)
            }
            #expect(attempts == 2)
        }
    }
}
