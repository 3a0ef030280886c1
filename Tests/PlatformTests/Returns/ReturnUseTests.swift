import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Statistics
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("The return of a lender")
struct ReturnUseTests {
    static let quarter = ReportingPeriod(.quarter, year: 2026, number: 3)!
    static let wind = "50MW风力发电场建设"

    static func month(_ number: Int) -> ReportingPeriod { ReportingPeriod(.month, year: 2026, number: number)! }

    static func loan(_ id: String, _ balance: String, issued: String, quality: String = "正常") -> [String: String] {
        Ledger.loan(
            id, wind, balance: balance,
            ["发放日期": issued, "五级分类": quality, "贷款投向行业": "D4415", "贷款金额": "5000.00", "审批日期": "2026-01-05"])
    }

    /// June to September: L1 is paid down, L2 worsens, L3 is drawn and L4 is gone.
    static func books(_ house: TestPlatform, by officer: Viewer) async throws {
        _ = try await house.take(
            Ledger([
                loan("L1", "1000.00", issued: "2026-02-01"), loan("L2", "500.00", issued: "2026-02-01"),
                loan("L4", "70.00", issued: "2026-02-01"), Ledger.loan("O", "采购钢材", balance: "9.00"),
            ]), period: month(6), by: officer)
        _ = try await house.take(
            Ledger([
                loan("L1", "900.00", issued: "2026-02-01"), loan("L2", "500.00", issued: "2026-02-01"),
                loan("L3", "5000.00", issued: "2026-08-09"),
            ]), period: month(8), by: officer)
        _ = try await house.take(
            Ledger([
                loan("L1", "900.00", issued: "2026-02-01"),
                loan("L2", "500.00", issued: "2026-02-01", quality: "次级"), loan("L3", "4000.00", issued: "2026-08-09"),
            ]), period: month(9), by: officer)
    }

    static func prepare(_ house: TestPlatform, by officer: Viewer) async throws -> ReturnView {
        let entry = try await house.platform.prepareReturn("green-loans", quarter, of: officer.home, by: officer)
        try await house.work()
        return try await house.platform.statutoryReturn(entry.record.id, by: officer)
    }

    private func figure(_ tables: ReturnTables?, _ table: String, _ line: String, _ column: String) -> Int128? {
        tables?.edition(BookWork.standard)?.table(table)?.figure(line, column)
    }

    @Test("A return is counted from the books of its period, its flows from book to book", arguments: Engine.allCases)
    func counted(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            try await Self.books(house, by: officer)
            let view = try await Self.prepare(house, by: officer)
            #expect(view.entry.record.state == .draft && view.entry.job.state == .done && !view.isOutdated)
            #expect(view.entry.record.assessments.count == 3)
            let total = ReturnTable.total
            #expect(figure(view.tables, "flow", total, "opening") == 157_000)
            #expect(figure(view.tables, "flow", "4", "drawn") == 500_000)
            #expect(figure(view.tables, "flow", "4", "repaid") == 110_000)
            #expect(figure(view.tables, "flow", "4", "gone") == 7000)
            #expect(figure(view.tables, "flow", "4", "closing") == 540_000)
            #expect(figure(view.tables, "purpose", "4.2", "substandard") == 50_000)
            #expect(figure(view.tables, "industry", "D", "closing") == 540_000)
            #expect(figure(view.tables, "kind", "project", "loans") == 3)
            // The edition that no loan is under is not in it; the one in force always is.
            #expect(view.tables?.editions.map(\.standard).first == BookWork.standard)
            #expect(view.checks.allSatisfy { $0.failures.isEmpty })
            #expect(view.checks.contains { $0.check == "database-green" && $0.isPassed })
            #expect(view.checks.contains { $0.check == "stock-and-flow" && $0.isPassed })
            #expect(view.checks.contains { $0.check == "opening-earlier" && $0.compared == 0 })
        }
    }

    @Test("Without the book of the month before, balances are told and flows are not", arguments: Engine.allCases)
    func withoutOpening(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            _ = try await house.take(
                Ledger([Self.loan("L1", "900.00", issued: "2026-02-01")]), period: Self.month(9), by: officer)
            let view = try await Self.prepare(house, by: officer)
            #expect(figure(view.tables, "flow", "4", "opening") == nil)
            #expect(figure(view.tables, "flow", "4", "closing") == 90_000)
            #expect(view.checks.contains { $0.check == "stock-and-flow" && $0.compared == 0 })
        }
    }

    @Test("A lender without green loans hands in a return of nothing", arguments: Engine.allCases)
    func nothing(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            for month in [6, 9] {
                _ = try await house.take(
                    Ledger([Ledger.loan("O", "采购钢材", balance: "9.00")]), period: Self.month(month), by: officer)
            }
            let view = try await Self.prepare(house, by: officer)
            #expect(figure(view.tables, "purpose", ReturnTable.total, "closing") == 0)
            let submitted = try await house.platform.submitReturn(
                view.entry.record.id, reason: "", seen: view.entry.record.changes, by: reviewer)
            #expect(submitted.entry.record.version == 1)
        }
    }

    @Test(
        "A return needs a period of its form that is over, and the book of its last month", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            func prepare(_ form: String, _ period: ReportingPeriod, of lender: ID<Organisation>? = nil) async throws {
                _ = try await house.platform.prepareReturn(form, period, of: lender ?? officer.home, by: officer)
            }
            await #expect(throws: PlatformFault.conflict("return.no-book", ["period": "2026-09-30"])) {
                try await prepare("green-loans", Self.quarter)
            }
            await #expect(throws: PlatformFault.invalid("/form", "json.bad-value")) {
                try await prepare("grey-loans", Self.quarter)
            }
            await #expect(throws: PlatformFault.invalid("/period", "return.wrong-period", ["example": "2026Q3"])) {
                try await prepare("green-loans", Self.month(9))
            }
            await #expect(throws: PlatformFault.invalid("/period", "return.not-over", ["period": "2026Q4"])) {
                try await prepare("green-loans", Self.quarter.next)
            }
            let other = try await house.member(.lender, [.officer])
            await #expect(throws: PlatformFault.notFound) {
                try await prepare("green-loans", Self.quarter, of: other.home)
            }
        }
    }

    @Test(
        "What people change is kept apart, checks tell what no longer agrees, and warnings can be explained",
        arguments: Engine.allCases)
    func adjusted(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            try await Self.books(house, by: officer)
            let draft = try await Self.prepare(house, by: officer)
            let id = draft.entry.record.id
            func adjustment(_ table: String, _ line: String, _ column: String, _ amount: Int128) -> StatedAdjustment {
                StatedAdjustment(
                    standard: BookWork.standard, table: table, line: line, column: column, amount: String(amount),
                    reason: "已核销 ")
            }
            // L4 was written off, which the books do not tell.
            let moved = [adjustment("flow", "4", "gone", -7000), adjustment("flow", "4", "written_off", 7000)]
            let first = try await platform.changeReturn(
                id, adjustments: moved, seen: draft.entry.record.changes, by: officer)
            #expect(figure(first.tables, "flow", ReturnTable.total, "written_off") == 7000)
            #expect(figure(first.counted, "flow", ReturnTable.total, "written_off") == 0)
            #expect(first.adjustments.map(\.reason) == ["已核销", "已核销"] && first.obstacles.isEmpty)
            // Somebody who saw the draft before that overwrites nothing.
            await #expect(throws: PlatformFault.changedMeanwhile) {
                try await platform.changeReturn(id, adjustments: [], seen: draft.entry.record.changes, by: officer)
            }
            // A loan that the books leave out, entered in one table only.
            let second = try await platform.changeReturn(
                id, adjustments: moved + [adjustment("purpose", "4.2", "closing", 100)],
                seen: first.entry.record.changes, by: officer)
            let errors = Set(second.obstacles.filter { $0.severity == .error }.map(\.check))
            #expect(errors.isSuperset(of: ["purpose-industry", "purpose-flow"]))
            await #expect(throws: PlatformFault.self) {
                try await platform.submitReturn(id, reason: "", seen: second.entry.record.changes, by: reviewer)
            }
            for amount in [1_000_000_000_000_000_001, -1_000_000_000_000_000_001] as [Int128] {
                await #expect(throws: PlatformFault.invalid("/adjustments/0/amount", "return.bad-amount")) {
                    try await platform.changeReturn(
                        id, adjustments: [adjustment("flow", "4", "gone", amount)], seen: nil, by: officer)
                }
            }
            for (wrong, fault) in [
                (
                    adjustment("purpose", "4", "closing", 1),
                    PlatformFault.invalid("/adjustments/0", "return.no-such-cell")
                ),
                (
                    StatedAdjustment(
                        standard: BookWork.standard, table: "flow", line: "4", column: "gone", amount: "1", reason: " "),
                    .invalid("/adjustments/0/reason", "return.reason-needed")
                ),
            ] {
                await #expect(throws: fault) {
                    try await platform.changeReturn(
                        id, adjustments: [wrong], seen: second.entry.record.changes, by: officer)
                }
            }
            await #expect(throws: PlatformFault.invalid("/adjustments/1", "return.adjusted-twice")) {
                try await platform.changeReturn(
                    id, adjustments: [moved[0], moved[0]], seen: second.entry.record.changes, by: officer)
            }
            // Entered in all tables it agrees but with the database, which is explained.
            let everywhere =
                moved
                + [
                    ("purpose", "4.2", "closing"), ("purpose", "4.2", "normal"), ("purpose", "4.2", "project"),
                    ("industry", "D", "closing"), ("quality", "normal", "closing"), ("carbon", "direct", "closing"),
                    ("kind", "project", "closing"), ("flow", "4", "closing"), ("flow", "4", "drawn"),
                    ("indicators", "4.2", "closing"),
                ].map { adjustment($0.0, $0.1, $0.2, 100) }
            let third = try await platform.changeReturn(
                id, adjustments: everywhere, seen: second.entry.record.changes, by: officer)
            #expect(third.obstacles.map(\.check) == ["database-green"])
            let explained = try await platform.changeReturn(
                id,
                explanations: [
                    ReturnExplanation(standard: BookWork.standard, check: "database-green", text: "一笔银团贷款未入台账")
                ], seen: third.entry.record.changes, by: officer)
            #expect(explained.obstacles.isEmpty && explained.adjustments.count == everywhere.count)
            // Counting again keeps what people said.
            let again = try await Self.prepare(house, by: officer)
            #expect(again.adjustments == explained.adjustments && again.explanations == explained.explanations)
            let submitted = try await platform.submitReturn(
                id, reason: "", seen: again.entry.record.changes, by: reviewer)
            #expect(submitted.checks.contains { $0.check == "database-green" && !$0.failures.isEmpty })
        }
    }

    @Test(
        "What is handed in is locked, seen by its supervisor, and followed only by a version with a reason",
        arguments: Engine.allCases)
    func submitted(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let officer = try await house.member(.lender, [.officer, .reviewer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            let (here, elsewhere) = (
                try await house.member(.regulator, [.officer]),
                try await house.member(.regulator, [.officer], region: TestPlatform.sichuan)
            )
            let other = try await house.member(.lender, [.officer])
            try await Self.books(house, by: officer)
            let draft = try await Self.prepare(house, by: officer)
            let (id, seen) = (draft.entry.record.id, draft.entry.record.changes)
            // A draft is its lender's own affair.
            for stranger in [here, elsewhere, other] {
                await #expect(throws: PlatformFault.notFound) { try await platform.statutoryReturn(id, by: stranger) }
                #expect(try await platform.returns(limit: 9, by: stranger).isEmpty)
            }
            #expect(try await platform.returns(limit: 9, by: officer).map(\.record.id) == [id])
            // Two people answer for it.
            await #expect(throws: PlatformFault.conflict("return.same-person")) {
                try await platform.submitReturn(id, reason: "", seen: seen, by: officer)
            }
            await #expect(throws: PlatformFault.changedMeanwhile) {
                try await platform.submitReturn(id, reason: "", seen: seen - 1, by: reviewer)
            }
            let first = try await platform.submitReturn(id, reason: "", seen: seen, by: reviewer)
            #expect(first.entry.record.state == .submitted && first.entry.record.submittedBy == reviewer.person)
            #expect(try await platform.statutoryReturn(id, by: here).tables == draft.tables)
            for stranger in [elsewhere, other] {
                await #expect(throws: PlatformFault.notFound) { try await platform.statutoryReturn(id, by: stranger) }
            }
            await #expect(throws: PlatformFault.conflict("return.not-a-draft")) {
                try await platform.changeReturn(id, adjustments: [], seen: seen + 1, by: officer)
            }
            await #expect(throws: PlatformFault.conflict("return.not-a-draft")) {
                try await platform.discardReturn(id, by: officer)
            }
            // A book that is replaced does not change what was handed in; it says that there is news.
            _ = try await house.take(
                Ledger([Self.loan("L1", "800.00", issued: "2026-02-01")]), period: Self.month(9), by: officer)
            let after = try await platform.statutoryReturn(id, by: here)
            #expect(after.isOutdated && after.tables == draft.tables)
            let next = try await Self.prepare(house, by: officer)
            #expect(next.entry.record.id != id && next.entry.record.version == nil)
            await #expect(throws: PlatformFault.invalid("/reason", "return.version-reason-needed")) {
                try await platform.submitReturn(
                    next.entry.record.id, reason: " ", seen: next.entry.record.changes, by: reviewer)
            }
            let second = try await platform.submitReturn(
                next.entry.record.id, reason: "更正台账", seen: next.entry.record.changes, by: reviewer)
            #expect(second.entry.record.version == 2 && second.versions.map(\.record.version) == [2, 1])
            #expect(try await platform.statutoryReturn(id, by: here).entry.record.state == .replaced)
            // Counted once more it would be the same.
            let third = try await Self.prepare(house, by: officer)
            await #expect(throws: PlatformFault.conflict("return.nothing-new")) {
                try await platform.submitReturn(
                    third.entry.record.id, reason: "再报", seen: third.entry.record.changes, by: reviewer)
            }
            try await platform.discardReturn(third.entry.record.id, by: officer)
            await #expect(throws: PlatformFault.notFound) {
                try await platform.statutoryReturn(third.entry.record.id, by: officer)
            }
            let trail = try await platform.database.read { try $0.audit.list(of: officer.home, limit: 99) }
            #expect(
                trail.map(\.act).filter { $0.hasPrefix("return.") } == [
                    "return.discard", "return.prepare", "return.submit", "return.prepare", "return.submit",
                    "return.prepare",
                ])
        }
    }

    @Test("A draft whose books were replaced since is counted again before it is handed in", arguments: Engine.allCases)
    func outdated(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            try await Self.books(house, by: officer)
            let draft = try await Self.prepare(house, by: officer)
            _ = try await house.take(
                Ledger([Self.loan("L1", "950.00", issued: "2026-02-01")]), period: Self.month(6), by: officer)
            await #expect(throws: PlatformFault.conflict("return.outdated")) {
                try await house.platform.submitReturn(
                    draft.entry.record.id, reason: "", seen: draft.entry.record.changes, by: reviewer)
            }
            let again = try await Self.prepare(house, by: officer)
            #expect(again.entry.record.id == draft.entry.record.id && !again.isOutdated)
            #expect(figure(again.tables, "flow", "4", "opening") == 95_000)
        }
    }

    @Test("An adjustment of a line that is gone since is not lost in silence", arguments: Engine.allCases)
    func lostLine(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            try await Self.books(house, by: officer)
            let view = try await Self.prepare(house, by: officer)
            let (id, counted) = (view.entry.record.id, try #require(view.counted))
            let lost = ReturnAdjustment(
                standard: BookWork.standard, table: "purpose", line: "4.99", column: "closing", amount: 5, reason: "补录")
            let moment = house.now
            let isChanged = try await house.platform.database.write {
                try $0.statutoryReturns.change(
                    id, [lost], of: counted, [], seen: view.entry.record.changes, by: officer.person, at: moment)
            }
            #expect(isChanged)
            await #expect(throws: PlatformFault.conflict("return.lost-adjustment")) {
                try await house.platform.submitReturn(id, reason: "", seen: nil, by: reviewer)
            }
        }
    }

    @Test(
        "While it is counted nothing else can be done to it, and a broken-off counting leaves the draft as it was",
        arguments: Engine.allCases)
    func underWay(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            try await Self.books(house, by: officer)
            let entry = try await platform.prepareReturn("green-loans", Self.quarter, of: officer.home, by: officer)
            #expect(entry.job.state == .waiting)
            await #expect(throws: PlatformFault.conflict("return.being-counted")) {
                try await platform.prepareReturn("green-loans", Self.quarter, of: officer.home, by: officer)
            }
            await #expect(throws: PlatformFault.conflict("return.being-counted")) {
                try await platform.submitReturn(entry.record.id, reason: "", seen: 0, by: reviewer)
            }
            await #expect(throws: PlatformFault.conflict("return.not-counted")) {
                try await platform.changeReturn(entry.record.id, adjustments: [], seen: 0, by: officer)
            }
            // Thrown away while it waits: the work finds nothing to do, and another draft can begin.
            try await platform.discardReturn(entry.record.id, by: officer)
            let second = try await platform.prepareReturn("green-loans", Self.quarter, of: officer.home, by: officer)
            try await house.work()
            #expect(try await platform.statutoryReturn(second.record.id, by: officer).tables != nil)
            #expect(try await platform.database.read { try $0.jobs.find(entry.job.id)?.state } == .failed)
        }
    }

    @Test("A supervisor sees the returns of its lenders added up, and who is missing", arguments: Engine.allCases)
    func totals(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let regulator = try await house.member(.regulator, [.reader])
            var officers: [Viewer] = []
            for number in 0..<3 {
                let officer = try await house.member(.lender, [.officer])
                officers.append(officer)
                try await Self.books(house, by: officer)
                guard number < 2 else { continue }
                let reviewer = try await house.colleague([.reviewer], of: officer)
                let draft = try await Self.prepare(house, by: officer)
                _ = try await platform.submitReturn(
                    draft.entry.record.id, reason: "", seen: draft.entry.record.changes, by: reviewer)
            }
            let totals = try await platform.returnTotals("green-loans", Self.quarter, by: regulator)
            #expect(totals.submitted.count == 2 && totals.missing.map(\.id) == [officers[2].home])
            #expect(figure(totals.tables, "flow", ReturnTable.total, "closing") == 1_080_000)
            #expect(totals.checks.allSatisfy { $0.failures.isEmpty })
            // A lender's own are its own.
            let own = try await platform.returnTotals("green-loans", Self.quarter, by: officers[0])
            #expect(own.submitted.count == 1 && own.missing.isEmpty)
            let elsewhere = try await house.member(.regulator, [.reader], region: TestPlatform.sichuan)
            #expect(try await platform.returnTotals("green-loans", Self.quarter, by: elsewhere).tables == nil)
        }
    }
}
