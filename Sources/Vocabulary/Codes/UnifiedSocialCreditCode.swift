/// The 18 characters that identify a legal person or other organisation in China (统一社会信用代码, GB 32100-2015).
///
/// Place 1 is the registering authority, 2 the category, 3 to 8 the region of registration, 9 to 17 the organisation
/// code with its own check character (GB 11714-1997), 18 the check character of the whole.
///
///     let code = try UnifiedSocialCreditCode.parse("91440300708461136t")
///     code.description        // "91440300708461136T"
///     code.region             // 440300
///     code.organisationCode   // "70846113-6"
///
/// Some codes issued in pilots before the standard took effect break its check rules; they are refused here.
public struct UnifiedSocialCreditCode: Sendable, Hashable, Comparable {
    /// The values of the 18 characters in the alphabet of the standard, five bits each, the first character highest.
    private let packed: UInt128

    fileprivate init(packed: UInt128) {
        self.packed = packed
    }

    /// Codes in the order of their characters.
    public static func < (left: UnifiedSocialCreditCode, right: UnifiedSocialCreditCode) -> Bool {
        left.packed < right.packed
    }

    /// The authority that registered the organisation; nil for a character that the standard and its amendments, as far
    /// as we know them, do not define.
    public var registeringAuthority: RegisteringAuthority? {
        RegisteringAuthority(rawValue: character(0))
    }

    /// The category of organisation within its authority, such as 1 for an enterprise at market regulation.
    public var category: UInt8 { character(1) }

    /// The region of the registering authority; 100000 for national registration.
    public var region: RegionCode {
        RegionCode(digits: (2..<8).reduce(0) { $0 * 10 + UInt32(value(at: $1)) })
    }

    /// The organisation code of GB 11714-1997 as it is written alone, such as 70846113-6.
    public var organisationCode: String {
        var bytes: [UInt8] = []
        for place in 8..<17 {
            if place == 16 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(character(place))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func value(at place: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: packed >> UInt128(5 * (17 - place))) & 0x1F
    }

    private func character(_ place: Int) -> UInt8 { Alphabet.character(of: value(at: place)) }

    /// The alphabet of GB 32100-2015: digits and capital letters without I, O, S, V, Z.
    fileprivate enum Alphabet {
        /// The value of an ASCII character, or nil.
        static func value(of character: UInt32) -> UInt8? {
            switch character {
            case 0x30...0x39: UInt8(character - 0x30)
            case 0x41...0x48: UInt8(character - 0x41 + 10)  // A to H
            case 0x4A...0x4E: UInt8(character - 0x4A + 18)  // J to N
            case 0x50...0x52: UInt8(character - 0x50 + 23)  // P to R
            case 0x54, 0x55: UInt8(character - 0x54 + 26)  // T, U
            case 0x57...0x59: UInt8(character - 0x57 + 28)  // W to Y
            default: nil
            }
        }

        /// The ASCII character of a value 0 to 30.
        static func character(of value: UInt8) -> UInt8 {
            switch value {
            case 0...9: 0x30 + value
            case 10...17: 0x41 + value - 10
            case 18...22: 0x4A + value - 18
            case 23...25: 0x50 + value - 23
            case 26...27: 0x54 + value - 26
            default: 0x57 + value - 28
            }
        }

        /// What a letter outside the alphabet was probably meant to be.
        static func likelyMeant(by character: UInt32) -> String? {
            switch character {
            case 0x49: "1"
            case 0x4F: "0"
            case 0x53: "5"
            case 0x56: "U"
            case 0x5A: "2"
            default: nil
            }
        }
    }
}

extension UnifiedSocialCreditCode: UTF8Parsable {
    /// Reads a code; small letters and full-width characters are folded, spaces around it ignored.
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: ``ParseFault`` with a code `uscc.…`. Its position is the character at fault; a wrong check character
    ///   comes with the arguments `found` and `expected`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> UnifiedSocialCreditCode {
        let code = CodeCharacters(bytes)
        guard code.count > 0 else { throw .at(.usccEmpty, in: bytes) }
        guard code.count == 18 else { throw .at(.usccLength, in: bytes, ["count": String(code.count)]) }

        var packed: UInt128 = 0
        // GB 32100-2015, annex A: weights 3^i mod 31.
        var sum = 0
        var weight = 1
        var organisationSum = 0
        var organisationCheck = (byte: 0, found: UInt32(0))
        var index = code.start
        for place in 0..<18 {
            let byte = index
            let character = CodeCharacters.next(bytes, at: &index)
            guard let value = Alphabet.value(of: character) else {
                throw unusable(character, in: bytes, byte: byte)
            }
            if (2..<8).contains(place) && value > 9 {
                throw .character(.usccRegionNotDigits, in: bytes, byte: byte)
            }
            if (8..<16).contains(place) {
                organisationSum += organisationValue(of: character) * organisationWeight(place - 8)
            }
            if place == 16 { organisationCheck = (byte, character) }
            if place == 17 {
                let expected = organisationCharacter(forSum: organisationSum)
                guard organisationCheck.found == UInt32(expected) else {
                    throw wrongCheck(
                        .usccOrganisationCheck, organisationCheck.found, expected, bytes, organisationCheck.byte)
                }
                let whole = Alphabet.character(of: UInt8((31 - sum % 31) % 31))
                guard character == UInt32(whole) else {
                    throw wrongCheck(.usccCheck, character, whole, bytes, byte)
                }
            }
            sum += Int(value) * weight
            weight = weight * 3 % 31
            packed = packed << 5 | UInt128(value)
        }
        return UnifiedSocialCreditCode(packed: packed)
    }

    /// The value of a character in GB 11714-1997: A is 10 and Z is 35, with no letter left out.
    private static func organisationValue(of character: UInt32) -> Int {
        character < 0x41 ? Int(character) - 0x30 : Int(character) - 0x41 + 10
    }

    /// The weights of GB 11714-1997.
    private static func organisationWeight(_ place: Int) -> Int {
        switch place {
        case 0: 3
        case 1: 7
        case 2: 9
        case 3: 10
        case 4: 5
        case 5: 8
        case 6: 4
        default: 2
        }
    }

    /// The check character of GB 11714-1997: 11 − sum mod 11, with X for 10 and 0 for 11.
    private static func organisationCharacter(forSum sum: Int) -> UInt8 {
        switch 11 - sum % 11 {
        case 10: UInt8(ascii: "X")
        case 11: UInt8(ascii: "0")
        case let digit: UInt8(ascii: "0") + UInt8(digit)
        }
    }

    private static func unusable(_ character: UInt32, in bytes: Span<UInt8>, byte: Int) -> ParseFault {
        if let suggestion = Alphabet.likelyMeant(by: character) {
            return .character(.usccLetterNotUsed, in: bytes, byte: byte, ["suggestion": suggestion])
        }
        return .character(.usccUnexpectedCharacter, in: bytes, byte: byte)
    }

    private static func wrongCheck(
        _ code: FaultCode, _ found: UInt32, _ expected: UInt8, _ bytes: Span<UInt8>, _ byte: Int
    ) -> ParseFault {
        let foundText = Unicode.Scalar(found).map { String(Character($0)) } ?? ""
        return .at(
            code, in: bytes, byte: byte,
            ["found": foundText, "expected": String(Character(Unicode.Scalar(expected)))])
    }
}

extension UnifiedSocialCreditCode: UTF8Printable {
    /// Appends the 18 characters.
    public func write(into buffer: inout [UInt8]) {
        for place in 0..<18 { buffer.append(character(place)) }
    }
}
