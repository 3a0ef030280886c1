/// The shared strings part: all texts in one buffer (ECMA-376 part 1, section 18.4).
struct SharedTextTable {
    fileprivate(set) var bytes: [UInt8] = []
    fileprivate var ends: [UInt32] = []

    /// Where a text lies in the buffer, nil if there is no such text.
    func range(at index: Int) -> Range<Int>? {
        guard index >= 0, index < ends.count else { return nil }
        return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    /// The memory that the texts take up.
    var byteCount: Int { bytes.count + ends.count * MemoryLayout<UInt32>.stride }
}

/// Collects the shared texts.
///
/// The runs of rich text are joined; phonetic runs, which tell how to pronounce a text, are left out.
final class SharedText: XMLEventHandler {
    private(set) var table = SharedTextTable()
    private var isInItem = false
    private var isInText = false
    private var isInPhonetic = false
    private let path: String
    private let limit: Int

    init(path: String, limit: Int) {
        self.path = path
        // The offsets have 32 bits.
        self.limit = min(limit, Int(UInt32.max))
    }

    func startElement(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "si" {
            isInItem = true
        } else if name == "rPh" {
            isInPhonetic = true
        } else if name == "t" {
            isInText = isInItem && !isInPhonetic
        }
    }

    func endElement(_ name: XMLName) throws(SpreadsheetFault) -> XMLContinuation {
        if name == "t" {
            isInText = false
        } else if name == "rPh" {
            isInPhonetic = false
        } else if name == "si" {
            isInItem = false
            EscapedText.decode(&table.bytes, from: Int(table.ends.last ?? 0))
            table.ends.append(UInt32(table.bytes.count))
            try check()
        }
        return .proceed
    }

    func text(_ text: UnsafeRawBufferPointer) throws(SpreadsheetFault) {
        guard isInText else { return }
        table.bytes.append(contentsOf: text)
        try check()
    }

    private func check() throws(SpreadsheetFault) {
        guard table.byteCount <= limit else {
            throw SpreadsheetFault(.sharedTextTooLarge, ["path": path, "limit": String(limit)])
        }
    }
}
