/// A code of the classification of the national economy (GB/T 4754-2017): two digits for a division, three for a group,
/// four for a class.
///
///     let code = try IndustryCode.parse("D4415")
///     code.description        // "4415"
///     code.section.letter     // "D"
///     code.parent             // 441
///
/// A leading zero that a spreadsheet dropped can't be told from a shorter code: 111 is read as group 11.1.
public struct IndustryCode: Sendable, Hashable {
    /// How fine a code is.
    public enum Level: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// Two digits (大类).
        case division = 2
        /// Three digits (中类).
        case group = 3
        /// Four digits (小类).
        case `class` = 4

        /// The coarser level comes first.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// How fine the code is.
    public let level: Level
    /// The digits as a number: 111 for class 0111.
    public let number: Int
    /// The section that the division belongs to.
    public let section: IndustrySection

    /// Makes a code; nil if the number has more digits than the level or there is no such division.
    public init?(_ number: Int, level: Level) {
        guard number >= 0, number < Int(PowerOfTen.narrow[level.rawValue]),
            let section = IndustrySection(division: number / Int(PowerOfTen.narrow[level.rawValue - 2]))
        else { return nil }
        self.level = level
        self.number = number
        self.section = section
    }

    /// The two digits of the division, 1 to 97.
    public var division: Int { number / Int(PowerOfTen.narrow[level.rawValue - 2]) }

    /// The code one level up; nil for a division.
    public var parent: IndustryCode? {
        guard let coarser = Level(rawValue: level.rawValue - 1) else { return nil }
        return IndustryCode(number / 10, level: coarser)
    }

    /// Whether another code is this one or lies under it.
    public func contains(_ other: IndustryCode) -> Bool {
        guard other.level >= level else { return false }
        return other.number / Int(PowerOfTen.narrow[other.level.rawValue - level.rawValue]) == number
    }
}

extension IndustryCode: Comparable {
    /// Codes in the order of the standard: a division before its groups, a group before its classes.
    public static func < (left: IndustryCode, right: IndustryCode) -> Bool {
        let (leftKey, rightKey) = (left.padded, right.padded)
        return leftKey == rightKey ? left.level < right.level : leftKey < rightKey
    }

    private var padded: Int { number * Int(PowerOfTen.narrow[4 - level.rawValue]) }
}

extension IndustryCode: UTF8Parsable {
    /// Reads two, three or four digits, with or without the letter of the section before them.
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: ``ParseFault`` with a code `industry.…`; a letter of another section comes with the argument
    ///   `expected`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> IndustryCode {
        let code = CodeCharacters(bytes)
        guard code.count > 0 else { throw .at(.industryEmpty, in: bytes) }
        var index = code.start
        var letter: UInt32?
        let first = CodeCharacters.next(bytes, at: &index)
        if (0x41...0x5A).contains(first) { letter = first } else { index = code.start }

        let digitStart = index
        var number = 0
        var count = 0
        while index < code.end {
            let byte = index
            guard let digit = UTF8Reading.digit(CodeCharacters.next(bytes, at: &index)) else {
                throw .character(.industryUnexpectedCharacter, in: bytes, byte: byte)
            }
            count += 1
            if count <= 4 { number = number * 10 + Int(digit) }
        }
        guard let level = Level(rawValue: count) else {
            throw .at(.industryLength, in: bytes, ["count": String(count)])
        }
        guard let industry = IndustryCode(number, level: level) else {
            throw .at(.industryNoSuchDivision, in: bytes, byte: digitStart)
        }
        if let letter, letter != UInt32(industry.section.rawValue) {
            throw .character(
                .industrySectionMismatch, in: bytes, byte: code.start,
                ["expected": String(industry.section.letter), "code": industry.description])
        }
        return industry
    }
}

extension IndustryCode: UTF8Printable {
    /// Appends the digits without the letter of the section, as statistical forms want them.
    public func write(into buffer: inout [UInt8]) {
        DecimalDigits.append(UInt64(number), width: level.rawValue, to: &buffer)
    }
}
