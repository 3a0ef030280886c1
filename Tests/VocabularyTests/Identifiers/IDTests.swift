import Seeded
import Testing

@testable import Vocabulary

private enum Gauge: Identified { static let idPrefix = "gau" }
private enum Weir: Identified { static let idPrefix = "wei" }

@Suite("Ids")
struct IDTests {
    private let zeros = RandomSource { Array(repeating: 0, count: $0) }
    private let ones = RandomSource { Array(repeating: 255, count: $0) }

    @Test("an id is its prefix, ten characters of time and sixteen of chance")
    func form() throws {
        // An example of ulid/javascript: the millisecond 1469918176385 is 01ARYZ6S41 in Crockford's base 32.
        let moment = Timestamp(milliseconds: 1_469_918_176_385)
        #expect(ID<Gauge>(at: moment, zeros).text == "gau_01aryz6s410000000000000000")
        #expect(ID<Gauge>(at: moment, ones).text == "gau_01aryz6s41zzzzzzzzzzzzzzzz")
        #expect(ID<Gauge>(at: .earliest, zeros).text == "gau_00000000000000000000000000")
    }

    @Test("ids sort by the time they were made, whatever chance says")
    func order() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let early = Int64.random(in: 0..<Timestamp.latest.milliseconds, using: &generator)
            let late = min(early + 1 + abs(generator.spreadInt64() >> 22), Timestamp.latest.milliseconds)
            let first = ID<Gauge>(at: Timestamp(milliseconds: early), ones)
            let second = ID<Gauge>(at: Timestamp(milliseconds: late), zeros)
            if !(first < second) || first.text >= second.text { Issue.record("\(first) \(second)") }
        }
    }

    @Test("an id reads back from its text, and two made at once differ")
    func roundTrip() {
        var seen: Set<ID<Gauge>> = []
        let moment = Timestamp(milliseconds: 1_795_000_000_000)
        for _ in 0..<1000 {
            let id = ID<Gauge>(at: moment, .system)
            #expect(ID<Gauge>(id.text) == id)
            #expect(id.description == id.text)
            #expect(seen.insert(id).inserted)
        }
    }

    @Test(
        "another kind's id, and what is none, is refused",
        arguments: [
            "", "gau", "gau_", "wei_01aryz6s410000000000000000", "gau_01aryz6s41000000000000000",
            "gau_01aryz6s4100000000000000000", "GAU_01aryz6s410000000000000000", "gau_01ARYZ6S410000000000000000",
            "gau_01aryz6s41000000000000000i", "gau_01aryz6s41000000000000000l", "gau_01aryz6s41000000000000000o",
            "gau_01aryz6s41000000000000000u", "gau_81aryz6s410000000000000000", "gau-01aryz6s410000000000000000",
            " gau_01aryz6s410000000000000000", "gau_01aryz6s410000000000000000 ",
            "gau_01aryz6s41000000000000000\u{FF10}",
        ])
    func refusals(text: String) {
        #expect(ID<Gauge>(text) == nil)
    }

    @Test("an id of one kind is not read as one of another")
    func kinds() {
        let id = ID<Weir>(at: Timestamp(milliseconds: 0), zeros)
        #expect(ID<Weir>(id.text) != nil)
        #expect(ID<Gauge>(id.text) == nil)
    }

    @Test("the system's generator gives as many bytes as are asked for, and others each time")
    func systemBytes() {
        for count in [0, 1, 7, 8, 9, 32, 33] { #expect(RandomSource.system.bytes(count).count == count) }
        #expect(RandomSource.system.bytes(32) != RandomSource.system.bytes(32))
    }
}
