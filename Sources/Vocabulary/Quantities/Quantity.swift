/// A number with its unit, such as 120 MW or 0.5306 kgCO2/kWh.
///
///     let energy = try Quantity.parse("1.2 万kWh")
///     let factor = try Quantity.parse("0.5306 kgCO2/kWh")
///     try energy.multiplied(by: factor).converted(to: Unit.parse("tCO2e"))   // 6.3672 tCO2e
///
/// `==` is identity of number and unit; ``compared(to:)`` tells whether two quantities are equal in size, as 1 MWh and
/// 1000 kWh are.
public struct Quantity: Sendable, Hashable {
    /// The number.
    public let value: Double
    /// The unit.
    public let unit: Unit

    /// Makes a quantity. The value should be finite; a missing value is a missing quantity.
    public init(_ value: Double, _ unit: Unit) {
        self.value = value
        self.unit = unit
    }

    /// The kind of quantity.
    public var dimension: Dimension { unit.dimension }

    /// The same quantity in another unit.
    /// - Throws: ``DimensionMismatch`` if the unit measures something else.
    public func converted(to target: Unit) throws(DimensionMismatch) -> Quantity {
        Quantity(try value(in: target), target)
    }

    /// The number of the quantity in another unit.
    /// - Throws: ``DimensionMismatch`` if the unit measures something else.
    public func value(in target: Unit) throws(DimensionMismatch) -> Double {
        guard dimension == target.dimension else { throw DimensionMismatch(left: unit, right: target) }
        if unit == target { return value }
        if unit.zeroPointCentikelvin != target.zeroPointCentikelvin {
            let kelvin = unit.exactScale.applied(to: value) + Double(unit.zeroPointCentikelvin) / 100
            return target.exactScale.inverse.applied(to: kelvin - Double(target.zeroPointCentikelvin) / 100)
        }
        if let factor = unit.exactScale.multiplied(by: target.exactScale.inverse) {
            return factor.applied(to: value)
        }
        return target.exactScale.inverse.applied(to: unit.exactScale.applied(to: value))
    }

    /// The sum, in the unit of this quantity.
    /// - Throws: ``DimensionMismatch`` if the other quantity is of another kind.
    public func adding(_ other: Quantity) throws(DimensionMismatch) -> Quantity {
        Quantity(value + (try valueHere(of: other)), unit)
    }

    /// The difference, in the unit of this quantity.
    /// - Throws: ``DimensionMismatch`` if the other quantity is of another kind.
    public func subtracting(_ other: Quantity) throws(DimensionMismatch) -> Quantity {
        Quantity(value - (try valueHere(of: other)), unit)
    }

    /// The product of two quantities: kW times h gives kW·h.
    public func multiplied(by other: Quantity) -> Quantity {
        if let product = unit.multiplied(by: other.unit) { return Quantity(value * other.value, product) }
        let dimension = dimension.multiplied(by: other.dimension)
        return Quantity(coherentValue * other.coherentValue, .coherent(for: dimension))
    }

    /// The quantity times a number.
    public func multiplied(by factor: Double) -> Quantity {
        Quantity(value * factor, unit)
    }

    /// The quotient of two quantities: kgCO2 by kWh gives kgCO2/kWh.
    /// - Throws: ``UndefinedQuotient`` if the divisor is zero or the quotient is too large for a number.
    public func divided(by other: Quantity) throws(UndefinedQuotient) -> Quantity {
        let quotient: Quantity
        if let unit = unit.divided(by: other.unit) {
            quotient = Quantity(value / other.value, unit)
        } else {
            let dimension = dimension.divided(by: other.dimension)
            quotient = Quantity(coherentValue / other.coherentValue, .coherent(for: dimension))
        }
        guard quotient.value.isFinite else { throw UndefinedQuotient(dividend: self, divisor: other) }
        return quotient
    }

    /// How two quantities compare in size.
    public enum Comparison: Sendable {
        /// The first is less than the second.
        case less
        /// Both are equal.
        case equal
        /// The first is greater than the second.
        case greater
    }

    /// Compares two quantities of one dimension, whatever their units.
    /// - Returns: nil if either value is not a number.
    /// - Throws: ``DimensionMismatch`` if they are of different kinds.
    public func compared(to other: Quantity) throws(DimensionMismatch) -> Comparison? {
        let otherValue = try valueHere(of: other)
        if value < otherValue { return .less }
        if value > otherValue { return .greater }
        return value == otherValue ? .equal : nil
    }

    /// Whether this quantity is less than another of the same dimension.
    /// - Throws: ``DimensionMismatch`` if they are of different kinds.
    public func isLess(than other: Quantity) throws(DimensionMismatch) -> Bool {
        try compared(to: other) == .less
    }

    /// The number in coherent units, with differences for degrees Celsius.
    private var coherentValue: Double { unit.exactScale.applied(to: value) }

    /// The other's number in this unit. Two numbers in the same unit are simply added or compared, so that means of
    /// temperatures in ℃ come out in ℃.
    private func valueHere(of other: Quantity) throws(DimensionMismatch) -> Double {
        guard dimension == other.dimension else { throw DimensionMismatch(left: unit, right: other.unit) }
        return try other.value(in: unit)
    }
}

extension Quantity: UTF8Parsable {
    /// Reads a number and a unit, such as `120 MW`, `1,200万kWh` or `35%`; a number alone is a pure number.
    /// - Parameter bytes: UTF-8 text of at most 128 bytes.
    /// - Throws: ``ParseFault`` with a code `number.…` or `unit.…`; a position counts from the beginning of the text.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Quantity {
        guard bytes.count <= 128 else { throw .at(.numberTooLong, in: bytes, ["limit": "128"]) }
        var index = 0
        let (numeral, isNegative) = try DecimalText.leadingNumber(bytes, at: &index)
        let magnitude = numeral.doubleValue(shiftedBy: 0)
        guard magnitude.isFinite else { throw .at(.numberOverflow, in: bytes) }
        let value = isNegative && magnitude != 0 ? -magnitude : magnitude
        index = UTF8Reading.skipSpaces(bytes, from: index)
        if index == bytes.count { return Quantity(value, .one) }
        do {
            return Quantity(value, try Unit.parse(bytes.extracting(index..<bytes.count)))
        } catch {
            let before = ParseFault.characterCount(of: bytes.extracting(0..<index))
            throw ParseFault(
                code: error.code, arguments: error.arguments, position: error.position.map { $0 + before })
        }
    }
}

extension Quantity: UTF8Printable {
    /// Appends the number in its shortest form and the unit: `120 MW`, `0.35`, `12/a`.
    public func write(into buffer: inout [UInt8]) {
        var number = value.description
        if number.hasSuffix(".0") { number.removeLast(2) }
        buffer.append(contentsOf: number.utf8)
        if unit.factors.isEmpty { return }
        // "12 1/a" could be taken for a grouped number.
        if unit.symbol.hasPrefix("1/") {
            buffer.append(contentsOf: unit.symbol.utf8.dropFirst())
        } else {
            buffer.append(UInt8(ascii: " "))
            buffer.append(contentsOf: unit.symbol.utf8)
        }
    }
}
