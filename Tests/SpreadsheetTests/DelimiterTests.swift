import Spreadsheet
import Testing

@Suite("Delimiters")
struct DelimiterTests {
    private func detect(_ text: String) -> Delimiter {
        let bytes = Array(text.utf8)
        return Delimiter.detect(in: bytes.span)
    }

    @Test("The header decides, and only outside quotes")
    func header() {
        #expect(detect("a,b,c\n1;2;3;4") == .comma)
        #expect(detect("a\tb\tc\n") == .tab)
        #expect(detect("\n\r\na;b;c\n1,2,3,4") == .semicolon)
        #expect(detect("\"a,b,c,d\";e;f\n") == .semicolon)
        #expect(detect("\"a\"\",,,\"\"b\";e\n") == .semicolon)
        #expect(detect("\"a\nb,c\";d;e\n1,2,3,4,5") == .semicolon)
        #expect(detect("x\"\"y,z\n") == .comma)
    }

    @Test("A single column, a full-width comma and a tie yield the comma")
    func fallback() {
        #expect(detect("项目") == .comma)
        #expect(detect("项目，金额，日期\n") == .comma)
        #expect(detect("a,b;c") == .comma)
        #expect(detect("") == .comma)
    }

    @Test("A prescribed delimiter also decides where quotes open")
    func forced() throws {
        let text = "a;\"x\ny\"\n"
        #expect(try readRecords(text, options: .init(delimiter: .semicolon)).count == 1)
        #expect(try readRecords(text, options: .init(delimiter: .comma)).count == 2)
    }
}
