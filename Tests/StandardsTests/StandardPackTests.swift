import Standards
import Testing
import Vocabulary

@Suite("Packs of standards")
struct StandardPackTests {
    private let met = Criterion.all([])

    private func see(_ codes: String...) throws -> Criterion {
        .all(try codes.map { .see(ItemReference(try Examples.code($0))) })
    }

    private func fault(_ items: [Item]) throws -> PackFault? {
        do throws(PackFault) {
            _ = try StandardPackTests.pack(items)
            return nil
        } catch {
            #expect(error.message.key == error.reason.rawValue)
            #expect(error.message.arguments["subject"] == error.subject)
            return error
        }
    }

    private static func pack(_ items: [Item]) throws(PackFault) -> StandardPack {
        do {
            return try Examples.pack(items)
        } catch let fault as PackFault {
            throw fault
        } catch {
            throw PackFault(.duplicate, subject: "\(error)")
        }
    }

    @Test("Items stand in the order of their codes and are found by code")
    func lookup() throws {
        let pack = try Examples.pack([
            try Examples.item("1.1.10", [met]), try Examples.item("1.1.2", [met, nil]),
            try Examples.item("1.1.1", [nil]),
        ])
        #expect(pack.items.map(\.code.text) == ["1.1.1", "1.1.2", "1.1.10"])
        #expect(pack.position(of: try Examples.code("1.1.10")) == 2)
        #expect(pack[try Examples.code("1.1.2")]?.activities.count == 2)
        #expect(pack[try Examples.code("1.1.3")] == nil)
        #expect(pack.activityCount == 4)
    }

    @Test("The mark of an item is that of its rows where they agree")
    func marks() throws {
        #expect(try Examples.item("1.1.1", [nil, nil], marks: [.enabling, .enabling]).commonMark == .enabling)
        #expect(try Examples.item("1.1.1", [nil, nil], marks: [.enabling, .direct]).commonMark == nil)
        #expect(try Examples.item("1.1.1", []).commonMark == nil)
        #expect(try Examples.item("1.1.1", [nil], marks: [.none]).commonMark == Mark.none)
    }

    @Test("A code that stands twice, an item without group and one without activity are refused")
    func faults() throws {
        let code = try Examples.code("1.1.1")
        let item = try Examples.item("1.1.1", [met])
        #expect(try fault([item, item]) == PackFault(.duplicate, subject: "1.1.1", item: code))
        #expect(
            try fault([try Examples.item("1.2.1", [met])])
                == PackFault(.unknownGroup, subject: "1.2.1", item: try Examples.code("1.2.1")))
        #expect(try fault([try Examples.item("1.1.1", [])]) == PackFault(.noActivity, subject: "1.1.1", item: code))
        #expect(try fault([item]) == nil)
    }

    @Test("A reference to an item that is not there is refused with both codes")
    func dangling() throws {
        let items = [try Examples.item("1.1.1", [.any([met, .not(try see("1.1.7"))])])]
        #expect(
            try fault(items)
                == PackFault(.danglingReference, subject: "1.1.1 → 1.1.7", item: try Examples.code("1.1.1")))
    }

    @Test("References in a circle are refused, also to the item itself")
    func circular() throws {
        let own = [try Examples.item("1.1.1", [try see("1.1.1")])]
        #expect(
            try fault(own) == PackFault(.circularReference, subject: "1.1.1 → 1.1.1", item: try Examples.code("1.1.1")))
        let three = [
            try Examples.item("1.1.1", [try see("1.1.2")]), try Examples.item("1.1.2", [try see("1.1.3")]),
            try Examples.item("1.1.3", [met, try see("1.1.1")]),
        ]
        let found = try fault(three)
        #expect(found?.reason == .circularReference && found?.subject == "1.1.1 → 1.1.2 → 1.1.3 → 1.1.1")
        #expect(found?.item == (try Examples.code("1.1.3")))
    }

    @Test("References may be eight deep, as evaluation follows them, and no deeper", arguments: [false, true])
    func depth(descending: Bool) throws {
        func chain(_ length: Int) throws -> [Item] {
            try (1...length + 1).map { number in
                let (own, next) = descending ? (number, number - 1) : (length + 2 - number, length + 3 - number)
                return try Examples.item("1.1.\(own)", [number == 1 ? met : try see("1.1.\(next)")])
            }
        }
        #expect(try fault(try chain(8)) == nil)
        #expect(try fault(try chain(9))?.reason == .referencesTooDeep)
        #expect(try fault(try chain(400))?.reason == .referencesTooDeep)
    }

    @Test("Items that share many references are checked in no time")
    func shared() throws {
        // Eight layers of 40 items, each of which refers to all of the next: 40⁸ ways.
        var items: [Item] = []
        for layer in 0..<8 {
            let next = try (0..<40).map {
                Criterion.see(ItemReference(try Examples.code("1.1.\((layer + 1) * 40 + $0)")))
            }
            for place in 0..<40 {
                items.append(try Examples.item("1.1.\(layer * 40 + place)", [layer == 7 ? met : .all(next)]))
            }
        }
        #expect(try fault(items) == nil)
    }
}
