import Spreadsheet
import Testing

@Suite("Rows of a workbook")
struct WorkbookReadingTests {
    private func rows(_ builder: WorkbookBuilder, _ options: RecordReader.Options = .init()) throws -> [ReadRecord] {
        try readRecords(builder.bytes(), options: options)
    }

    @Test("Shared, inline and formula text, numbers, booleans and errors")
    func cellKinds() throws {
        let data = """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>\
            <c r="D1" t="inlineStr"><is><t>行内</t></is></c><c r="E1"><v>x</v></c></row>\
            <row r="2"><c r="A2" t="str"><f>A1&amp;B1</f><v>a,"b"</v></c><c r="B2"><v>1.2345678901234569E-3</v></c>\
            <c r="C2" t="b"><v>1</v></c><c r="D2" t="b"><v>0</v></c><c r="E2" t="e"><v>#N/A</v></c></row>
            """
        let shared = """
            <si><t>名称</t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 文本</t></r></si>\
            <si><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/></si>
            """
        let records = try rows(WorkbookBuilder(data: data, sharedStrings: shared))
        #expect(
            records == [
                ReadRecord("名称,富 文本,漢字,行内,x", line: 1),
                ReadRecord("\"a,\"\"b\"\"\",1.2345678901234569E-3,TRUE,FALSE,", line: 2, flags: .errorCell),
            ])
    }

    @Test("Gaps are filled by cell reference, empty rows are passed over, rows are filled up to the header's width")
    func gaps() throws {
        let data = """
            <row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c><c r="E2" s="3"/></row>\
            <row r="3"><c r="A3" s="1"/></row><row r="4"/>\
            <row r="7"><c r="A7"><v>3</v></c></row><row><c><v>4</v></c><c><v>5</v></c></row>
            """
        #expect(
            try rows(WorkbookBuilder(data: data)) == [
                ReadRecord(",1,,2", line: 2), ReadRecord("3,,,", line: 7), ReadRecord("4,5,,", line: 8),
            ])
    }

    @Test("Line breaks and escapes in text survive")
    func lineBreaks() throws {
        let shared = "<si><t>a&#10;b_x000D_c_x005F_x0041_ _x12</t></si>"
        let data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
        let records = try rows(WorkbookBuilder(data: data, sharedStrings: shared))
        #expect(records.map(\.text) == ["\"a\nb\rc_x0041_ _x12\""])
    }

    @Test("Elements with a namespace prefix are read like those without")
    func prefixes() throws {
        var builder = WorkbookBuilder()
        builder.sheetPart = """
            <x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>\
            <x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData><x:c><x:v>9</x:v></x:c></x:worksheet>
            """
        #expect(try rows(builder) == [ReadRecord("7", line: 1)])
    }

    @Test("Cells in date styles become ISO 8601 text, built-in and custom formats alike")
    func dates() throws {
        var builder = WorkbookBuilder()
        builder.styles = """
            <numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>\
            <numFmt numFmtId="165" formatCode="0.00&quot;hmd&quot;[Red]\\d"/>\
            <numFmt numFmtId="166" formatCode="[$-804]yyyy/m/d;@"/></numFmts>\
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>\
            <xf numFmtId="31"/><xf numFmtId="22"/><xf numFmtId="4"/></cellXfs>
            """
        let cells = (0..<8).map { "<c s=\"\($0)\"><v>45657</v></c>" }.joined()
        builder.data = """
            <row>\(cells)</row><row><c s="6"><v>45657.75</v></c><c s="1"><v>60</v></c><c s="1"><v>1</v></c>\
            <c s="1"><v>-3</v></c><c s="1" t="str"><v>待定</v></c><c s="22"><v>0.5</v></c><c s="1"><v>61</v></c></row>
            """
        // 45657 is 31 December 2024, as any spreadsheet shows it.
        #expect(
            try rows(builder).map(\.text) == [
                "45657,2024-12-31,2024-12-31,45657,2024-12-31,2024-12-31,2024-12-31,45657",
                "2024-12-31T18:00:00,1900-02-29,1900-01-01,-3,待定,0.5,1900-03-01,",
            ])
        builder.workbookProperties = "<workbookPr date1904=\"1\"/>"
        builder.data = "<row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>44195</v></c></row>"
        #expect(try rows(builder).map(\.text) == ["1904-01-01,2024-12-31"])
    }

    @Test("The first visible sheet is read unless another is named")
    func sheetChoice() throws {
        var builder = WorkbookBuilder(data: "<row><c><v>1</v></c></row>")
        builder.sheets = """
            <sheet name="隐藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="可见" sheetId="2" r:id="rId2"/>
            """
        #expect(try rows(builder).map(\.text) == ["2"])
        #expect(try rows(builder, .init(sheet: "隐藏")).map(\.text) == ["1"])
        #expect(throws: SpreadsheetFault(.sheetNotFound, ["path": "test", "sheet": "无", "sheets": "隐藏 | 可见"])) {
            _ = try rows(builder, .init(sheet: "无"))
        }
        let reader = try RecordReader(source: ArraySource(builder.bytes()))
        #expect(reader.format == .workbook(sheet: "可见"))
        #expect(reader.sheetNames == ["可见"])
        builder.sheets = "<sheet name=\"隐藏\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/>"
        #expect(faultCode { () throws(SpreadsheetFault) in _ = try readRecords(builder.bytes()) } == .sheetNoneVisible)
    }

    @Test("A ZIP64 container, stored entries and a comment at the end are read too")
    func containerForms() throws {
        var zip = WorkbookBuilder(data: "<row><c><v>1</v></c></row>").builder()
        zip.usesZIP64 = true
        #expect(try readRecords(zip.bytes()).map(\.text) == ["1"])
        zip.usesZIP64 = false
        zip.comment = Array("PK\u{05}\u{06} a comment that begins like the end record".utf8)
        #expect(try readRecords(zip.bytes()).map(\.text) == ["1"])
        for index in zip.parts.indices { zip.parts[index].method = 0 }
        #expect(try readRecords(zip.bytes()).map(\.text) == ["1"])
    }

    @Test("Small batches give the same records as one large batch, and stay small")
    func pauses() throws {
        let data = (1...500).map { "<row r=\"\($0)\"><c t=\"s\"><v>0</v></c><c><v>\($0)</v></c></row>" }.joined()
        let builder = WorkbookBuilder(data: data, sharedStrings: "<si><t>绿色贷款</t></si>")
        let whole = try rows(builder)
        #expect(whole.count == 500)
        #expect(try readRecords(builder.bytes(), batch: 1) == whole)
        var reader = try RecordReader(source: ArraySource(builder.bytes()))
        while let batch = try reader.next(maximumBytes: 100) { #expect(batch.text.count < 120) }
    }

    @Test("A row that exceeds the limit keeps the cells that fit and is flagged")
    func overlongRow() throws {
        let long = String(repeating: "长", count: 100)
        let data = """
            <row><c t="str"><v>a</v></c><c t="str"><v>\(long)</v></c><c t="str"><v>b</v></c></row>\
            <row><c><v>2</v></c></row>
            """
        let records = try rows(WorkbookBuilder(data: data), .init(recordByteLimit: 200))
        #expect(records == [ReadRecord("a", line: 1, flags: .tooLong), ReadRecord("2", line: 2)])
    }

    @Test("Shared text is not multiplied beyond the limit of what may be inflated")
    func sharedTextBudget() {
        let text = String(repeating: "x", count: 10_000)
        let data = (1...200).map { _ in "<row><c t=\"s\"><v>0</v></c></row>" }.joined()
        let builder = WorkbookBuilder(data: data, sharedStrings: "<si><t>\(text)</t></si>")
        let limits = WorkbookLimits(inflatedBytes: 1_000_000)
        let code = faultCode { () throws(SpreadsheetFault) in
            _ = try readRecords(builder.bytes(), options: .init(workbookLimits: limits))
        }
        #expect(code == .zipInflatedTooLarge)
    }
}
