import Seeded
import Spreadsheet
import Testing

@Suite("Fields of a record")
struct FieldSplittingTests {
    private func ranges(_ record: String, _ delimiter: Delimiter = .comma) -> [FieldRange] {
        var found: [FieldRange] = []
        let bytes = Array(record.utf8)
        splitFields(of: bytes.span, delimiter: delimiter.rawValue, into: &found)
        return found
    }

    @Test("Plain fields keep every byte, blanks included")
    func plain() {
        #expect(fields(of: " a ,,b") == [" a ", "", "b"])
        #expect(fields(of: "") == [""])
        #expect(fields(of: ",") == ["", ""])
        #expect(fields(of: "a\tb,c", delimiter: .tab) == ["a", "b,c"])
    }

    @Test("Quoted fields lose their quotes and nothing else (RFC 4180, 2.5 to 2.7)")
    func quoted() {
        #expect(fields(of: "\"aaa\",\"b\r\nbb\",\"ccc\"") == ["aaa", "b\r\nbb", "ccc"])
        #expect(fields(of: "\"aaa\",\"b\"\"bb\",\"ccc\"") == ["aaa", "b\"bb", "ccc"])
        #expect(fields(of: "\"\"\"\",\"\",x") == ["\"", "", "x"])
        #expect(fields(of: "\"a,b\",\"\"\"\"\"\"") == ["a,b", "\"\""])
        #expect(ranges("\"\",").map(\.isQuoted) == [true, false])
    }

    @Test("Text after a closing quote is kept and flagged")
    func textAfterQuote() {
        #expect(fields(of: "\"ab\"cd,e") == ["abcd", "e"])
        #expect(fields(of: "\"a\"\"b\" c\"d\"\",e") == ["a\"b c\"d\"\"", "e"])
        #expect(ranges("\"ab\"cd,e").first?.flags == [.quoted, .textAfterQuote])
        #expect(fields(of: "\"ab\" ") == ["ab "])
    }

    @Test("A missing closing quote is flagged")
    func unterminated() {
        #expect(ranges("x,\"ab,c").last?.flags == [.quoted, .unterminated])
        #expect(fields(of: "x,\"ab,c") == ["x", "ab,c"])
        #expect(fields(of: "\"") == [""])
        #expect(fields(of: "\"a\"\"") == ["a\""])
        #expect(ranges("\"a\"\"").last?.flags == [.quoted, .doubledQuotes, .unterminated])
    }

    @Test("What is written is read back", arguments: 0..<300)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["\"", ",", ";", "\t", "\r", "\n", "a", "绿", " ", "", "=1", "\u{0}"]
        let delimiter = Delimiter.allCases.randomElement(using: &generator)!
        let values = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
                .joined()
        }
        var writer = CSVWriter(delimiter: delimiter)
        var bytes = Array("header\n".utf8)
        writer.appendRecord(values, to: &bytes)
        let whole = try readRecords(bytes, options: .init(encoding: .utf8, delimiter: delimiter)).dropFirst()
        #expect(whole.count == 1)
        #expect(fields(of: whole.first?.text ?? "", delimiter: delimiter) == values)
    }

    @Test("Splitting agrees with a plain reading of the grammar, byte by byte", arguments: 0..<300)
    func agreesWithReference(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("\"\"\",,ab绿".utf8.filter { $0 < 0x80 }) + [0x78]
        let record = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            alphabet.randomElement(using: &generator)!
        }
        let text = String(decoding: record, as: UTF8.self)
        #expect(fields(of: text) == reference(text))
    }

    /// The lenient grammar as a state machine over characters.
    private func reference(_ record: String) -> [String] {
        var values: [String] = []
        var value = ""
        var state = 0  // 0 start, 1 plain or tail, 2 in quotes, 3 after a quote in quotes
        for character in record {
            switch (state, character) {
            case (0, "\""): state = 2
            case (2, "\""): state = 3
            case (3, "\""):
                value.append("\"")
                state = 2
            case (2, _): value.append(character)
            case (_, ","):
                values.append(value)
                value = ""
                state = 0
            default:
                value.append(character)
                state = 1
            }
        }
        return values + [value]
    }

    @Test("The cursor reuses its storage from record to record")
    func cursor() {
        var cursor = FieldCursor(delimiter: .comma)
        let first = Array("a,\"b\"\"c\",d".utf8)
        cursor.split(first.span)
        #expect(cursor.count == 3)
        #expect(cursor.text(at: 1, in: first.span) == "b\"c")
        #expect(!cursor.hasDamagedQuotes)
        let second = Array("\"x\"y".utf8)
        cursor.split(second.span)
        #expect(cursor.count == 1)
        #expect(cursor.hasDamagedQuotes)
    }
}
