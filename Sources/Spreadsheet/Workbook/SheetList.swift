/// The workbook part: its sheets and the epoch of its dates (ECMA-376 part 1, sections 18.2.19, 18.2.20, 18.2.28).
final class SheetList: XMLEventHandler {
    struct Sheet {
        let name: String
        let isVisible: Bool
        let relationship: String
    }

    private(set) var sheets: [Sheet] = []
    private(set) var epoch = DateEpoch.from1900
    private let path: String
    private let part: String

    private static let limit = 10_000

    init(path: String, part: String) {
        self.path = path
        self.part = part
    }

    func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        if name == "workbookPr" {
            if attributes.flag("date1904") { epoch = .from1904 }
        } else if name == "sheet", let title = attributes.string("name"), let relationship = attributes.string("id") {
            guard sheets.count < Self.limit else {
                let facts = ["path": path, "part": part, "limit": String(Self.limit)]
                throw SpreadsheetFault(.workbookPartTooLarge, facts)
            }
            let state = attributes.string("state") ?? "visible"
            sheets.append(Sheet(name: title, isVisible: state == "visible", relationship: relationship))
        }
    }

    func endElement(_ name: XMLName) -> XMLContinuation { .proceed }

    func text(_ bytes: UnsafeRawBufferPointer) {}
}
