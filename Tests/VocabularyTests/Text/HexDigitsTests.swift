import Seeded
import Testing
import Vocabulary

@Suite("Hexadecimal digits")
struct HexDigitsTests {
    @Test("bytes are written as RFC 4648, section 10, writes them, but in lower case")
    func vectors() {
        for (text, digits) in [("", ""), ("f", "66"), ("foob", "666f6f62"), ("foobar", "666f6f626172")] {
            #expect(text.utf8.hexadecimal == digits)
            #expect(HexDigits.bytes(digits.uppercased().utf8) == Array(text.utf8))
        }
    }

    @Test("whatever is written reads back")
    func roundTrip() {
        var chance = SeededGenerator(seed: 1)
        for length in 0..<50 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            #expect(HexDigits.bytes(bytes.hexadecimal.utf8) == bytes)
        }
    }

    @Test("half a byte, a sign and a letter beyond F are refused")
    func refused() {
        for text in ["0", "000", "+1", "-1", "0g", " 1", "１１"] { #expect(HexDigits.bytes(text.utf8) == nil, "\(text)") }
    }
}
