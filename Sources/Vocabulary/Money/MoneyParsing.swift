extension Money: UTF8Parsable {
    /// Reads an amount of yuan, as ``parse(_:unit:)-(Span<UInt8>,_)`` does.
    /// - Throws: ``ParseFault`` with a code `money.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Money {
        try parse(bytes, unit: .yuan)
    }

    /// Reads an amount as people and spreadsheets write it.
    ///
    /// Accepted: decimal digits (also full-width), thousands separators (comma or space, groups of three), a sign or
    /// parentheses for a negative amount, the prefixes ¥ ￥ RMB CNY 人民币, an exponent (1.5E+7), and a unit behind the
    /// number (元 圆 万 万元 百万 百万元 亿 亿元), which goes before the unit of the column. Digits beyond the fen are
    /// rounded once, half away from zero. The value never passes through a Double.
    ///
    ///     try Money.parse("1,234,567.8").fen                       // 123456780
    ///     try Money.parse("(1,200.50)").fen                        // -120050
    ///     try Money.parse("3.5", unit: .tenThousandYuan).fen       // 3500000
    ///     try Money.parse("￥１２３４．５万元").fen                 // 1234500000
    /// - Parameters:
    ///   - bytes: UTF-8 text of at most 64 bytes.
    ///   - unit: the unit of the column, for values that do not name their own.
    /// - Throws: ``ParseFault`` with a code `money.…`.
    public static func parse(_ bytes: Span<UInt8>, unit: MoneyUnit = .yuan) throws(ParseFault) -> Money {
        guard bytes.count <= byteLimit else {
            throw .at(.moneyTooLong, in: bytes, ["limit": String(byteLimit)])
        }
        var index = UTF8Reading.skipSpaces(bytes, from: 0)
        guard index < bytes.count else { throw .at(.moneyEmpty, in: bytes) }

        let prefix = try AmountPrefix(bytes, at: &index)
        let numeral: Numeral
        do {
            numeral = try Numeral.scan(bytes, at: &index)
        } catch {
            throw fault(error, in: bytes)
        }
        let powerOfTen = try suffix(bytes, at: &index, closing: prefix.openParenthesis) ?? unit.powerOfTen

        guard let magnitude = fenMagnitude(numeral, powerOfTen: powerOfTen + 2) else {
            throw .at(.moneyOverflow, in: bytes)
        }
        let signed = prefix.isNegative ? -Int128(magnitude) : Int128(magnitude)
        guard let fen = Int64(exactly: signed) else { throw .at(.moneyOverflow, in: bytes) }
        return Money(fen: fen)
    }

    /// Reads an amount from a String.
    /// - Parameters:
    ///   - text: at most 64 bytes of UTF-8.
    ///   - unit: the unit of the column, for values that do not name their own.
    /// - Throws: ``ParseFault`` with a code `money.…`.
    public static func parse(_ text: String, unit: MoneyUnit) throws(ParseFault) -> Money {
        try parse(text.utf8Span.span, unit: unit)
    }

    /// The longest cell that is read as an amount, in bytes.
    private static var byteLimit: Int { 64 }

    /// The numeral in fen, rounded half away from zero; nil if it is beyond 64 bits.
    private static func fenMagnitude(_ numeral: Numeral, powerOfTen: Int) -> UInt128? {
        let exponent = numeral.exponent + powerOfTen
        if numeral.significand == 0 { return 0 }
        let limit = UInt128(UInt64.max)
        if exponent >= 0 {
            guard exponent < PowerOfTen.narrow.count, numeral.significand <= limit else { return nil }
            let (product, overflow) = numeral.significand
                .multipliedReportingOverflow(by: UInt128(PowerOfTen.narrow[exponent]))
            return overflow || product > limit ? nil : product
        }
        let rounded = PowerOfTen.divideRounding(numeral.significand, byPower: -exponent)
        return rounded > limit ? nil : rounded
    }

    /// Reads the unit and the closing parenthesis behind the number, in either order, up to the end of the text.
    private static func suffix(
        _ bytes: Span<UInt8>, at index: inout Int, closing openParenthesis: Int?
    ) throws(ParseFault) -> Int? {
        var powerOfTen: Int?
        var isClosed = openParenthesis == nil
        while true {
            index = UTF8Reading.skipSpaces(bytes, from: index)
            let (value, length) = UTF8Reading.folded(bytes, at: index)
            switch value {
            case UTF8Reading.end:
                guard isClosed else { throw .at(.moneyParenthesis, in: bytes, byte: openParenthesis) }
                return powerOfTen
            case 0x29:
                guard !isClosed else { throw .at(.moneyParenthesis, in: bytes, byte: index) }
                isClosed = true
                index += length
            case 0x80...:
                guard powerOfTen == nil, let unit = AmountUnit(bytes, at: index) else {
                    throw .character(.moneyUnknownUnit, in: bytes, byte: index)
                }
                powerOfTen = unit.powerOfTen
                index = unit.end
            default:
                throw .character(.moneyUnexpectedCharacter, in: bytes, byte: index)
            }
        }
    }

    private static func fault(_ fault: Numeral.Fault, in bytes: Span<UInt8>) -> ParseFault {
        switch fault.reason {
        case .noDigits: .at(.moneyNotANumber, in: bytes, byte: fault.byte)
        case .grouping: .at(.moneyGrouping, in: bytes, byte: fault.byte)
        case .exponent: .at(.moneyExponent, in: bytes, byte: fault.byte)
        }
    }
}

/// What stands before the digits of an amount: sign, currency and opening parenthesis, each at most once.
private struct AmountPrefix {
    private(set) var isNegative = false
    private(set) var openParenthesis: Int?

    init(_ bytes: Span<UInt8>, at index: inout Int) throws(ParseFault) {
        var hasSign = false
        var hasCurrency = false
        while true {
            let (value, length) = UTF8Reading.folded(bytes, at: index)
            switch value {
            case 0x2B, 0x2D:
                // A minus inside parentheses could mean either sign.
                guard !hasSign, openParenthesis == nil else { throw .at(.moneyTwoSigns, in: bytes, byte: index) }
                hasSign = true
                isNegative = value == 0x2D
                index += length
            case 0x28:
                guard openParenthesis == nil else { throw .at(.moneyParenthesis, in: bytes, byte: index) }
                guard !hasSign else { throw .at(.moneyTwoSigns, in: bytes, byte: index) }
                openParenthesis = index
                isNegative = true
                index += length
            default:
                guard !hasCurrency, let end = Self.currency(bytes, at: index) else { return }
                hasCurrency = true
                index = end
            }
            index = UTF8Reading.skipSpaces(bytes, from: index)
        }
    }

    /// The byte behind a currency sign that stands here, or nil.
    private static func currency(_ bytes: Span<UInt8>, at start: Int) -> Int? {
        let first = UTF8Reading.folded(bytes, at: start)
        let second: UInt32
        let third: UInt32
        switch UTF8Reading.uppercased(first.value) {
        case 0x00A5, 0xFFE5: return start + first.length
        case 0x52: (second, third) = (0x4D, 0x42)  // RMB
        case 0x43: (second, third) = (0x4E, 0x59)  // CNY
        case 0x4EBA: (second, third) = (0x6C11, 0x5E01)  // 人民币
        default: return nil
        }
        let middle = UTF8Reading.folded(bytes, at: start + first.length)
        guard UTF8Reading.uppercased(middle.value) == second else { return nil }
        let last = UTF8Reading.folded(bytes, at: start + first.length + middle.length)
        guard UTF8Reading.uppercased(last.value) == third else { return nil }
        return start + first.length + middle.length + last.length
    }
}

/// The unit behind the digits of an amount.
private struct AmountUnit {
    let powerOfTen: Int
    let end: Int

    init?(_ bytes: Span<UInt8>, at start: Int) {
        let first = UTF8Reading.scalar(bytes, at: start)
        var cursor = start + first.length
        switch first.value {
        case 0x5143, 0x5706:  // 元 圆
            powerOfTen = 0
            end = cursor
            return
        case 0x4E07: powerOfTen = 4  // 万
        case 0x4EBF: powerOfTen = 8  // 亿
        case 0x767E:  // 百, only before 万
            let second = UTF8Reading.scalar(bytes, at: cursor)
            guard second.value == 0x4E07 else { return nil }
            cursor += second.length
            powerOfTen = 6
        default: return nil
        }
        let yuan = UTF8Reading.scalar(bytes, at: cursor)
        if yuan.value == 0x5143 || yuan.value == 0x5706 { cursor += yuan.length }
        end = cursor
    }
}
