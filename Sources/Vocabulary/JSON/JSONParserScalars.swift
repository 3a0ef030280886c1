// Strings and numbers: what stands at the leaves.
extension JSONParser {
    /// Reads a string from its opening quote to behind its closing one.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONFault) -> String {
        let start = index
        scratch.removeAll(keepingCapacity: true)
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: scratch, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(bytes)
            case 0..<0x20:
                throw .at(.jsonControlCharacter, in: bytes, byte: index, ["character": "U+\(Self.hexadecimal(byte))"])
            case 0x20..<0x80:
                scratch.append(byte)
                index += 1
            default:
                try copyCharacter(bytes)
            }
        }
        throw .at(.jsonEndsEarly, in: bytes, byte: start)
    }

    private mutating func copyCharacter(_ bytes: Span<UInt8>) throws(JSONFault) {
        let (value, length) = UTF8Reading.scalar(bytes, at: index)
        guard value != 0xFFFD || length == 3 else { throw .at(.jsonNotUTF8, in: bytes, byte: index) }
        guard !JSONValue.isNoncharacter(value) else { throw .at(.jsonNoncharacter, in: bytes, byte: index) }
        for offset in 0..<length { scratch.append(bytes[index + offset]) }
        index += length
    }

    private mutating func escape(_ bytes: Span<UInt8>) throws(JSONFault) {
        let start = index
        index += 1
        guard index < bytes.count else { throw .at(.jsonEndsEarly, in: bytes, byte: index) }
        let plain: UInt8
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = bytes[index]
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"):
            index -= 1
            return try unicodeEscape(bytes, start: start)
        default:
            throw .at(.jsonUnknownEscape, in: bytes, byte: start)
        }
        scratch.append(plain)
        index += 1
    }

    private mutating func unicodeEscape(_ bytes: Span<UInt8>, start: Int) throws(JSONFault) {
        let unit = try codeUnit(bytes)
        var value = UInt32(unit)
        if UTF16.isLeadSurrogate(unit) {
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
            else { throw .at(.jsonUnpairedSurrogate, in: bytes, byte: start) }
            let trail = try codeUnit(bytes)
            guard UTF16.isTrailSurrogate(trail) else { throw .at(.jsonUnpairedSurrogate, in: bytes, byte: start) }
            value = 0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(trail) & 0x3FF
        }
        // The one thing left that is no scalar is a trail surrogate alone.
        guard let scalar = Unicode.Scalar(value) else { throw .at(.jsonUnpairedSurrogate, in: bytes, byte: start) }
        guard !JSONValue.isNoncharacter(value) else { throw .at(.jsonNoncharacter, in: bytes, byte: start) }
        scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// Reads `\uXXXX`.
    private mutating func codeUnit(_ bytes: Span<UInt8>) throws(JSONFault) -> UInt16 {
        let start = index
        index += 2
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard index < bytes.count else { throw .at(.jsonEndsEarly, in: bytes, byte: index) }
            guard let digit = HexDigits.value(bytes[index]) else {
                throw .at(.jsonUnknownEscape, in: bytes, byte: start)
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// Reads a number (RFC 8259, section 6).
    mutating func number(_ bytes: Span<UInt8>) throws(JSONFault) -> JSONValue {
        let start = index
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let whole = try digits(bytes)
        if whole > 1, bytes[index - whole] == UInt8(ascii: "0") {
            throw .at(.jsonLeadingZero, in: bytes, byte: index - whole)
        }
        var isWhole = true
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            _ = try digits(bytes)
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            _ = try digits(bytes)
        }
        guard index - start <= JSONLimits.numberLength else {
            throw .at(.jsonNumberTooLong, in: bytes, byte: start, ["limit": String(JSONLimits.numberLength)])
        }
        return isWhole
            ? try integer(bytes, start: start, isNegative: isNegative) : try double(bytes, start: start)
    }

    /// Passes over one or more digits, and counts them.
    private mutating func digits(_ bytes: Span<UInt8>) throws(JSONFault) -> Int {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        guard index > start else { throw unexpected(bytes) }
        return index - start
    }

    private func integer(_ bytes: Span<UInt8>, start: Int, isNegative: Bool) throws(JSONFault) -> JSONValue {
        var value: Int64 = 0
        for place in (isNegative ? start + 1 : start)..<index {
            value = value * 10 + Int64(bytes[place] - UInt8(ascii: "0"))
            // Checked at each digit, so that the product stays far from the end of Int64.
            guard JSONValue.safeIntegers.contains(value) else { throw .at(.jsonUnsafeInteger, in: bytes, byte: start) }
        }
        return .integer(isNegative ? -value : value)
    }

    private func double(_ bytes: Span<UInt8>, start: Int) throws(JSONFault) -> JSONValue {
        var text = ""
        for place in start..<index { text.unicodeScalars.append(Unicode.Scalar(bytes[place])) }
        guard let value = Double(text), value.isFinite else { throw .at(.jsonNumberTooLarge, in: bytes, byte: start) }
        return .number(value)
    }
}

extension JSONValue {
    /// Code points that no text may hold (Unicode, section 23.7; RFC 7493, section 2.1).
    static func isNoncharacter(_ value: UInt32) -> Bool {
        (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
    }
}
