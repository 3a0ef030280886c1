import Spreadsheet
import Testing

@Suite("Writing delimited text")
struct CSVWriterTests {
    private func written(_ fields: [String], _ delimiter: Delimiter = .comma, defuses: Bool = false) -> String {
        var writer = CSVWriter(delimiter: delimiter, defusesFormulas: defuses)
        var bytes: [UInt8] = []
        writer.appendRecord(fields, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Quotes appear where they are needed and only there (RFC 4180, 2.6 and 2.7)")
    func quoting() {
        #expect(written(["a", "b c", "贷款"]) == "a,b c,贷款\r\n")
        #expect(written(["a,b", "c\"d", "e\nf", "g\rh"]) == "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\"\r\n")
        #expect(written(["a,b", "c;d"], .semicolon) == "a,b;\"c;d\"\r\n")
        #expect(written(["", "", ""]) == ",,\r\n")
    }

    @Test("A record of one empty field is not a blank line")
    func singleEmptyField() throws {
        #expect(written([""]) == "\"\"\r\n")
        #expect(try readRecords(written([""]) + "a\r\n").count == 2)
    }

    @Test("Text that begins like a formula gets an apostrophe, if asked for")
    func formulas() {
        let texts = ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a"]
        for text in texts {
            #expect(fields(of: String(written([text], defuses: true).dropLast())) == ["'" + text])
            #expect(fields(of: String(written([text]).dropLast())) == [text])
        }
        #expect(written(["a=1", "1-1", "，", ""], defuses: true) == "a=1,1-1,，,\r\n")
        #expect(written(["=a,b"], defuses: true) == "\"'=a,b\"\r\n")
    }

    @Test("Numbers are never defused")
    func numbers() {
        var writer = CSVWriter(defusesFormulas: true)
        var bytes = CSVWriter.byteOrderMark
        writer.append(number: "-12.50", to: &bytes)
        writer.appendEmpty(to: &bytes)
        writer.append(text: "-x", to: &bytes)
        writer.endRecord(to: &bytes)
        writer.append(number: "1", to: &bytes)
        writer.endRecord(to: &bytes)
        #expect(bytes == [0xEF, 0xBB, 0xBF] + Array("-12.50,,'-x\r\n1\r\n".utf8))
    }
}
