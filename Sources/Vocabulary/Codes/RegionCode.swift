/// The six digits of an administrative region (GB/T 2260): two each for province, prefecture and county.
///
/// `500112` is 渝北区 in Chongqing; `500000` is Chongqing. 100000, the whole country, is used by registering authorities.
public struct RegionCode: Sendable, Hashable, Comparable {
    /// The code as a number, 100000 to 899999 for codes that were read.
    public let number: UInt32

    init(digits: UInt32) {
        number = digits
    }

    /// Makes a code from its number; nil unless it has six digits and begins with 1 to 8.
    public init?(_ number: Int) {
        guard (100_000..<900_000).contains(number) else { return nil }
        self.number = UInt32(number)
    }

    /// Codes in the order of their digits.
    public static func < (left: RegionCode, right: RegionCode) -> Bool { left.number < right.number }

    /// How high a region stands.
    public enum Level: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// The whole country.
        case nation
        /// Province, autonomous region or municipality.
        case province
        /// Prefecture-level city, prefecture or autonomous prefecture.
        case prefecture
        /// County, district or county-level city.
        case county

        /// The higher level comes first.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// How high the region stands, as its trailing zeros say.
    public var level: Level {
        if number == 100_000 { return .nation }
        if number % 10_000 == 0 { return .province }
        return number % 100 == 0 ? .prefecture : .county
    }

    /// The region that the digits place this one in; nil for a province and the nation.
    public var parent: RegionCode? {
        switch level {
        case .nation, .province: nil
        case .prefecture: province
        case .county: prefecture
        }
    }

    /// The province of the region, itself for a province.
    public var province: RegionCode { RegionCode(digits: number / 10_000 * 10_000) }

    /// The prefecture of the region, itself for a prefecture; nil for a province and the nation.
    public var prefecture: RegionCode? {
        level <= .province ? nil : RegionCode(digits: number / 100 * 100)
    }

    /// Whether another region is this one or lies within it, as the digits say.
    public func contains(_ other: RegionCode) -> Bool {
        switch level {
        case .nation: true
        case .province: other.province == self
        case .prefecture: other.prefecture == self
        case .county: other == self
        }
    }
}

extension RegionCode: UTF8Parsable {
    /// Reads six digits; full-width digits are folded.
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: ``ParseFault`` with a code `region.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> RegionCode {
        let code = CodeCharacters(bytes)
        guard code.count > 0 else { throw .at(.regionEmpty, in: bytes) }
        guard code.count == 6 else { throw .at(.regionLength, in: bytes, ["count": String(code.count)]) }
        var number = 0
        var index = code.start
        for _ in 0..<6 {
            let byte = index
            guard let digit = UTF8Reading.digit(CodeCharacters.next(bytes, at: &index)) else {
                throw .character(.regionUnexpectedCharacter, in: bytes, byte: byte)
            }
            number = number * 10 + Int(digit)
        }
        guard let region = RegionCode(number) else {
            throw .at(.regionImpossible, in: bytes, byte: code.start)
        }
        return region
    }
}

extension RegionCode: UTF8Printable {
    /// Appends the six digits.
    public func write(into buffer: inout [UInt8]) {
        DecimalDigits.append(UInt64(number), width: 6, to: &buffer)
    }
}
