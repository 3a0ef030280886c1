/// The styles part: which cell styles show a number as a date or time (ECMA-376 part 1, sections 18.8.10, 18.8.30).
final class CellStyles: XMLEventHandler {
    /// The formats that the workbook defines itself, and whether they show dates.
    private var formatIsDate: [Int: Bool] = [:]
    private var styleIsDate: [Bool] = []
    private var isInCellStyles = false
    private let path: String
    private let part: String

    /// A workbook has at most about 65,000 cell styles.
    private static let limit = 1 << 17

    init(path: String, part: String) {
        self.path = path
        self.part = part
    }

    /// Whether cells of this style are dates; a style that doesn't exist is none.
    func isDate(_ style: Int) -> Bool {
        style < styleIsDate.count && styleIsDate[style]
    }

    func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        if name == "numFmt" {
            guard let identifier = attributes.number("numFmtId"), let code = attributes.string("formatCode") else {
                return
            }
            formatIsDate[identifier] = Self.isDateFormat(code)
            try check(formatIsDate.count)
        } else if name == "cellXfs" {
            isInCellStyles = true
        } else if name == "xf", isInCellStyles {
            let format = attributes.number("numFmtId") ?? 0
            styleIsDate.append(formatIsDate[format] ?? Self.isBuiltInDateFormat(format))
            try check(styleIsDate.count)
        }
    }

    func endElement(_ name: XMLName) -> XMLContinuation {
        if name == "cellXfs" { isInCellStyles = false }
        return .proceed
    }

    func text(_ bytes: UnsafeRawBufferPointer) {}

    private func check(_ count: Int) throws(SpreadsheetFault) {
        guard count <= Self.limit else {
            let facts = ["path": path, "part": part, "limit": String(Self.limit)]
            throw SpreadsheetFault(.workbookPartTooLarge, facts)
        }
    }

    /// The formats every program knows by number, those of the East Asian editions included.
    static func isBuiltInDateFormat(_ identifier: Int) -> Bool {
        switch identifier {
        case 14...22, 27...36, 45...47, 50...58: true
        default: false
        }
    }

    /// Whether a number format shows a date or time: a letter of y, m, d, h outside quotes, brackets and escapes.
    static func isDateFormat(_ code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var skipsNext = false
        for byte in code.utf8 {
            if skipsNext {
                skipsNext = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): if !isBracketed { isQuoted.toggle() }
            case _ where isQuoted: continue
            case UInt8(ascii: "["): isBracketed = true
            case UInt8(ascii: "]"): isBracketed = false
            case _ where isBracketed: continue
            // A backslash shows the next character as it is, an underscore leaves its width, an asterisk repeats it.
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): skipsNext = true
            case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "d"),
                UInt8(ascii: "D"), UInt8(ascii: "h"), UInt8(ascii: "H"):
                return true
            default: continue
            }
        }
        return false
    }
}
