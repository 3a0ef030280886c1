/// The code of a fixed-asset investment project on the national online approval platform (投资项目统一代码), 24 characters
/// with its hyphens: `2020-500101-44-01-012345`.
///
/// Two generations of one shape are in use, and both are read:
/// - until late 2020: year, region, major class of the industry (GB/T 4754), type of procedure, serial;
/// - since November 2020 (发改投资〔2020〕1439号, GB/T 40058-2021): year and month as YYMM, region, guiding department of
///   the central government, type of project, five random digits and a check digit.
///
/// Which of the two a code is follows from its first four digits: 2104 can be April 2021 only, and 2016 no month.
///
/// We have not seen the full text of GB/T 40058-2021. Not checked therefore: the check digit (the rule is in its 4.7),
/// the lists of departments and of types (any two digits pass), and the region against a table.
public struct ProjectCode: Sendable, Hashable, Comparable {
    /// The 20 digits as one number.
    private let digits: UInt128

    private init(digits: UInt128) {
        self.digits = digits
    }

    /// Codes in the order of their digits.
    public static func < (left: ProjectCode, right: ProjectCode) -> Bool { left.digits < right.digits }

    /// When the code was given.
    public struct Issued: Sendable, Hashable {
        /// The year.
        public let year: Int
        /// The month, or nil for codes until 2020, which name only the year.
        public let month: Int?
    }

    /// When the code was given, as its first four digits say.
    public var issued: Issued { Self.issued(field(16, 10_000)) ?? Issued(year: field(16, 10_000), month: nil) }
    /// The region of the project.
    public var region: RegionCode { RegionCode(digits: UInt32(field(10, 1_000_000))) }
    /// Two digits: the major class of the industry until 2020, the guiding department since.
    public var department: Int { field(8, 100) }
    /// Two digits: the type of procedure until 2020, the type of project since.
    public var type: Int { field(6, 100) }
    /// The last six digits: a serial until 2020, random digits with a check digit since.
    public var serial: Int { field(0, 1_000_000) }

    private func field(_ power: Int, _ modulus: Int) -> Int {
        Int(digits / PowerOfTen.wide[power] % UInt128(modulus))
    }

    /// What four digits say: a month of 2020 to 2099 as YYMM, else a year from 2000 on.
    private static func issued(_ time: Int) -> Issued? {
        let (century, rest) = (time / 100, time % 100)
        if (20...99).contains(century) && (1...12).contains(rest) { return Issued(year: 2000 + century, month: rest) }
        return (2000...2099).contains(time) ? Issued(year: time, month: nil) : nil
    }
}

extension ProjectCode: UTF8Parsable {
    /// Reads a code with its four hyphens or with none; full-width characters are folded.
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: ``ParseFault`` with a code `project-code.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> ProjectCode {
        let code = CodeCharacters(bytes)
        guard code.count > 0 else { throw .at(.projectCodeEmpty, in: bytes) }
        guard code.count == 20 || code.count == 24 else {
            throw .at(.projectCodeLength, in: bytes, ["count": String(code.count)])
        }
        var digits: UInt128 = 0
        var time = 0
        var index = code.start
        for place in 0..<code.count {
            let byte = index
            let character = CodeCharacters.next(bytes, at: &index)
            if code.count == 24 && (place == 4 || place == 11 || place == 14 || place == 17) {
                guard character == 0x2D else { throw .character(.projectCodeHyphen, in: bytes, byte: byte) }
                continue
            }
            guard let digit = UTF8Reading.digit(character) else {
                throw .character(.projectCodeUnexpectedCharacter, in: bytes, byte: byte)
            }
            digits = digits * 10 + UInt128(digit)
            if place == 3 { time = Int(digits) }
        }
        guard issued(time) != nil else {
            throw .at(.projectCodeTime, in: bytes, byte: code.start, ["time": String(time)])
        }
        return ProjectCode(digits: digits)
    }
}

extension ProjectCode: UTF8Printable {
    /// Appends the code with its hyphens.
    public func write(into buffer: inout [UInt8]) {
        DecimalDigits.append(UInt64(field(16, 10_000)), width: 4, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(field(10, 1_000_000)), width: 6, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(department), width: 2, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(type), width: 2, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(serial), width: 6, to: &buffer)
    }
}
