extension JSONValue {
    /// The whole numbers that every reader of JSON keeps exactly: ±(2^53 − 1) (RFC 7493, section 2.2).
    public static let safeIntegers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991

    /// Reads JSON (RFC 8259) that is also I-JSON (RFC 7493), strictly.
    ///
    /// Refused are, beside what is no JSON: members named twice, unpaired surrogates, noncharacters, a byte order mark,
    /// whole numbers beyond ±(2^53 − 1) and numbers too large for a double, because another reader would see another
    /// value. Names that differ only in how accents are composed count as the same name, as they do for String.
    ///
    /// Digits alone become ``integer(_:)``; with a point or an exponent they become ``number(_:)``, `56.0` too.
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - limits: What is refused as too much.
    /// - Throws: ``JSONFault`` with line and column.
    public static func parse(_ bytes: Span<UInt8>, limits: JSONLimits = .standard) throws(JSONFault) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw .at(.jsonTooLarge, in: bytes, byte: 0, ["limit": String(limits.bytes)])
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw .at(.jsonByteOrderMark, in: bytes, byte: 0)
        }
        var parser = JSONParser(limits: limits)
        parser.skipSpaces(bytes)
        let value = try parser.value(bytes, depth: 0)
        parser.skipSpaces(bytes)
        guard parser.index == bytes.count else { throw .at(.jsonTrailingText, in: bytes, byte: parser.index) }
        return value
    }

    /// Reads strict JSON from bytes that lie somewhere else.
    /// - Throws: ``JSONFault`` with line and column.
    public static func parse(
        _ bytes: some Collection<UInt8>, limits: JSONLimits = .standard
    ) throws(JSONFault) -> JSONValue {
        let array = Array(bytes)
        return try parse(array.span, limits: limits)
    }

    /// Reads strict JSON from a String.
    /// - Throws: ``JSONFault`` with line and column.
    public static func parse(_ text: String, limits: JSONLimits = .standard) throws(JSONFault) -> JSONValue {
        try parse(text.utf8Span.span, limits: limits)
    }
}

/// Reads one document from left to right. Each byte is looked at a bounded number of times.
struct JSONParser {
    let limits: JSONLimits
    var index = 0
    /// The bytes of the string being read, kept between strings to spare allocations.
    var scratch: [UInt8] = []
    private var count = 0

    init(limits: JSONLimits) { self.limits = limits }

    /// Space, tab, LF and CR, and nothing else (RFC 8259, section 2).
    mutating func skipSpaces(_ bytes: Span<UInt8>) {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONValue {
        count += 1
        guard count <= limits.values else {
            throw .at(.jsonTooManyValues, in: bytes, byte: index, ["limit": String(limits.values)])
        }
        guard index < bytes.count else { throw .at(.jsonEndsEarly, in: bytes, byte: index) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(bytes, depth: depth + 1)
        case UInt8(ascii: "["): return try array(bytes, depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes)
        case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try word("null", .null, bytes)
        default: throw unexpected(bytes)
        }
    }

    /// What stands here does not belong here, or there is nothing, or it is no character.
    func unexpected(_ bytes: Span<UInt8>) -> JSONFault {
        guard index < bytes.count else { return .at(.jsonEndsEarly, in: bytes, byte: index) }
        let (value, length) = UTF8Reading.scalar(bytes, at: index)
        if value == 0xFFFD, length == 1 { return .at(.jsonNotUTF8, in: bytes, byte: index) }
        return .at(.jsonUnexpectedCharacter, in: bytes, byte: index, ["character": ParseFault.visible(value)])
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue, _ bytes: Span<UInt8>
    ) throws(JSONFault) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[offset] else { throw unexpected(bytes) }
            index += 1
        }
        return value
    }

    private func checkDepth(_ depth: Int, _ bytes: Span<UInt8>) throws(JSONFault) {
        guard depth <= limits.depth else {
            throw .at(.jsonTooDeep, in: bytes, byte: index, ["limit": String(limits.depth)])
        }
    }

    private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONValue {
        try checkDepth(depth, bytes)
        index += 1
        skipSpaces(bytes)
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]"), bytes) { return .array(elements) }
        while true {
            elements.append(try value(bytes, depth: depth))
            skipSpaces(bytes)
            if take(UInt8(ascii: "]"), bytes) { return .array(elements) }
            guard take(UInt8(ascii: ","), bytes) else { throw unexpected(bytes) }
            skipSpaces(bytes)
        }
    }

    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONValue {
        try checkDepth(depth, bytes)
        index += 1
        skipSpaces(bytes)
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}"), bytes) { return .object(members) }
        while true {
            let start = index
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected(bytes) }
            let name = try string(bytes)
            guard name.utf8.count <= JSONLimits.nameLength else {
                throw .at(.jsonNameTooLong, in: bytes, byte: start, ["limit": String(JSONLimits.nameLength)])
            }
            guard !members.keys.contains(name) else {
                let shown = ParseFault.excerpt(name.utf8Span.span)
                throw .at(.jsonDuplicateMember, in: bytes, byte: start, ["member": shown])
            }
            skipSpaces(bytes)
            guard take(UInt8(ascii: ":"), bytes) else { throw unexpected(bytes) }
            skipSpaces(bytes)
            members[name] = try value(bytes, depth: depth)
            skipSpaces(bytes)
            if take(UInt8(ascii: "}"), bytes) { return .object(members) }
            guard take(UInt8(ascii: ","), bytes) else { throw unexpected(bytes) }
            skipSpaces(bytes)
        }
    }

    private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }
}
