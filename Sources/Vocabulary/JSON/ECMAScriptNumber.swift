/// Numbers as ECMAScript prints them, which RFC 8785 (section 3.2.2.3) asks for.
enum ECMAScriptNumber {
    /// Appends a finite number (ECMA-262, Number::toString with radix 10).
    ///
    /// Swift, like ECMAScript, finds the shortest digits that read back as the same double and the closest of these;
    /// only where the point stands and when an exponent is used differ.
    static func append(_ value: Double, to buffer: inout [UInt8]) {
        // Also negative zero, whose sign is not written.
        guard value != 0 else { return buffer.append(UInt8(ascii: "0")) }
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        let (digits, point) = digits(of: value.magnitude)
        switch point {
        // A double has at most 17 digits, so the range is never upside down.
        case digits.count...21:
            buffer += digits
            buffer.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
        case 1...21:
            buffer += digits[..<point]
            buffer.append(UInt8(ascii: "."))
            buffer += digits[point...]
        case -5...0:
            buffer += [UInt8(ascii: "0"), UInt8(ascii: ".")]
            buffer.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            buffer += digits
        default:
            buffer.append(digits[0])
            if digits.count > 1 {
                buffer.append(UInt8(ascii: "."))
                buffer += digits[1...]
            }
            let exponent = point - 1
            buffer += [UInt8(ascii: "e"), exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")]
            buffer += Array(String(exponent.magnitude).utf8)
        }
    }

    /// The significant digits of a positive number, without zeros at either end, and how many of them stand before the
    /// point: 0.0012 has the digits 12 and the point at -2.
    private static func digits(of value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var (point, exponent) = (0, 0)
        var (isBehindPoint, isExponent, isSmall) = (false, false, false)
        for byte in value.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): isBehindPoint = true
            case UInt8(ascii: "e"): isExponent = true
            case UInt8(ascii: "-"): isSmall = true
            case UInt8(ascii: "0")...UInt8(ascii: "9") where isExponent:
                exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "0") where digits.isEmpty:
                if isBehindPoint { point -= 1 }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.append(byte)
                if !isBehindPoint { point += 1 }
            default: break
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, point + (isSmall ? -exponent : exponent))
    }
}
