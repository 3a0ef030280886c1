/// A sheet part: turns its rows into records as they arrive (ECMA-376 part 1, sections 18.3.1.73 and 18.3.1.4).
///
/// Numbers are handed over as they are written in the file, dates as ISO 8601 text, booleans as TRUE and FALSE, errors
/// as empty fields with a flag. Merged cells keep their value where it stands, in the first cell.
struct SheetRowBuilder {
    /// What the rows need to know about the rest of the workbook.
    struct Context {
        let path: String
        let sheet: String
        let shared: SharedTextTable?
        let styles: CellStyles?
        let epoch: DateEpoch
        let budget: InflationBudget
        let recordByteLimit: Int
    }

    /// After how many bytes of text to pause.
    var maximumBytes = 1 << 20

    private enum Kind {
        case number
        case shared
        case text
        case boolean
        case error
    }

    private let context: Context
    private var writer: RowRecordWriter

    private var isInData = false
    private var isInRow = false
    private var isInCell = false
    private var isInInline = false
    private var isInPhonetic = false
    private var isCollecting = false

    private var row = 0
    private var column = -1
    private var kind = Kind.number
    private var style = 0
    private var value: [UInt8] = []
    private var isValueTooLong = false

    /// The date handed over last, which neighbouring rows tend to repeat.
    private var lastSerial = 0.0
    private var lastDate: [UInt8] = []

    init(_ context: Context) {
        self.context = context
        writer = RowRecordWriter(recordByteLimit: context.recordByteLimit)
    }

    /// The records finished so far, nil if there are none.
    mutating func takeBatch() -> RecordBatch? {
        writer.takeBatch()
    }

    mutating func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        if isInCell {
            if name == "v" {
                isCollecting = true
            } else if name == "t" {
                isCollecting = isInInline && !isInPhonetic
            } else if name == "is" {
                isInInline = true
            } else if name == "rPh" {
                isInPhonetic = true
            }
        } else if isInRow {
            if name == "c" { try beginCell(attributes) }
        } else if isInData {
            if name == "row" { try beginRow(attributes) }
        } else if name == "sheetData" {
            isInData = true
        }
    }

    mutating func endElement(_ name: XMLName) throws(SpreadsheetFault) -> XMLContinuation {
        if isInCell {
            if name == "v" || name == "t" {
                isCollecting = false
            } else if name == "is" {
                isInInline = false
            } else if name == "rPh" {
                isInPhonetic = false
            } else if name == "c" {
                isInCell = false
                try endCell()
            }
        } else if isInRow {
            if name == "row" {
                isInRow = false
                try context.budget.spend(writer.endRow(number: row))
                return writer.text.count >= maximumBytes ? .pause : .proceed
            }
        } else if name == "sheetData" {
            isInData = false
        }
        return .proceed
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        guard isCollecting else { return }
        if value.count + bytes.count > context.recordByteLimit {
            isValueTooLong = true
        } else {
            value.append(contentsOf: bytes)
        }
    }

    private mutating func beginRow(_ attributes: XMLAttributes) throws(SpreadsheetFault) {
        if attributes.text("r") == nil { row += 1 } else { row = attributes.number("r") ?? 0 }
        guard row >= 1, row <= CellReference.rowLimit else { throw malformed(attributes.string("r") ?? "") }
        column = -1
        isInRow = true
        writer.beginRow()
    }

    private mutating func beginCell(_ attributes: XMLAttributes) throws(SpreadsheetFault) {
        let previous = column
        if let reference = attributes.text("r") {
            guard let found = CellReference.column(of: reference) else { throw malformed(String(cString: reference)) }
            column = found
        } else {
            column += 1
            guard column < CellReference.columnLimit else { throw malformed("") }
        }
        guard column > previous else {
            throw SpreadsheetFault(.cellOutOfOrder, ["path": context.path, "sheet": context.sheet, "cell": cellName])
        }
        kind = Self.kind(of: attributes.text("t"))
        style = attributes.number("s") ?? 0
        value.removeAll(keepingCapacity: true)
        isValueTooLong = false
        isInCell = true
        isInInline = false
        isInPhonetic = false
        isCollecting = false
    }

    private static func kind(of type: UnsafePointer<CChar>?) -> Kind {
        guard let type else { return .number }
        let name = XMLName(local: type)
        if name == "s" { return .shared }
        // A date (d) is already written as ISO 8601 text.
        if name == "str" || name == "inlineStr" || name == "d" { return .text }
        if name == "b" { return .boolean }
        return name == "e" ? .error : .number
    }

    private mutating func endCell() throws(SpreadsheetFault) {
        if isValueTooLong { return writer.flag(.tooLong) }
        switch kind {
        case .text:
            EscapedText.decode(&value, from: 0)
        case .number:
            trimValue()
            replaceSerialByDate()
        case .shared:
            trimValue()
            guard !value.isEmpty else { return }
            return try appendSharedText()
        case .boolean:
            trimValue()
            if value == [0x31] || value == Array("true".utf8) {
                value = Array("TRUE".utf8)
            } else if value == [0x30] || value == Array("false".utf8) {
                value = Array("FALSE".utf8)
            }
        case .error:
            return writer.flag(.errorCell)
        }
        let bytes = value
        writer.append(bytes.span, column: column)
    }

    private mutating func appendSharedText() throws(SpreadsheetFault) {
        guard let shared = context.shared, let index = Self.index(in: value), let range = shared.range(at: index) else {
            let index = String(decoding: value.prefix(20), as: UTF8.self)
            let facts = ["path": context.path, "sheet": context.sheet, "cell": cellName, "index": index]
            throw SpreadsheetFault(.sharedTextMissing, facts)
        }
        let bytes = shared.bytes
        writer.append(bytes.span.extracting(range), column: column)
    }

    private static func index(in digits: [UInt8]) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var index = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            index = index * 10 + Int(digit - 0x30)
        }
        return index
    }

    private mutating func trimValue() {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        while let last = value.last, isBlank(last) { value.removeLast() }
        if let first = value.first, isBlank(first) {
            value.removeSubrange(0..<(value.firstIndex { !isBlank($0) } ?? value.count))
        }
    }

    private mutating func replaceSerialByDate() {
        guard let styles = context.styles, !value.isEmpty, value.count <= 32, styles.isDate(style),
            let serial = Self.index(in: value).map(Double.init) ?? Double(String(decoding: value, as: UTF8.self))
        else { return }
        if serial == lastSerial, !lastDate.isEmpty {
            value.replaceSubrange(value.indices, with: lastDate)
        } else if let text = context.epoch.text(ofSerial: serial) {
            value.replaceSubrange(value.indices, with: text.utf8)
            lastSerial = serial
            lastDate = value
        }
    }

    private var cellName: String { CellReference.letters(ofColumn: column) + String(row) }

    private func malformed(_ reference: String) -> SpreadsheetFault {
        let facts = [
            "path": context.path, "sheet": context.sheet, "row": String(row),
            "reference": String(reference.prefix(40)),
        ]
        return SpreadsheetFault(.cellReferenceMalformed, facts)
    }
}
