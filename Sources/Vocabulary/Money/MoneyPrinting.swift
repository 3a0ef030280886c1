extension Money: UTF8Printable {
    /// Appends the amount in yuan with two decimals and no separators, such as `1234567.80` or `-0.05`: the form for
    /// files and interfaces, which ``parse(_:)-(Span<UInt8>)`` reads back to the same amount.
    public func write(into buffer: inout [UInt8]) {
        if fen < 0 { buffer.append(UInt8(ascii: "-")) }
        let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        DecimalDigits.append(yuan, to: &buffer)
        buffer.append(UInt8(ascii: "."))
        buffer.append(UInt8(ascii: "0") + UInt8(rest / 10))
        buffer.append(UInt8(ascii: "0") + UInt8(rest % 10))
    }

    /// The amount in a unit for statements, with thousands separators and without the unit's name.
    ///
    /// Rounded once, half away from zero, to the digits asked for; an amount that rounds to zero has no sign.
    ///
    ///     Money(fen: 123_456_780).formatted(in: .yuan, fractionDigits: 2)             // "1,234,567.80"
    ///     Money(fen: 123_456_780).formatted(in: .tenThousandYuan, fractionDigits: 1)  // "123.5"
    /// - Parameters:
    ///   - unit: the unit to state the amount in.
    ///   - fractionDigits: digits behind the point, 0 to 10 (10 state any amount exactly in 亿元); others count as the
    ///     nearest of these.
    public func formatted(in unit: MoneyUnit, fractionDigits: Int = 2) -> String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(40)
        write(into: &buffer, in: unit, fractionDigits: fractionDigits)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Appends what ``formatted(in:fractionDigits:)`` returns.
    public func write(into buffer: inout [UInt8], in unit: MoneyUnit, fractionDigits: Int) {
        let digits = min(max(fractionDigits, 0), 10)
        // The amount is fen × 10^-(power + 2) units; bring it to whole last digits.
        let shift = digits - unit.powerOfTen - 2
        let magnitude = UInt128(fen.magnitude)
        let scaled =
            shift >= 0
            ? magnitude * PowerOfTen.wide[shift]
            : PowerOfTen.divideRounding(magnitude, byPower: -shift)
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: PowerOfTen.wide[digits])
        if fen < 0 && scaled > 0 { buffer.append(UInt8(ascii: "-")) }
        DecimalDigits.appendGrouped(whole, to: &buffer)
        if digits > 0 {
            buffer.append(UInt8(ascii: "."))
            DecimalDigits.append(UInt64(fraction), width: digits, to: &buffer)
        }
    }
}
