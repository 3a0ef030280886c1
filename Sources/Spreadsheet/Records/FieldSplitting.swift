/// Finds the fields of a record (RFC 4180, section 2, read leniently) and puts their places into a reused array.
///
/// Nothing is trimmed and nothing is allocated once the array has grown to the widest record. A quote opens a quoted
/// field only at the field's start; text after the closing quote is kept and flagged. A record of no bytes has one
/// empty field.
///
/// - Parameters:
///   - record: the record without its line end, at most 2 GiB.
///   - delimiter: the byte between fields.
///   - fields: replaced by the fields of this record.
public func splitFields(of record: Span<UInt8>, delimiter: UInt8, into fields: inout [FieldRange]) {
    fields.removeAll(keepingCapacity: true)
    let count = record.count
    var start = 0
    while true {
        let end: Int
        if start < count, record[start] == RecordScanner.quote {
            end = appendQuotedField(of: record, from: start + 1, delimiter: delimiter, to: &fields)
        } else {
            end = ByteSearch.first(delimiter, in: record, from: start)
            fields.append(FieldRange(start: start, end: end))
        }
        guard end < count else { return }
        start = end + 1
    }
}

/// Appends the quoted field that begins after its opening quote; the offset of the delimiter after it, or the count.
@inline(__always)
private func appendQuotedField(
    of record: Span<UInt8>, from start: Int, delimiter: UInt8, to fields: inout [FieldRange]
) -> Int {
    var flags: FieldRange.Flags = .quoted
    var closing = ByteSearch.first(RecordScanner.quote, in: record, from: start)
    while closing + 1 < record.count, record[closing + 1] == RecordScanner.quote {
        flags.insert(.doubledQuotes)
        closing = ByteSearch.first(RecordScanner.quote, in: record, from: closing + 2)
    }
    guard closing < record.count else {
        fields.append(FieldRange(start: start, end: record.count, flags: flags.union(.unterminated)))
        return record.count
    }
    let end = ByteSearch.first(delimiter, in: record, from: closing + 1)
    if end == closing + 1 {
        fields.append(FieldRange(start: start, end: closing, flags: flags))
    } else {
        fields.append(FieldRange(start: start, end: end, flags: flags.union(.textAfterQuote)))
    }
    return end
}

/// Puts a field's value into a reused buffer: doubled quotes become one, a closing quote before more text is left out.
///
/// Needed only where ``FieldRange/needsUnescaping`` says so; otherwise the bytes in the range are the value.
///
/// - Parameters:
///   - field: the field's place.
///   - record: the record it was found in.
///   - scratch: replaced by the value.
public func unescapeField(_ field: FieldRange, of record: Span<UInt8>, into scratch: inout [UInt8]) {
    scratch.removeAll(keepingCapacity: true)
    var offset = field.start
    while field.isQuoted, offset < field.end {
        let quote = min(ByteSearch.first(RecordScanner.quote, in: record, from: offset), field.end)
        scratch.append(record.extracting(offset..<quote))
        guard quote < field.end else { return }
        offset = quote + 1
        guard offset < field.end, record[offset] == RecordScanner.quote else { break }
        scratch.append(RecordScanner.quote)
        offset += 1
    }
    if offset < field.end { scratch.append(record.extracting(offset..<field.end)) }
}
