import Foundation
import Seeded
import Spreadsheet
import Testing

@Suite("Bytes at random")
struct FuzzTests {
    /// Reads everything there is; only a typed fault may come instead of records.
    private func exercise(_ bytes: [UInt8], _ generator: inout SeededGenerator) {
        let encoding = [nil, TextEncoding.utf8, .gb18030, .utf16LittleEndian].randomElement(using: &generator)!
        let options = RecordReader.Options(
            encoding: encoding, recordByteLimit: [64, 1 << 20].randomElement(using: &generator)!,
            blockSize: Int.random(in: 1...300, using: &generator),
            workbookLimits: WorkbookLimits(inflatedBytes: 50 << 20))
        _ = faultCode { () throws(SpreadsheetFault) in
            var reader = try RecordReader(source: ArraySource(bytes), options: options)
            var cursor = FieldCursor(delimiter: reader.delimiter)
            var lastLine = 0
            while let batch = try reader.next(maximumBytes: 500) {
                for index in batch.records.indices {
                    #expect(batch.records[index].byteRange.upperBound <= batch.text.count)
                    if case .delimitedText = reader.format {
                        #expect(batch.records[index].line > lastLine)
                        lastLine = batch.records[index].line
                    }
                    batch.withRecord(at: index) { record in
                        cursor.split(record)
                        for field in 0..<cursor.count { _ = cursor.text(at: field, in: record) }
                    }
                }
                #expect(String(validating: batch.text, as: UTF8.self) != nil)
            }
        }
    }

    private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
            let offset = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[offset] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: offset)
            case 3: bytes.removeSubrange(offset..<min(bytes.count, offset + 5))
            default: bytes.insert(contentsOf: bytes[offset..<min(bytes.count, offset + 20)], at: offset)
            }
        }
        return bytes
    }

    @Test("Random bytes never crash or hang the reader", arguments: 0..<400)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...2_000, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        exercise(bytes, &generator)
    }

    @Test("Damaged delimited text never crashes or hangs the reader", arguments: 0..<400)
    func delimitedText(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<20).map { "项目\($0),\"含,逗号\"\"引号\n换行\",\($0 * 37).5\r\n" }.joined()
        let bytes = seed % 3 == 0 ? TextEncodingTests.gbHeader + TextEncodingTests.gbHeader : Array(rows.utf8)
        exercise(mutated(bytes, &generator), &generator)
    }

    @Test("Damaged containers never crash or hang the reader", arguments: 0..<400)
    func containers(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var zip = Self.workbook.builder()
        zip.usesZIP64 = seed % 2 == 0
        exercise(mutated(zip.bytes(), &generator), &generator)
    }

    @Test("Damaged XML in a sound container never crashes or hangs the reader", arguments: 0..<600)
    func parts(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var zip = Self.workbook.builder()
        let part = Int.random(in: 0..<zip.parts.count, using: &generator)
        zip.parts[part].content = mutated(zip.parts[part].content, &generator)
        exercise(zip.bytes(), &generator)
    }

    @Test("Damaged files of the writer never crash or hang the reader")
    func writtenWorkbook() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"))
        let sheet = try writer.addSheet(SheetLayout(name: "表", titles: ["题"], columns: [.init("甲"), .init("乙")]))
        for number in 0..<30 {
            try writer.append([.text("行\(number)"), .date(year: 2024, month: 1, day: number + 1)], to: sheet)
        }
        try writer.close()
        let bytes = try folder.bytes(of: "a")
        for seed in 0..<300 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            exercise(mutated(bytes, &generator), &generator)
        }
    }

    private static var workbook: WorkbookBuilder {
        var builder = WorkbookBuilder(
            data: """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>\
                <row r="2"><c r="A2" s="1"><v>45657.5</v></c><c r="B2" t="inlineStr"><is><t>文_x000D_</t></is></c>\
                <c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#REF!</v></c></row>
                """,
            sharedStrings: "<si><t>甲</t></si><si><r><t>乙</t></r><rPh sb=\"0\" eb=\"1\"><t>い</t></rPh></si>")
        builder.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
        return builder
    }
}
