import Testing
import Vocabulary

@testable import Standards

@Suite("Which items of two standards are put side by side")
struct DiffMatchingTests {
    private func pack(
        _ id: String, _ items: [(code: String, name: String)], overlayOf base: String? = nil
    ) throws -> StandardPack {
        try StandardPack(
            header: PackHeader(
                id: id, version: "1", name: Examples.words(), issuer: Examples.words(), documentNumber: "1",
                effective: try CalendarDate.parse("2025-10-01"), jurisdictions: ["CN"], source: Examples.words(),
                verification: .example, overlayOf: base),
            chapters: [Heading(code: "1", name: Examples.words())],
            groups: [Heading(code: "1.1", name: Examples.words())],
            items: items.map { code, name in
                Item(
                    code: try Examples.code(code), name: BilingualText(zh: name, en: "item \(code) of \(id)"),
                    subject: Examples.words(), synonyms: [],
                    activities: [
                        Activity(
                            row: 1, industry: "", industryName: "", mark: .none, subject: Examples.words(),
                            criterion: .subject)
                    ])
            })
    }

    private func diff(_ first: StandardPack, _ second: StandardPack, _ crosswalks: [Crosswalk] = []) throws
        -> StandardDiff
    {
        StandardDiffRule(
            first, second, crosswalks: CrosswalkTable(crosswalks), dictionary: try Examples.dictionary()
        ).diff()
    }

    private func crosswalk(
        _ from: String, _ to: String, _ links: [(String, String, ScopeRelation)]
    ) throws -> Crosswalk {
        Crosswalk(
            id: "\(from)--\(to)", from: from, to: to, verification: .reading, source: Examples.words(),
            links: try links.map { link in
                CrosswalkLink(
                    from: try #require(ItemReference(link.0)), to: try #require(ItemReference(link.1)), relation: link.2
                )
            })
    }

    @Test("By a crosswalk in either direction, with the relation read from the first standard's side")
    func crosswalks() throws {
        let one = try pack("a", [("1.1.2", "甲"), ("1.1.10", "乙"), ("1.1.3", "丙")])
        let other = try pack("b", [("1.1.1", "甲"), ("1.1.2", "丁")])
        let table = try crosswalk("b", "a", [("1.1.1", "1.1.10", .wider), ("1.1.1", "1.1.2", .equal)])
        let forth = try diff(one, other, [table])
        #expect(forth.matching == .crosswalk(["b--a"]))
        #expect(forth.pairs.map { "\($0.first) \($0.second)" } == ["1.1.2 1.1.1", "1.1.10 1.1.1"])
        #expect(forth.pairs.map(\.relation) == [.equal, .narrower])
        #expect(forth.onlyInFirst.map(\.text) == ["1.1.3"])
        #expect(forth.onlyInSecond.map(\.text) == ["1.1.2"])
        #expect(try diff(other, one, [table]).pairs.map(\.relation) == [.equal, .wider])
    }

    @Test("By code between editions and what is made on top of one, by name between strangers")
    func others() throws {
        let older = try pack("x.catalogue.2021", [("1.1.1", "甲"), ("1.1.2", "乙")])
        let newer = try pack("x.catalogue.2025", [("1.1.1", "丙"), ("1.1.3", "乙")])
        let local = try pack("shenzhen", [("1.1.1", "丁")], overlayOf: "x.catalogue.2025")
        let strange = try pack("y.catalogue.2025", [("1.1.9", " 乙 ")])
        #expect(try diff(older, newer).matching == .code)
        #expect(try diff(older, newer).pairs.map(\.first.item.text) == ["1.1.1"])
        #expect(try diff(newer, local).matching == .code)
        #expect(try diff(older, local).matching == .code)
        #expect(try diff(older, strange).matching == .name)
        #expect(try diff(older, strange).pairs.map { "\($0.first) \($0.second)" } == ["1.1.2 1.1.9"])
        #expect(try diff(older, strange).pairs.map(\.relation) == [nil])
    }

    @Test("An overlay has the crosswalks of its catalogue")
    func overlay() throws {
        let national = try pack("a", [("1.1.1", "甲")])
        let local = try pack("region", [("1.1.1", "甲")], overlayOf: national.id)
        let other = try pack("b", [("1.1.2", "乙")])
        let table = try crosswalk("b", national.id, [("1.1.2", "1.1.1", .wider)])
        #expect(try diff(local, other, [table]).matching == .crosswalk([table.id]))
        #expect(try diff(local, other, [table]).pairs.map(\.relation) == [.narrower])
        #expect(try diff(national, local, [table]).matching == .code)
    }

    @Test("Through a third standard where no crosswalk joins the two")
    func third() throws {
        let (one, middle, other) = (
            try pack("a", [("1.1.1", "甲")]), try pack("m", [("1.1.1", "乙")]), try pack("b", [("1.1.1", "丙")])
        )
        let found = try diff(
            one, other,
            [
                try crosswalk("a", middle.id, [("1.1.1", "1.1.1", .narrower)]),
                try crosswalk(middle.id, "b", [("1.1.1", "1.1.1", .equal)]),
            ])
        #expect(found.matching == .indirect)
        #expect(found.pairs.map(\.relation) == [.narrower])
    }

    @Test("Of one item only what concerns it")
    func selection() throws {
        let one = try pack("x.2021", [("1.1.1", "甲"), ("1.1.2", "乙")])
        let other = try pack("x.2025", [("1.1.1", "甲"), ("1.1.3", "丙")])
        let rule = StandardDiffRule(
            one, other, crosswalks: CrosswalkTable([]), dictionary: try Examples.dictionary())
        let first = rule.diff(.first(try Examples.code("1.1.2")))
        #expect(first.pairs.isEmpty && first.onlyInFirst.map(\.text) == ["1.1.2"] && first.onlyInSecond.isEmpty)
        #expect(rule.diff(.second(try Examples.code("1.1.1"))).pairs.count == 1)
    }

    @Test("Codes near to a slip of the hand come first")
    func nearest() throws {
        let pack = try pack("a", [("1.1.1", "甲"), ("1.1.12", "乙"), ("1.1.2", "丙")])
        #expect(pack.nearestCodes(to: "1.1.13", limit: 2).map(\.text) == ["1.1.1", "1.1.12"])
        #expect(pack.nearestCodes(to: String(repeating: "风", count: 10_000)).count == 3)
        #expect(pack.nearestCodes(to: "").count == 3)
    }

    @Test("A reference is read as it is written, and nothing else is one")
    func references() throws {
        for text in ["1.1.1", "4.2", "1.1.1/12"] { #expect(ItemReference(text)?.description == text) }
        for text in ["", "/", "1.1.1/", "1.1.1/0", "1.1.1/-1", "1.1.1/2/3", "a/1", "1", "1.1.1/999999999999999999999"] {
            #expect(ItemReference(text) == nil)
        }
    }
}
