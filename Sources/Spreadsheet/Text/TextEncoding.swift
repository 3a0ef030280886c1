/// The character encodings a table may come in.
public enum TextEncoding: String, Sendable, CaseIterable {
    /// Unicode as UTF-8, with or without a byte order mark.
    case utf8 = "UTF-8"
    /// Unicode as UTF-16, low byte first; detected by its byte order mark.
    case utf16LittleEndian = "UTF-16LE"
    /// Unicode as UTF-16, high byte first; detected by its byte order mark.
    case utf16BigEndian = "UTF-16BE"
    /// The Chinese national standard GB 18030, which contains GBK and GB 2312.
    case gb18030 = "GB18030"

    /// How many bytes the detection looks at, if the input has so many: 64 KiB.
    public static let detectionPrefixLength = 1 << 16

    /// Decides by the beginning of an input which encoding it is in.
    ///
    /// A byte order mark decides. Without one, text that is valid UTF-8 is UTF-8, otherwise text that is valid
    /// GB 18030 is GB 18030; text that is neither is taken for the one of the two with fewer offending places,
    /// and its offending bytes will be marked.
    ///
    /// - Parameters:
    ///   - prefix: the first bytes; a character may be cut at its end.
    ///   - isWhole: whether the prefix is the whole input, so that a cut character is an offence.
    public static func detect(in prefix: Span<UInt8>, isWhole: Bool) -> TextEncoding {
        if let mark = byteOrderMark(of: prefix) { return mark.encoding }
        let utf8 = UTF8Validation.countOffences(in: prefix, isWhole: isWhole)
        if utf8 == 0 { return .utf8 }
        return GB18030Validation.countOffences(in: prefix, isWhole: isWhole) < utf8 ? .gb18030 : .utf8
    }

    /// The byte order mark at the beginning and the encoding it stands for.
    static func byteOrderMark(of prefix: Span<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        for encoding in allCases where prefix.starts(with: encoding.mark) {
            return (encoding, encoding.mark.count)
        }
        return nil
    }

    /// U+FEFF in this encoding.
    private var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        }
    }

    /// How many of the first bytes are this encoding's byte order mark.
    func markLength(in prefix: Span<UInt8>) -> Int {
        prefix.starts(with: mark) ? mark.count : 0
    }
}
