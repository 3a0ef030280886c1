/// The 20 characters that identify a legal entity worldwide (LEI, ISO 17442-1:2020).
///
/// Places 19 and 20 are check digits after ISO/IEC 7064, MOD 97-10: with letters as 10 to 35, the whole number leaves 1
/// when divided by 97.
public struct LegalEntityIdentifier: Sendable, Hashable, Comparable {
    /// The 20 characters as digits of a number to the base 36, the first highest; it needs 104 bits.
    private let packed: UInt128

    /// Identifiers in the order of their characters.
    public static func < (left: LegalEntityIdentifier, right: LegalEntityIdentifier) -> Bool {
        left.packed < right.packed
    }
}

extension LegalEntityIdentifier: UTF8Parsable {
    /// Reads an identifier; small letters and full-width characters are folded, spaces around it ignored.
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: ``ParseFault`` with a code `lei.…`; wrong check digits come with the arguments `found` and `expected`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> LegalEntityIdentifier {
        let code = CodeCharacters(bytes)
        guard code.count > 0 else { throw .at(.leiEmpty, in: bytes) }
        guard code.count == 20 else { throw .at(.leiLength, in: bytes, ["count": String(code.count)]) }
        var packed: UInt128 = 0
        var remainder = 0
        var index = code.start
        for _ in 0..<18 {
            let value = try value(bytes, at: &index, isLetterAllowed: true)
            packed = packed * 36 + UInt128(value)
            remainder = value < 10 ? (remainder * 10 + value) % 97 : (remainder * 100 + value) % 97
        }
        let checkByte = index
        let tens = try value(bytes, at: &index, isLetterAllowed: false)
        let ones = try value(bytes, at: &index, isLetterAllowed: false)
        let expected = 98 - remainder * 100 % 97
        guard tens * 10 + ones == expected else {
            throw .at(
                .leiCheck, in: bytes, byte: checkByte,
                ["found": "\(tens)\(ones)", "expected": expected < 10 ? "0\(expected)" : String(expected)])
        }
        return LegalEntityIdentifier(packed: packed * 1296 + UInt128(tens * 36 + ones))
    }

    private static func value(
        _ bytes: Span<UInt8>, at index: inout Int, isLetterAllowed: Bool
    ) throws(ParseFault) -> Int {
        let byte = index
        let character = CodeCharacters.next(bytes, at: &index)
        switch character {
        case 0x30...0x39: return Int(character) - 0x30
        case 0x41...0x5A where isLetterAllowed: return Int(character) - 0x41 + 10
        default: throw .character(.leiUnexpectedCharacter, in: bytes, byte: byte)
        }
    }
}

extension LegalEntityIdentifier: UTF8Printable {
    /// Appends the 20 characters.
    public func write(into buffer: inout [UInt8]) {
        let start = buffer.count
        var rest = packed
        for _ in 0..<20 {
            let digit = UInt8(rest % 36)
            rest /= 36
            buffer.append(digit < 10 ? 0x30 + digit : 0x41 + digit - 10)
        }
        buffer[start...].reverse()
    }
}
