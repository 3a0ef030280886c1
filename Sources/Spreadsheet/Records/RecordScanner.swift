/// Finds the records in delimited text that arrives piece by piece (RFC 4180, section 2, read leniently).
///
/// A quote opens a quoted field only at the field's start; elsewhere it is text. Records are the same however the
/// text was cut into pieces: wherever the next byte matters, the scanner waits for it.
///
/// Giving up on a record costs little: the lines that a stray quote had swallowed are read once more, and there the
/// quotes pair up the other way round, so that no line is read more than twice.
struct RecordScanner {
    static let quote: UInt8 = 0x22
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D

    enum Progress {
        case needsMoreText
        case batchFull
        case endOfText
    }

    private let delimiter: UInt8
    private let recordByteLimit: Int

    /// Where the record being read begins.
    private(set) var recordStart = 0

    private var position = 0
    private var line = 1
    private var recordLine = 1
    private var inQuotes = false
    private var discardsLine = false

    /// The first line break within the record: where its first line ends and where the next one begins.
    private var firstBreak: Range<Int>?

    init(delimiter: Delimiter, recordByteLimit: Int) {
        self.delimiter = delimiter.rawValue
        self.recordByteLimit = max(1, recordByteLimit)
    }

    /// Follows the text's loss of its first bytes, which must all lie before the record being read.
    mutating func removePrefix(_ count: Int) {
        recordStart -= count
        position -= count
        firstBreak = firstBreak.map { ($0.lowerBound - count)..<($0.upperBound - count) }
    }

    /// Appends the records found, their ranges counted from `batchStart`, until the batch is full or the text ends.
    mutating func scan(
        _ text: borrowing DecodedText, isFinal: Bool, batchStart: Int, maximumBytes: Int,
        into records: inout [RecordBatch.Record]
    ) -> Progress {
        let bytes = text.bytes.span.extracting(0..<text.readableEnd)
        while true {
            let mark = ByteSearch.firstRecordMark(in: bytes, from: position)
            if discardsLine {
                guard mark < bytes.count else {
                    beginRecord(at: mark)
                    discardsLine = !isFinal
                    return isFinal ? .endOfText : .needsMoreText
                }
                guard passDiscarded(mark, in: bytes, isFinal: isFinal) else { return .needsMoreText }
                continue
            }
            if mark - recordStart > recordByteLimit {
                cutRecord(flag: .tooLong, at: mark, text, batchStart, &records)
            } else if mark == bytes.count {
                position = mark
                guard isFinal else { return .needsMoreText }
                if inQuotes {
                    cutRecord(flag: .unterminatedQuote, at: mark, text, batchStart, &records)
                    if recordStart < mark { continue }
                } else {
                    emit(upTo: mark, [], text, batchStart, &records)
                    beginRecord(at: mark)
                }
                return .endOfText
            } else if bytes[mark] == Self.quote {
                guard passQuote(mark, in: bytes, isFinal: isFinal) else { return .needsMoreText }
            } else {
                guard let next = endOfLineBreak(at: mark, in: bytes, isFinal: isFinal) else {
                    position = mark
                    return .needsMoreText
                }
                line += 1
                if inQuotes {
                    if firstBreak == nil { firstBreak = mark..<next }
                    position = next
                } else {
                    emit(upTo: mark, [], text, batchStart, &records)
                    beginRecord(at: next)
                    if next - batchStart >= maximumBytes { return .batchFull }
                }
            }
        }
    }

    private mutating func beginRecord(at offset: Int) {
        recordStart = offset
        position = offset
        recordLine = line
        inQuotes = false
        firstBreak = nil
    }

    /// Passes a mark in the rest of a line that is too long; false if the byte after it decides.
    private mutating func passDiscarded(_ mark: Int, in bytes: Span<UInt8>, isFinal: Bool) -> Bool {
        position = mark
        recordStart = mark
        if bytes[mark] == Self.quote {
            position = mark + 1
        } else if let next = endOfLineBreak(at: mark, in: bytes, isFinal: isFinal) {
            line += 1
            discardsLine = false
            beginRecord(at: next)
        } else {
            return false
        }
        return true
    }

    /// Passes a quote; false if the byte after it decides.
    private mutating func passQuote(_ mark: Int, in bytes: Span<UInt8>, isFinal: Bool) -> Bool {
        if !inQuotes {
            inQuotes = mark == recordStart || bytes[mark - 1] == delimiter
            position = mark + 1
        } else if mark + 1 < bytes.count {
            let isDoubled = bytes[mark + 1] == Self.quote
            inQuotes = isDoubled
            position = mark + (isDoubled ? 2 : 1)
        } else if isFinal {
            inQuotes = false
            position = mark + 1
        } else {
            position = mark
            return false
        }
        return true
    }

    /// Where the line after a CR, LF or CR LF begins; nil if a CR is the last byte so far.
    private func endOfLineBreak(at mark: Int, in bytes: Span<UInt8>, isFinal: Bool) -> Int? {
        if bytes[mark] == Self.lineFeed { return mark + 1 }
        guard mark + 1 < bytes.count else { return isFinal ? mark + 1 : nil }
        return bytes[mark + 1] == Self.lineFeed ? mark + 2 : mark + 1
    }

    private func emit(
        upTo end: Int, _ flags: RecordBatch.Flags, _ text: borrowing DecodedText, _ batchStart: Int,
        _ records: inout [RecordBatch.Record]
    ) {
        guard end > recordStart || !flags.isEmpty else { return }
        let range = recordStart..<end
        let all = text.hasReplacement(in: range) ? flags.union(.invalidText) : flags
        let shifted = (range.lowerBound - batchStart)..<(range.upperBound - batchStart)
        records.append(RecordBatch.Record(range: shifted, line: recordLine, flags: all))
    }

    /// Ends a record that can't be kept whole after its first line and goes on with the line after it.
    private mutating func cutRecord(
        flag: RecordBatch.Flags, at mark: Int, _ text: borrowing DecodedText, _ batchStart: Int,
        _ records: inout [RecordBatch.Record]
    ) {
        if let firstBreak {
            emit(upTo: firstBreak.lowerBound, flag, text, batchStart, &records)
            line = recordLine + 1
            beginRecord(at: firstBreak.upperBound)
        } else {
            var end = min(mark, recordStart + recordByteLimit)
            // A cut in the middle of a character would make the record ill-formed.
            while end < mark, end > recordStart, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
            emit(upTo: end, flag, text, batchStart, &records)
            let isOverlong = flag == .tooLong
            beginRecord(at: isOverlong ? end : mark)
            discardsLine = isOverlong
        }
    }
}
