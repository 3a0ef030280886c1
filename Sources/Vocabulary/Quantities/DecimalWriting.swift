/// Appends a number in fixed-point notation: `1234.50`, `-0.3`.
///
/// Rounded half away from zero on the shortest decimal number that stands for the Double, so that 1.005 with two digits
/// gives 1.01, as people expect who see 1.005. No exponent, no separators, no locale, no minus before a zero. A missing
/// number, NaN and the infinities append nothing: an empty cell.
/// - Parameters:
///   - value: the number, or nil if it is missing.
///   - fractionDigits: digits behind the point, 0 to 18; others count as the nearest of these.
///   - buffer: where to append.
public func appendDecimal(_ value: Double?, fractionDigits: Int, to buffer: inout [UInt8]) {
    guard let value, value.isFinite else { return }
    let digits = min(max(fractionDigits, 0), 18)
    let scaled = value.magnitude * PowerOfTen.exactDouble[digits]
    if scaled < 1e12 {
        let whole = scaled.rounded(.down)
        let fraction = scaled - whole
        // Scaling errs by less than 2⁻¹² here. Only near a half could that, or the difference between the Double and
        // its shortest decimal, change the rounding.
        if abs(fraction - 0.5) > 0x1p-10 {
            let rounded = UInt64(whole) + (fraction > 0.5 ? 1 : 0)
            appendFixedPoint(rounded, isNegative: value < 0, fractionDigits: digits, to: &buffer)
            return
        }
    }
    var shortest = ShortestDecimal(value.magnitude)
    shortest.round(toFractionDigits: digits)
    if shortest.exponent <= 0 {
        // Here the exponent is -digits or above, so the significand grows to whole last digits.
        let (product, overflow) = shortest.significand
            .multipliedReportingOverflow(by: PowerOfTen.narrow[digits + shortest.exponent])
        if !overflow {
            appendFixedPoint(product, isNegative: value < 0, fractionDigits: digits, to: &buffer)
            return
        }
    }
    appendWide(shortest, isNegative: value < 0, fractionDigits: digits, to: &buffer)
}

private func appendFixedPoint(
    _ lastDigits: UInt64, isNegative: Bool, fractionDigits: Int, to buffer: inout [UInt8]
) {
    if isNegative && lastDigits > 0 { buffer.append(UInt8(ascii: "-")) }
    let (whole, fraction) = lastDigits.quotientAndRemainder(dividingBy: PowerOfTen.narrow[fractionDigits])
    DecimalDigits.append(whole, to: &buffer)
    if fractionDigits > 0 {
        buffer.append(UInt8(ascii: "."))
        DecimalDigits.append(fraction, width: fractionDigits, to: &buffer)
    }
}

/// Numbers so large that whole last digits do not fit 64 bits.
private func appendWide(
    _ decimal: ShortestDecimal, isNegative: Bool, fractionDigits: Int, to buffer: inout [UInt8]
) {
    if isNegative { buffer.append(UInt8(ascii: "-")) }
    let presentFraction = max(-decimal.exponent, 0)
    let (whole, fraction) = decimal.significand
        .quotientAndRemainder(dividingBy: PowerOfTen.narrow[presentFraction])
    DecimalDigits.append(whole, to: &buffer)
    for _ in 0..<max(decimal.exponent, 0) { buffer.append(UInt8(ascii: "0")) }
    if fractionDigits > 0 {
        buffer.append(UInt8(ascii: "."))
        DecimalDigits.append(fraction, width: presentFraction, to: &buffer)
        for _ in presentFraction..<fractionDigits { buffer.append(UInt8(ascii: "0")) }
    }
}

/// The shortest decimal number that reads back as a given Double.
private struct ShortestDecimal {
    private(set) var significand: UInt64 = 0
    private(set) var exponent = 0

    init(_ value: Double) {
        // The standard library prints the shortest digits that read back as the same Double, at most 17.
        let text = value.description
        var index = 0
        guard let numeral = try? Numeral.scan(text.utf8Span.span, at: &index) else { return }
        significand = UInt64(numeral.significand)
        exponent = numeral.exponent
    }

    mutating func round(toFractionDigits digits: Int) {
        let excess = -exponent - digits
        guard excess > 0 else { return }
        significand = UInt64(PowerOfTen.divideRounding(UInt128(significand), byPower: excess))
        exponent = -digits
    }
}
