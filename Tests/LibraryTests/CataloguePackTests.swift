import Crypto
import Foundation
import Library
import Standards
import Testing
import Vocabulary

/// 绿色金融支持项目目录（2025年版）, 银发〔2025〕132号: 173 pages, 271 items, 1,037 rows.
@Suite("The catalogue of 2025 as a pack")
struct CataloguePackTests {
    private let library: RuleLibrary
    private let pack: StandardPack

    init() throws {
        library = try LoadedLibrary.shared()
        pack = try #require(library.pack("cn.green-finance.2025"))
    }

    private func code(_ text: String) throws -> ItemCode { try #require(ItemCode(text)) }

    private func verdict(_ item: String, row: Int? = nil, _ facts: [String: FactValue] = [:]) throws -> Verdict {
        for name in facts.keys { #expect(library.facts[FactID(name)] != nil, "\(name)") }
        let sheet = FactSheet(Dictionary(uniqueKeysWithValues: facts.map { (FactID($0), Fact($1)) }))
        return pack.verdict(on: try code(item), activity: row, facts: sheet, year: 2026, general: .vouched)
    }

    // MARK: What the catalogue says

    @Test("9 chapters, 38 groups, 271 items, 1,037 activities, in force from 1 October 2025")
    func counts() throws {
        #expect(pack.chapters.map(\.code) == (1...9).map(String.init))
        #expect(pack.groups.count == 38)
        #expect(Set(pack.groups.map(\.code)).count == 38)
        #expect(pack.items.count == 271)
        #expect(pack.activityCount == 1_037)
        #expect(pack.header.effective == (try CalendarDate.parse("2025-10-01")))
        #expect(pack.header.documentNumber == "银发〔2025〕132号")
        #expect(pack.header.verification == .official)
        // Each group belongs to a chapter, each item to a group, and none is empty.
        for group in pack.groups { #expect(pack.items.contains { $0.code.group == group.code }, "\(group.code)") }
        for item in pack.items {
            #expect(item.activities.map(\.row) == Array(1...item.activities.count), "\(item.code)")
        }
    }

    @Test("The listing of all activities has the digest that was committed")
    func digest() throws {
        let file = LoadedLibrary.package.appending(path: "Tests/LibraryTests/Fixtures/catalogue-2025.sha256")
        let committed = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let listing = pack.items.flatMap(lines).map { $0 + "\n" }.joined()
        let digest = SHA256.hash(data: Data(listing.utf8)).map { byte in
            String(UInt16(byte) + 0x100, radix: 16).dropFirst()
        }
        #expect(digest.joined() == committed)
    }

    /// Code, name, industry, name of the industry and mark of each activity of an item.
    private func lines(of item: Item) -> [String] {
        item.activities.map { activity in
            [item.code.text, item.name.zh, activity.industry, activity.industryName, activity.mark.rawValue]
                .joined(separator: "\t")
        }
    }

    @Test(
        "The listing equals the catalogue row by row",
        .enabled(
            if: ReferenceFolder.path != nil,
            "the reference folder is not at hand: set JIALING_REFERENCE or put it at ../shared/reference"))
    func equalsReference() throws {
        let folder = try #require(ReferenceFolder.path)
        let items = try ReferenceFolder.table(folder + "/catalogues/catalogue-2025-items.tsv")
        let rows = try ReferenceFolder.table(folder + "/catalogues/catalogue-2025-rows.tsv")
        #expect(items.count == 271 && rows.count == 1_037)
        let names = Dictionary(items.map { ($0["code"] ?? "", $0["name"] ?? "") }) { first, _ in first }
        let marks = ["0": Mark.none, "1": .enabling, "2": .direct]
        let expected = try rows.map { row in
            let code = try #require(row["code"])
            let mark = try #require(marks[row["ghg"] ?? ""])
            return [code, names[code] ?? "", row["industry_code"] ?? "", row["industry_name"] ?? "", mark.rawValue]
                .joined(separator: "\t")
        }
        let found = pack.items.flatMap(lines)
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) where found != expected {
            Issue.record("\(found) instead of \(expected)")
        }
        // Chapters and groups are named as the catalogue names them.
        let headings = Set(items.flatMap { [$0["level1"] ?? "", $0["level2"] ?? ""] })
        #expect(Set((pack.chapters + pack.groups).map { "\($0.code) \($0.name.zh)" }) == headings)
    }

    // MARK: What we wrote

    @Test("Every heading, item and activity has its words in both languages")
    func bothLanguages() {
        for heading in pack.chapters + pack.groups { #expect(heading.name.isComplete, "\(heading.code)") }
        for item in pack.items {
            #expect(item.name.isComplete, "\(item.code)")
            #expect(item.subject.isComplete, "\(item.code)")
            for activity in item.activities {
                #expect(activity.subject.isComplete, "\(item.code) \(activity.row)")
                #expect(!activity.industryName.isEmpty, "\(item.code) \(activity.row)")
            }
        }
        for text in [pack.name, pack.header.issuer, pack.header.source] { #expect(text.isComplete) }
        #expect(Set(pack.items.map(\.name.zh)).count == pack.items.count)
    }

    @Test("Every item has synonyms, none twice and none empty")
    func synonyms() {
        for item in pack.items {
            #expect(!item.synonyms.isEmpty, "\(item.code)")
            #expect(Set(item.synonyms).count == item.synonyms.count, "\(item.code)")
            for synonym in item.synonyms {
                #expect(synonym == synonym.trimmingCharacters(in: .whitespaces) && synonym.count >= 2, "\(item.code)")
            }
        }
    }

    @Test("Every industry code printed beside a row is a class of GB/T 4754-2017, a dash or nothing")
    func industries() throws {
        for item in pack.items {
            for activity in item.activities where !["", "-"].contains(activity.industry) {
                let code = try IndustryCode.parse(activity.industry)
                #expect(code.level == .class, "\(item.code) \(activity.industry)")
            }
        }
        #expect(pack.items.flatMap(\.activities).count { $0.industry.isEmpty } == 1)
    }

    @Test("The identification model knows the items of the pack and no others")
    func model() {
        #expect(Set(library.model.items) == Set(pack.items.map(\.code.text)))
    }

    // MARK: Conditions

    @Test("Every one of the 1,037 activities has a criterion, and no check finds fault with any")
    func criteria() {
        #expect(pack.criterionCount == 1_037)
        #expect(pack.findings(library.facts) == [])
    }

    @Test("Besides its own condition every activity obeys the other rules and policies of its trade (note 1)")
    func general() throws {
        let code = try code("4.2.1")
        func verdict(_ facts: [String: Bool], _ terms: GeneralTerms = .shown) -> Verdict {
            let sheet = FactSheet(
                Dictionary(uniqueKeysWithValues: facts.map { (FactID($0), Fact(.yesNo($1))) }))
            return pack.verdict(on: code, activity: 1, facts: sheet, year: 2026, general: terms)
        }
        #expect(verdict([:]).kind == .eligible)
        #expect(verdict([:]).missing.map(\.name) == ["mandatory_rules_met", "industrial_policy_met"])
        #expect(verdict([:], .vouched).kind == .aligned)
        #expect(verdict(["mandatory_rules_met": true, "industrial_policy_met": true]).kind == .aligned)
        for terms in GeneralTerms.allCases {
            let breach = verdict(["mandatory_rules_met": false], terms)
            #expect(breach.kind == .notAligned)
            #expect(breach.failures.compactMap(\.fact?.name) == ["mandatory_rules_met"])
        }
    }

    @Test("An activity tells the page of the official document that prints it")
    func pages() {
        for activity in pack.items.flatMap(\.activities) { #expect((1...173).contains(activity.page ?? 0)) }
    }

    @Test(
        "Wind, solar, storage, charging and sewage works are green by their subject alone",
        arguments: ["4.2.1", "4.2.2", "4.3.2", "6.2.3", "6.4.7"])
    func subjectAlone(item: String) throws {
        #expect(try verdict(item).kind == .aligned)
        let rows = try #require(pack[try code(item)]).activities
        for activity in rows {
            let found = try verdict(item, row: activity.row)
            #expect(found.kind == .aligned && found.activity == activity.row && found.missing.isEmpty)
        }
    }

    @Test("6.1.1 asks for one star of green building; without the number it names the fact")
    func greenBuilding() throws {
        for row in [nil, 1, 2, 6] as [Int?] {
            #expect(try verdict("6.1.1", row: row, ["green_building_stars": .number(1)]).kind == .aligned)
            #expect(try verdict("6.1.1", row: row, ["green_building_stars": .number(3)]).kind == .aligned)
            let none = try verdict("6.1.1", row: row, ["green_building_stars": .number(0)])
            #expect(none.kind == .notAligned)
            #expect(none.failures.compactMap(\.fact) == [FactID("green_building_stars")])
            let open = try verdict("6.1.1", row: row)
            #expect(open.kind == .eligible)
            #expect(open.missing == [FactID("green_building_stars")])
        }
    }

    @Test("1.3.4 asks for GB/T 1028 and GB/T 39091")
    func wasteHeat() throws {
        let (evaluation, cascade) = ("gb_t_1028.conforms", "gb_t_39091.conforms")
        #expect(try verdict("1.3.4").kind == .eligible)
        #expect(try verdict("1.3.4").missing == [FactID(evaluation), FactID(cascade)])
        #expect(try verdict("1.3.4", [evaluation: .yesNo(true)]).missing == [FactID(cascade)])
        #expect(try verdict("1.3.4", [evaluation: .yesNo(true), cascade: .yesNo(true)]).kind == .aligned)
        for facts in [
            [evaluation: FactValue.yesNo(false)], [cascade: .yesNo(false)],
            [evaluation: .yesNo(true), cascade: .yesNo(false)],
        ] {
            let found = try verdict("1.3.4", facts)
            #expect(found.kind == .notAligned && found.missing.isEmpty)
        }
    }

    @Test("3.2.6: sorting and old asphalt are green alone, making things of refuse obeys its rules")
    func wasteResource() throws {
        let rules = "activity_rules_met"
        for row in [1, 6, 7] { #expect(try verdict("3.2.6", row: row).kind == .aligned) }
        for row in [3, 5] {
            let open = try verdict("3.2.6", row: row)
            #expect(open.kind == .eligible && open.missing.contains(FactID(rules)))
            #expect(try verdict("3.2.6", row: row, [rules: .yesNo(false)]).kind == .notAligned)
        }
        // Where the row is not known it may be one of either kind.
        #expect(try verdict("3.2.6").kind == .eligible)
        #expect(try verdict("3.2.6", [rules: .yesNo(false)]).kind == .eligible)
    }

    @Test("Which edition judges: undrawn loans and registered bonds keep the old one, new business takes the new")
    func transition() throws {
        let published = try CalendarDate.parse("2025-07-14")
        #expect(pack.header.predecessor == "cn.green-industry.2019")
        // The day of publication and what drawn loans follow are parameters until an operator confirms them.
        #expect(
            pack.header.transition == Transition(earlierBusiness: .older, published: published, confirmed: false))
        #expect(library.pack("cn.green-industry.2019") != nil)
    }
}

/// The catalogues as tables, where they are at hand: they are no part of the repository.
enum ReferenceFolder {
    static let path: String? = {
        let beside = LoadedLibrary.package.deletingLastPathComponent().appending(path: "shared/reference").path
        let candidates = [ProcessInfo.processInfo.environment["JIALING_REFERENCE"], beside]
        return candidates.compactMap(\.self).first {
            FileManager.default.fileExists(atPath: $0 + "/catalogues/catalogue-2025-rows.tsv")
        }
    }()

    /// The rows of a tab-separated table by the names in its header.
    static func table(_ file: String) throws -> [[String: String]] {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let cells = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        let header = try #require(cells.first)
        return cells.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }
}
