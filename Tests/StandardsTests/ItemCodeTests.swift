import Seeded
import Standards
import Testing

@Suite("Codes of items")
struct ItemCodeTests {
    @Test(
        "Two to four numbers below a thousand, joined by points",
        arguments: ["1.1", "4.2.1", "1.1.18", "9.9.9.999", "0.0"])
    func read(text: String) throws {
        let code = try #require(ItemCode(text))
        #expect(code.text == text)
        #expect(code.description == text)
    }

    @Test(
        "Anything else is no code",
        arguments: [
            "", "1", ".", "1.", ".1", "1..2", "1.2.3.4.5", "1.1000", "a.b", "1.2a", "1.-2", "+1.2", " 1.2", "1.2 ",
            "1.２",
            "1,2", "1.2\n",
        ])
    func refused(text: String) {
        #expect(ItemCode(text) == nil)
    }

    @Test("The chapter is the first number; the group is the heading right above")
    func headings() throws {
        let code = try Examples.code("12.34.5.6")
        #expect(code.chapter == "12")
        #expect(code.group == "12.34.5")
        #expect(code.number == 6)
        #expect(try Examples.code("4.12").group == "4")
    }

    @Test("Codes are ordered number by number, not letter by letter, and a heading comes before what is under it")
    func order() throws {
        let sorted = ["1.1", "1.1.1", "1.1.1.1", "1.1.2", "1.1.10", "1.2", "1.10", "2.1", "9.1", "10.1"]
        var generator = SeededGenerator(seed: 271)
        for _ in 0..<50 {
            let codes = try sorted.shuffled(using: &generator).map(Examples.code)
            #expect(codes.sorted().map(\.text) == sorted)
        }
    }

    @Test("The order is total: of two codes that differ one comes first, also where only noughts in front differ")
    func total() throws {
        var generator = SeededGenerator(seed: 272)
        let alphabet = ["0", "1", "01", "001", "2", "10", "999"]
        for _ in 0..<3_000 {
            func code() throws -> ItemCode {
                try Examples.code(
                    (0..<Int.random(in: 2...4, using: &generator)).map { _ in
                        alphabet.randomElement(using: &generator) ?? "1"
                    }.joined(separator: "."))
            }
            let (a, b) = (try code(), try code())
            #expect([a < b, a == b, b < a].count { $0 } == 1, "\(a) \(b)")
        }
    }

    @Test("No text makes the reader fail, and what it takes it gives back")
    func fuzz() {
        var generator = SeededGenerator(seed: 273)
        let characters = Array("0123456789....a- １")
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                    characters.randomElement(using: &generator) ?? "."
                })
            if let code = ItemCode(text) { #expect(code.text == text) }
        }
    }
}
