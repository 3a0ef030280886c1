/// The byte between two fields of a delimited text.
public enum Delimiter: UInt8, Sendable, CaseIterable {
    /// The comma of RFC 4180. The full-width comma 「，」 is text.
    case comma = 0x2C
    /// The tab, as in text pasted out of a spreadsheet.
    case tab = 0x09
    /// The semicolon, as where the comma is the decimal sign.
    case semicolon = 0x3B

    /// Decides by the header record: the delimiter that occurs most often outside quotes.
    ///
    /// With equal counts the order is comma, tab, semicolon; a header of one column yields the comma.
    ///
    /// - Parameter text: UTF-8 text that begins with the header; blank lines before it are skipped.
    public static func detect(in text: Span<UInt8>) -> Delimiter {
        var counts: [Delimiter: Int] = [:]
        var inQuotes = false
        var atFieldStart = true
        var isBlank = true
        var closingQuote = -1
        for offset in 0..<text.count {
            let byte = text[offset]
            if inQuotes {
                if byte == RecordScanner.quote {
                    inQuotes = false
                    closingQuote = offset
                }
                continue
            }
            if byte == RecordScanner.lineFeed || byte == RecordScanner.carriageReturn {
                if isBlank { continue }
                break
            }
            isBlank = false
            if byte == RecordScanner.quote {
                // The second half of a doubled quote opens again what the first half has closed.
                inQuotes = atFieldStart || (closingQuote >= 0 && closingQuote == offset - 1)
                atFieldStart = false
            } else if let delimiter = Delimiter(rawValue: byte) {
                counts[delimiter, default: 0] += 1
                atFieldStart = true
            } else {
                atFieldStart = false
            }
        }
        var best = Delimiter.comma
        for candidate in allCases where counts[candidate, default: 0] > counts[best, default: 0] { best = candidate }
        return best
    }
}
