import Seeded
import Standards
import Testing

@Suite("Which items of another standard have the subject of an item")
struct CrosswalkTableTests {
    private func at(_ code: String, row: Int? = nil) throws -> ItemReference { try SmallStandards.at(code, row: row) }

    private func found(
        _ table: CrosswalkTable, _ item: ItemReference, _ from: String, _ to: String
    ) -> [String] {
        table.counterparts(of: item, in: from, under: to).map { "\($0.reference) \($0.relation.rawValue)" }
    }

    @Test("A link leads forth as it stands and back with its relation turned round")
    func bothWays() throws {
        let table = CrosswalkTable([
            SmallStandards.crosswalk("a", "b", [SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.9"))])
        ])
        #expect(found(table, try at("1.1.1"), "a", "b") == ["1.1.9 narrower"])
        #expect(found(table, try at("1.1.9"), "b", "a") == ["1.1.1 wider"])
        // Codes are those of a standard: the same code of the other one is another item.
        #expect(found(table, try at("1.1.9"), "a", "b").isEmpty)
        #expect(found(table, try at("1.1.1"), "b", "a").isEmpty)
        #expect(found(table, try at("1.1.1"), "a", "c").isEmpty)
        #expect(found(table, try at("1.1.1"), "nowhere", "b").isEmpty)
    }

    @Test("Where no link leads to a standard, two links through a third do, and the way is told")
    func throughThird() throws {
        let table = CrosswalkTable([
            SmallStandards.crosswalk(
                "a", "c", [SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.5"), confidence: 0.8)]),
            SmallStandards.crosswalk(
                "b", "c", [SmallStandards.link(try at("1.1.2"), .equal, try at("1.1.5"), confidence: 0.5)]),
        ])
        let way = try #require(table.counterparts(of: try at("1.1.1"), in: "a", under: "b").first)
        #expect(try way.reference == at("1.1.2") && way.relation == .narrower)
        #expect(way.crosswalks == ["a--c", "b--c"])
        #expect(way.path.map(\.from) == [try at("1.1.1"), try at("1.1.5")])
        #expect(way.path.map(\.to) == [try at("1.1.5"), try at("1.1.2")])
        #expect(abs(way.confidence - 0.4) < 1e-12)
        #expect(found(table, try at("1.1.2"), "b", "a") == ["1.1.1 wider"])
    }

    @Test("Through a third standard there are two links and no more")
    func twoLinks() throws {
        let item = try at("1.1.1")
        let chain = [("a", "b"), ("b", "c"), ("c", "d")].map { from, to in
            SmallStandards.crosswalk(from, to, [SmallStandards.link(item, .equal, item)])
        }
        let table = CrosswalkTable(chain)
        #expect(found(table, item, "a", "c") == ["1.1.1 equal"])
        #expect(found(table, item, "a", "d").isEmpty)
    }

    @Test("A link between the two standards leaves ways through a third aside")
    func directFirst() throws {
        let table = CrosswalkTable([
            SmallStandards.crosswalk("a", "b", [SmallStandards.link(try at("1.1.1"), .partial, try at("1.1.2"))]),
            SmallStandards.crosswalk("a", "c", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.5"))]),
            SmallStandards.crosswalk("c", "b", [SmallStandards.link(try at("1.1.5"), .equal, try at("1.1.3"))]),
        ])
        #expect(found(table, try at("1.1.1"), "a", "b") == ["1.1.2 partial"])
    }

    @Test("A link of one row speaks for that row; of an item whose row is not known, that it may be so")
    func rows() throws {
        let table = CrosswalkTable([
            SmallStandards.crosswalk(
                "a", "b",
                [
                    SmallStandards.link(try at("1.1.1", row: 2), .equal, try at("1.1.9", row: 3)),
                    SmallStandards.link(try at("1.1.1", row: 4), .narrower, try at("1.1.8")),
                ])
        ])
        #expect(found(table, try at("1.1.1", row: 2), "a", "b") == ["1.1.9/3 equal"])
        #expect(found(table, try at("1.1.1", row: 4), "a", "b") == ["1.1.8 narrower"])
        #expect(found(table, try at("1.1.1", row: 1), "a", "b").isEmpty)
        #expect(Set(found(table, try at("1.1.1"), "a", "b")) == ["1.1.9/3 partial", "1.1.8 partial"])
        // Back: the row that is linked, any row of the item that is, and no other row.
        #expect(found(table, try at("1.1.9", row: 3), "b", "a") == ["1.1.1/2 equal"])
        #expect(found(table, try at("1.1.9", row: 1), "b", "a").isEmpty)
        #expect(found(table, try at("1.1.8", row: 7), "b", "a") == ["1.1.1/4 wider"])
    }

    @Test("A way through a third standard that leaves its row open is an overlap")
    func rowOpenInThird() throws {
        let table = CrosswalkTable([
            SmallStandards.crosswalk("a", "c", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.5"))]),
            SmallStandards.crosswalk("c", "b", [SmallStandards.link(try at("1.1.5", row: 1), .equal, try at("1.1.2"))]),
        ])
        #expect(found(table, try at("1.1.1"), "a", "b") == ["1.1.2 partial"])
    }

    @Test("The closest comes first, then what the reader was surer of, then the code")
    func order() throws {
        let links = [
            SmallStandards.link(try at("1.1.1"), .partial, try at("1.1.2")),
            SmallStandards.link(try at("1.1.1"), .wider, try at("1.1.3")),
            SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.10"), confidence: 0.6),
            SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.7"), confidence: 0.6),
            SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.5"), confidence: 0.2),
            SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.6"), confidence: 0.9),
            SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.4"), confidence: 0.1),
        ]
        let expected = [
            "1.1.4 equal", "1.1.6 narrower", "1.1.7 narrower", "1.1.10 narrower", "1.1.5 narrower", "1.1.3 wider",
            "1.1.2 partial",
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20 {
            let table = CrosswalkTable([
                SmallStandards.crosswalk("a", "b", links.shuffled(using: &generator))
            ])
            #expect(found(table, try at("1.1.1"), "a", "b") == expected)
        }
    }

    @Test("An item that several ways lead to is named once, by the closest and the surest way")
    func once() throws {
        let ways: [(ScopeRelation, Double)] = [(.partial, 0.9), (.narrower, 0.2), (.narrower, 0.7), (.wider, 1)]
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<20 {
            let table = CrosswalkTable(
                try ways.shuffled(using: &generator).map { relation, confidence in
                    SmallStandards.crosswalk(
                        "a", "b",
                        [SmallStandards.link(try at("1.1.1"), relation, try at("1.1.2"), confidence: confidence)])
                })
            let counterparts = table.counterparts(of: try at("1.1.1"), in: "a", under: "b")
            #expect(counterparts.count == 1)
            #expect(counterparts.first?.relation == .narrower && counterparts.first?.confidence == 0.7)
        }
    }

    @Test("Links to items or rows that a pack lacks are found")
    func dangling() throws {
        let one = try SmallStandards.pack("a", ["1.1.1": [.subject, .subject]])
        let other = try SmallStandards.pack("b", ["1.1.2": [.subject]])
        let good = SmallStandards.link(try at("1.1.1", row: 2), .equal, try at("1.1.2"))
        let bad = [
            SmallStandards.link(try at("1.1.1", row: 3), .equal, try at("1.1.2")),
            SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.2", row: 0)),
            SmallStandards.link(try at("1.1.2"), .equal, try at("1.1.2")),
            SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.1")),
        ]
        let crosswalk = SmallStandards.crosswalk("a", "b", [good] + bad)
        #expect(crosswalk.dangling(from: one, to: other) == bad)
    }
}
