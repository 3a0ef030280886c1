import Credit
import DatabaseFixtures
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Store

@Suite("Facilities as they are kept")
struct FacilitySnapshotTests {
    private static func facility(
        _ id: String, line: Int, balance: Int64 = 100, decision: LoanDecision = .notGreen, green: Int64 = 0,
        purpose: String = "采购"
    ) -> FacilitySnapshot {
        FacilitySnapshot(
            line: line, loanID: id, borrower: "虚构有限公司", purpose: purpose, balance: Money(fen: balance),
            finding: FacilityFinding(
                decision: decision, standard: "s", item: decision == .accepted ? ItemCode("1.2.3") : nil,
                probability: 0.5, green: Money(fen: green)))
    }

    private func keep(_ facilities: [FacilitySnapshot], _ assessment: Int64, _ database: any Database) async throws {
        let rows = SnapshotRows(facilities, assessment: assessment)
        try await database.writeDeferred { try $0.facilitySnapshots.insert(rows) }
    }

    @Test("A snapshot comes back as it was, whatever stands in it", arguments: Engine.allCases)
    func roundTrip(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let whole = FacilitySnapshot(
                line: 2, loanID: "L'1\"", borrower: "虚构\t有限\n公司\\", borrowerCode: try .parse("91500112N7U9BJPU29"),
                purpose: "😀", projectName: "p", projectCode: try .parse("2026-500235-44-01-123456"),
                region: RegionCode(500_235), industry: try .parse("D4415"), balance: Money(fen: .max),
                amount: Money(fen: -1), totalInvestment: .zero, approvedOn: try .parse("2026-01-31"),
                issuedOn: try .parse("2026-02-28"), maturesOn: try .parse("2036-02-29"), rate: 3.65,
                quality: .specialMention, size: .micro,
                facts: FactSheet([
                    FactID("n"): Fact(.number(1e17)), FactID("y"): Fact(.yesNo(false)),
                    FactID("c"): Fact(.choice("42")),
                ]), warnings: [RowWarning(column: "余额", message: Message(key: "row.x", arguments: ["a": "b"]))],
                finding: FacilityFinding(
                    decision: .review, standard: "cn", item: ItemCode("4.2.1"), verdict: .eligible, mark: .direct,
                    probability: 0.125, green: Money(fen: 5), share: 1_000_000, benefits: ["co2": 0.1, "t": 2e18],
                    candidates: [.init(item: try #require(ItemCode("1.1")), probability: 0.4)]))
            let bare = Self.facility("", line: 3)
            try await keep([whole, bare], 1, database)
            let found = try await database.read { try $0.facilitySnapshots.list(1, limit: 9) }
            #expect(found == [whole, bare])
            // What no column can hold is told, not lost with the whole book.
            let hostile = Self.facility("a\0b", line: 4)
            try await keep([hostile], 1, database)
            let kept = try await database.read { try $0.facilitySnapshots.list(1, after: 3, limit: 9) }
            #expect(kept.map(\.loanID) == ["a\u{FFFD}b"])
        }
    }

    @Test("What two versions have otherwise is what comparing them loan by loan finds", arguments: Engine.allCases)
    func changes(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            var chance = SeededGenerator(seed: 7)
            for round in 0..<12 {
                func book(_ count: Int) -> [FacilitySnapshot] {
                    Set((0..<count).map { _ in Int.random(in: 0..<30, using: &chance) }).shuffled(using: &chance)
                        .enumerated().map { line, id in
                            Self.facility(
                                "L\(id)", line: line + 2,
                                // Sums of these pass 64 bits.
                                balance: [0, 1, -5, .max, .max - 1, .min + 1].randomElement(using: &chance) ?? 0,
                                decision: Bool.random(using: &chance) ? .accepted : .notGreen,
                                green: Bool.random(using: &chance) ? .max : 3,
                                purpose: Bool.random(using: &chance) ? "采购" : "风电")
                        }
                }
                let (old, new) = (book(20), book(20))
                let (before, after) = (Int64(round * 2 + 1), Int64(round * 2 + 2))
                try await keep(old, before, database)
                try await keep(new, after, database)
                let oldByID = Dictionary(uniqueKeysWithValues: old.map { ($0.loanID, $0) })
                let newByID = Dictionary(uniqueKeysWithValues: new.map { ($0.loanID, $0) })
                var wanted = BookChanges()
                var different: [String] = []
                for (id, facility) in newByID {
                    guard let earlier = oldByID[id] else {
                        wanted.added += LoanSum(rows: 1, fen: Int128(facility.balance.fen))
                        wanted.greenDifference += Int128(facility.finding.green.fen)
                        different.append(id)
                        continue
                    }
                    var moved = earlier
                    moved.line = facility.line
                    // What is found in fen follows from what is stated, and is no difference of its own.
                    moved.finding.green = facility.finding.green
                    guard moved != facility else { continue }
                    wanted.changed += 1
                    wanted.balanceDifference += Int128(facility.balance.fen) - Int128(earlier.balance.fen)
                    wanted.greenDifference += Int128(facility.finding.green.fen) - Int128(earlier.finding.green.fen)
                    different.append(id)
                }
                for (id, earlier) in oldByID where newByID[id] == nil {
                    wanted.removed += LoanSum(rows: 1, fen: Int128(earlier.balance.fen))
                    wanted.greenDifference -= Int128(earlier.finding.green.fen)
                    different.append(id)
                }
                let (found, page) = try await database.read { transaction in
                    (
                        try transaction.facilitySnapshots.changes(from: before, to: after),
                        try transaction.facilitySnapshots.differences(from: before, to: after, limit: 99)
                    )
                }
                #expect(found == wanted, "round \(round)")
                #expect(page.map(\.loanID) == different.sorted(), "round \(round)")
                for change in page {
                    #expect(change.before == oldByID[change.loanID] && change.after == newByID[change.loanID])
                }
                // Page by page it is the same list.
                var paged: [String] = []
                while true {
                    let (last, rest) = (paged.last, paged.count)
                    let next = try await database.read {
                        try $0.facilitySnapshots.differences(from: before, to: after, after: last, limit: 3)
                    }
                    paged += next.map(\.loanID)
                    if paged.count == rest { break }
                }
                #expect(paged == different.sorted(), "round \(round)")
            }
        }
    }

    @Test("A list shows what its filter lets through, in the order of the book", arguments: Engine.allCases)
    func filters(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let facilities = (1...40).map { number in
                Self.facility(
                    "L\(number)", line: number,
                    decision: LoanDecision.allCases[number % 4], purpose: number % 3 == 0 ? "100%风电" : "光伏_站")
            }
            try await keep(facilities, 5, database)
            try await keep([Self.facility("L1", line: 1, decision: .accepted)], 6, database)
            for decision in [nil] + LoanDecision.allCases.map(Optional.some) {
                for words in ["", "%", "0%风 虚构", "_站", "火电"] {
                    var filter = FacilityFilter()
                    (filter.decision, filter.words) = (decision, words)
                    let asked = filter
                    let found = try await database.read { try $0.facilitySnapshots.list(5, asked, after: 4, limit: 99) }
                    let wanted = facilities.filter { facility in
                        facility.line > 4 && (decision == nil || facility.finding.decision == decision)
                            && words.split(separator: " ").allSatisfy {
                                facility.purpose.contains($0) || facility.borrower.contains($0)
                            }
                    }
                    #expect(found == wanted, "\(String(describing: decision)) \(words)")
                }
            }
            var filter = FacilityFilter()
            (filter.loanID, filter.item) = ("L4", ItemCode("1.2.3"))
            let one = filter
            #expect(try await database.read { try $0.facilitySnapshots.list(5, one, limit: 9) }.map(\.line) == [4])
        }
    }

    @Test("A dead assessment is cleared away some rows at a time, and no other", arguments: Engine.allCases)
    func clearing(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let book = try await BookFixture.insert(into: database)
            let numbers = try await database.write { transaction in
                let first = try transaction.assessments.begin(
                    book, standard: "s", library: "l", at: TestDatabase.moment)
                return (
                    first, try transaction.assessments.begin(book, standard: "s", library: "l", at: TestDatabase.moment)
                )
            }
            #expect(numbers.1 == numbers.0 + 1)
            try await keep((1...25).map { Self.facility("L\($0)", line: $0) }, numbers.0, database)
            try await keep((1...5).map { Self.facility("L\($0)", line: $0) }, numbers.1, database)
            var left: [Int] = []
            while try await database.write({ try $0.assessments.clearDead(limit: 10) }) {
                left.append(try await database.read { try $0.facilitySnapshots.list(numbers.0, limit: 99).count })
            }
            #expect(left == [15, 5, 0])
            #expect(try await database.read { try $0.facilitySnapshots.list(numbers.1, limit: 99).count } == 5)
            #expect(try await database.read { try $0.assessments.hasDead() } == false)
        }
    }
}
