/// A minimal hand-made workbook, each part of which a test may replace.
struct WorkbookBuilder {
    var workbookProperties = ""
    var sheets = "<sheet name=\"账\" sheetId=\"1\" r:id=\"rId1\"/>"
    var data = ""
    var sharedStrings: String?
    var styles: String?
    var sheetPart: String?
    var prefix = ""

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    init(data: String = "", sharedStrings: String? = nil) {
        self.data = data
        self.sharedStrings = sharedStrings
    }

    func builder() -> ZIPBuilder {
        var zip = ZIPBuilder()
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        func relationships(_ list: [(String, String, String)]) -> String {
            let items = list.map { "<Relationship Id=\"\($0.0)\" Type=\"\(Self.office)/\($0.1)\" Target=\"\($0.2)\"/>" }
            return "\(Self.declaration)<Relationships xmlns=\"\(package)\">\(items.joined())</Relationships>"
        }
        zip.add("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")]))
        zip.add(
            "xl/workbook.xml",
            """
            \(Self.declaration)<workbook xmlns="\(Self.main)" xmlns:r="\(Self.office)">\(workbookProperties)\
            <sheets>\(sheets)</sheets></workbook>
            """)
        zip.add(
            "xl/_rels/workbook.xml.rels",
            relationships(
                [
                    ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
                    ("rId8", "sharedStrings", "sharedStrings.xml"), ("rId9", "styles", "styles.xml"),
                ].filter { ($0.0 != "rId8" || sharedStrings != nil) && ($0.0 != "rId9" || styles != nil) }))
        zip.add("xl/worksheets/sheet1.xml", sheetPart ?? sheet(data))
        zip.add("xl/worksheets/sheet2.xml", sheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>"))
        if let sharedStrings {
            zip.add("xl/sharedStrings.xml", "\(Self.declaration)<sst xmlns=\"\(Self.main)\">\(sharedStrings)</sst>")
        }
        if let styles {
            zip.add("xl/styles.xml", "\(Self.declaration)<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>")
        }
        return zip
    }

    func bytes() -> [UInt8] { builder().bytes() }

    private func sheet(_ data: String) -> String {
        "\(Self.declaration)\(prefix)<worksheet xmlns=\"\(Self.main)\"><sheetData>\(data)</sheetData></worksheet>"
    }
}
