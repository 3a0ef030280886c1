/// Printing whole numbers as ASCII digits into a buffer, without a String between.
enum DecimalDigits {
    /// Appends a number without leading zeros.
    static func append(_ value: UInt64, to buffer: inout [UInt8]) {
        if value < 10 {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        let start = buffer.count
        var rest = value
        while rest > 0 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        }
        reverse(&buffer, from: start)
    }

    /// Appends a number with leading zeros up to a width.
    static func append(_ value: UInt64, width: Int, to buffer: inout [UInt8]) {
        let start = buffer.count
        var rest = value
        for _ in 0..<width {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        reverse(&buffer, from: start)
    }

    /// Appends a number with a comma before each group of three digits.
    static func appendGrouped(_ value: UInt128, to buffer: inout [UInt8]) {
        let start = buffer.count
        var rest = value
        var digits = 0
        repeat {
            if digits > 0 && digits % 3 == 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            digits += 1
        } while rest > 0
        reverse(&buffer, from: start)
    }

    private static func reverse(_ buffer: inout [UInt8], from start: Int) {
        var (low, high) = (start, buffer.count - 1)
        while low < high {
            buffer.swapAt(low, high)
            low += 1
            high -= 1
        }
    }
}
