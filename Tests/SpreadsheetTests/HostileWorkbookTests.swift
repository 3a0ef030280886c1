import Seeded
import Spreadsheet
import Testing

@Suite("Workbooks that mean harm or are damaged")
struct HostileWorkbookTests {
    private func code(
        _ bytes: [UInt8], _ limits: WorkbookLimits = WorkbookLimits()
    ) -> SpreadsheetFault.Code? {
        faultCode { () throws(SpreadsheetFault) in
            _ = try readRecords(bytes, options: .init(workbookLimits: limits))
        }
    }

    private let book = WorkbookBuilder(
        data: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", sharedStrings: "<si><t>a</t></si>")

    @Test("An intact book is read")
    func intact() throws {
        #expect(code(book.bytes()) == nil)
    }

    @Test("A file cut short anywhere is refused")
    func truncated() {
        let bytes = book.bytes()
        for length in stride(from: 4, to: bytes.count, by: 7) {
            #expect(code(Array(bytes[..<length])) != nil)
        }
        #expect(code(Array(bytes[..<(bytes.count - 1)])) == .zipTruncated)
    }

    @Test("A part that inflates to a thousand times its size is refused")
    func bomb() {
        let data = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + String(repeating: " ", count: 30 << 20)
        #expect(code(WorkbookBuilder(data: data).bytes()) == .zipRatioTooHigh)
        let small = WorkbookLimits(inflatedBytes: 100_000)
        let medium = "<row/>" + String(repeating: " ", count: 200_000)
        #expect(code(WorkbookBuilder(data: medium).bytes(), small) == .zipInflatedTooLarge)
    }

    @Test("Encrypted entries and unknown compression are named")
    func methods() {
        var zip = book.builder()
        zip.parts[3].flags = 1
        #expect(code(zip.bytes()) == .zipEntryEncrypted)
        zip.parts[3].flags = 0
        zip.parts[3].method = 14
        #expect(code(zip.bytes()) == .zipMethodUnsupported)
    }

    @Test("Two entries of one name are refused, in upper and lower case too")
    func duplicates() {
        var zip = book.builder()
        zip.add("XL/worksheets/Sheet1.xml", "<worksheet/>")
        #expect(code(zip.bytes()) == .zipEntryDuplicate)
    }

    @Test("More entries than allowed, or than there are, are refused")
    func counts() {
        var zip = book.builder()
        #expect(code(zip.bytes(), WorkbookLimits(entries: 3)) == .zipTooManyEntries)
        zip.declaredCount = 100
        #expect(code(zip.bytes()) == .zipDirectoryMalformed)
        zip.declaredCount = 1
        #expect(code(zip.bytes()) == .zipDirectoryMalformed)
    }

    @Test("A wrong checksum, a wrong size and damaged data are noticed")
    func corrupt() {
        for change in 0..<4 {
            var zip = book.builder()
            switch change {
            case 0: zip.parts[3].checksum = 1
            case 1: zip.parts[3].declaredSize = 1
            case 2: zip.parts[3].declaredSize = 1_000_000
            default: zip.parts[3].rawData = [0xFF, 0xFF, 0xFF]
            }
            #expect(code(zip.bytes()) == .zipEntryCorrupt)
        }
    }

    @Test("Document types are refused, so that no entity is ever expanded or fetched")
    func entities() {
        var laughs = book
        laughs.prefix = """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">\
            <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
            """
        #expect(code(laughs.bytes()) == .xmlDoctypeRefused)
        var external = book
        external.prefix = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
        external.data = "<row><c t=\"str\"><v>&e;</v></c></row>"
        #expect(code(external.bytes()) == .xmlDoctypeRefused)
        var undeclared = book
        undeclared.data = "<row><c t=\"str\"><v>&e;</v></c></row>"
        #expect(code(undeclared.bytes()) == .xmlMalformed)
    }

    @Test("Deep nesting is refused")
    func depth() {
        var deep = book
        deep.data = String(repeating: "<a>", count: 100_000)
        #expect(code(deep.bytes()) == .xmlTooDeep)
    }

    @Test("A tag or comment that never ends is refused before it fills the memory")
    func endlessToken() {
        var generator = SeededGenerator(seed: 1)
        // Letters at random, so that the ratio of compression stays low.
        let noise = String(
            decoding: (0..<(6 << 20)).map { _ in UInt8.random(in: 0x61...0x7A, using: &generator) }, as: UTF8.self)
        for data in ["<row r=\"\(noise)\"/>", "<!--\(noise)-->"] {
            #expect(code(WorkbookBuilder(data: data).bytes()) == .xmlTokenTooLong)
        }
    }

    @Test("A cell that points at shared text that isn't there names itself")
    func sharedIndex() {
        for index in ["1", "-1", "99999999999", "x"] {
            var bad = book
            bad.data = "<row r=\"3\"><c r=\"AB3\" t=\"s\"><v>\(index)</v></c></row>"
            let facts = ["path": "test", "sheet": "账", "cell": "AB3", "index": index]
            #expect(throws: SpreadsheetFault(.sharedTextMissing, facts)) { _ = try readRecords(bad.bytes()) }
        }
        var none = book
        none.sharedStrings = nil
        #expect(code(none.bytes()) == .sharedTextMissing)
    }

    @Test("References outside a sheet and cells out of order are refused")
    func references() {
        func code(data: String) -> SpreadsheetFault.Code? { self.code(WorkbookBuilder(data: data).bytes()) }
        #expect(code(data: "<row r=\"0\"/>") == .cellReferenceMalformed)
        #expect(code(data: "<row r=\"1048577\"/>") == .cellReferenceMalformed)
        #expect(code(data: "<row r=\"x\"/>") == .cellReferenceMalformed)
        #expect(code(data: "<row><c r=\"XFE1\"><v>1</v></c></row>") == .cellReferenceMalformed)
        #expect(code(data: "<row><c r=\"AAAAAAAAAAAAAAAA1\"><v>1</v></c></row>") == .cellReferenceMalformed)
        #expect(code(data: "<row><c r=\"1\"><v>1</v></c></row>") == .cellReferenceMalformed)
        #expect(code(data: "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>") == .cellOutOfOrder)
        #expect(code(data: "<row><c r=\"XFD1\"><v>1</v></c></row>") == nil)
    }

    @Test("Shared text beyond the memory set aside for it is refused")
    func sharedLimit() {
        let bytes = WorkbookBuilder(data: "", sharedStrings: String(repeating: "<si><t>abcd</t></si>", count: 1_000))
            .bytes()
        #expect(code(bytes, WorkbookLimits(sharedTextBytes: 5_000)) == .sharedTextTooLarge)
        #expect(code(bytes, WorkbookLimits(sharedTextBytes: 8_000)) == nil)
        let empties = WorkbookBuilder(data: "", sharedStrings: String(repeating: "<si/>", count: 10_000)).bytes()
        #expect(code(empties, WorkbookLimits(sharedTextBytes: 5_000)) == .sharedTextTooLarge)
    }

    @Test("Other things in a ZIP are told apart")
    func otherContainers() {
        var plain = ZIPBuilder()
        plain.add("readme.txt", "hello")
        #expect(code(plain.bytes()) == .workbookMissing)
        #expect(code(ZIPBuilder().bytes()) == .workbookMissing)
        var document = ZIPBuilder()
        document.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet", method: 0)
        document.add("content.xml", "<x/>")
        #expect(code(document.bytes()) == .workbookOpenDocument)
        var binary = ZIPBuilder()
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        binary.add(
            "_rels/.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"\(type)\" Target=\"xl/workbook.bin\"/></Relationships>")
        binary.add("xl/workbook.bin", "x")
        #expect(code(binary.bytes()) == .workbookBinary)
        var torn = book.builder()
        torn.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
        #expect(code(torn.bytes()) == .workbookPartMissing)
    }

    @Test("A workbook on a stream is kept in a temporary file only up to the limit")
    func spool() {
        #expect(code(book.bytes(), WorkbookLimits(spooledBytes: 500)) == .inputTooLargeToSpool)
    }
}
