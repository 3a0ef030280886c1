/// A unit of measurement: a symbol, a dimension, and how many coherent units it is.
///
///     let power = try Unit.parse("万kW")
///     let energy = try Unit.parse("kW·h")
///     energy == (try Unit.parse("kWh"))                 // true
///     try Unit.parse("千瓦时").symbol                    // "kWh"
///
/// Two units are equal if they measure the same: dimension and scale decide, not the way of writing.
public struct Unit: Sendable {
    /// The unit as it is written, such as `kgCO2e/kWh`; ``parse(_:)-(Span<UInt8>)`` reads it back. `1` for pure numbers.
    public let symbol: String
    /// What kind of quantity the unit measures.
    public let dimension: Dimension
    let exactScale: UnitScale
    /// Kelvin at the zero point of the scale, in hundredths; other than zero only for degrees Celsius standing alone.
    let zeroPointCentikelvin: Int
    let factors: [Factor]

    /// A named unit and its power within a unit.
    struct Factor: Sendable, Hashable {
        let symbol: String
        var exponent: Int
        /// Whether a power is written without parentheses: m2, but (tCO2e)^2 and (万m)^2.
        let takesPlainPower: Bool
    }

    /// A unit with a name of its own.
    init(
        symbol: String, dimension: Dimension, scale: UnitScale, zeroPointCentikelvin: Int = 0,
        takesPlainPower: Bool = false
    ) {
        self.symbol = symbol
        self.dimension = dimension
        self.exactScale = scale
        self.zeroPointCentikelvin = zeroPointCentikelvin
        self.factors = [Factor(symbol: symbol, exponent: 1, takesPlainPower: takesPlainPower)]
    }

    private init(factors: [Factor], dimension: Dimension, scale: UnitScale, zeroPointCentikelvin: Int = 0) {
        self.symbol = Self.symbol(of: factors)
        self.dimension = dimension
        self.exactScale = scale
        self.zeroPointCentikelvin = zeroPointCentikelvin
        self.factors = factors
    }

    /// The unit of pure numbers.
    public static let one = Unit(factors: [], dimension: .one, scale: .one)

    /// How many coherent units (kg, m, s, J, K, yuan and their products) one of this unit is.
    public var scale: Double { exactScale.doubleValue }

    /// The coherent unit of a dimension, such as J/s for power.
    public static func coherent(for dimension: Dimension) -> Unit {
        let factors = Dimension.Axis.all.compactMap { axis -> Factor? in
            let exponent = dimension.exponent(of: axis)
            if exponent == 0 { return nil }
            var isSubstance = false
            if case .substance = axis { isSubstance = true }
            return Factor(symbol: axis.coherentSymbol, exponent: exponent, takesPlainPower: !isSubstance)
        }
        return Unit(factors: factors, dimension: dimension, scale: .one)
    }

    /// The product of two units; nil if its scale does not fit 128 bits. Degrees Celsius count as a difference here.
    public func multiplied(by other: Unit) -> Unit? {
        combined(with: other, power: 1)
    }

    /// The quotient of two units; nil if its scale does not fit 128 bits. Degrees Celsius count as a difference here.
    public func divided(by other: Unit) -> Unit? {
        combined(with: other, power: -1)
    }

    /// A power of the unit; nil if the exponent is not within -9 to 9 or the scale does not fit 128 bits.
    public func raised(to exponent: Int) -> Unit? {
        guard (-9...9).contains(exponent) else { return nil }
        var result = Unit.one
        for _ in 0..<abs(exponent) {
            guard let next = exponent > 0 ? result.multiplied(by: self) : result.divided(by: self) else { return nil }
            result = next
        }
        return result
    }

    /// The unit times a power of ten that stands before its symbol, as 万 in 万kWh; nil if it does not fit 128 bits.
    func prefixed(by prefix: String, scale: UnitScale) -> Unit? {
        guard let product = exactScale.multiplied(by: scale) else { return nil }
        let symbol = factors.isEmpty ? prefix : prefix + self.symbol
        return Unit(symbol: symbol, dimension: dimension, scale: product)
    }

    private func combined(with other: Unit, power: Int) -> Unit? {
        let otherScale = power > 0 ? other.exactScale : other.exactScale.inverse
        guard let scale = exactScale.multiplied(by: otherScale) else { return nil }
        var factors = self.factors
        for factor in other.factors {
            let exponent = factor.exponent * power
            if let index = factors.firstIndex(where: { $0.symbol == factor.symbol }) {
                factors[index].exponent += exponent
                if factors[index].exponent == 0 { factors.remove(at: index) }
            } else {
                factors.append(
                    Factor(symbol: factor.symbol, exponent: exponent, takesPlainPower: factor.takesPlainPower))
            }
        }
        // Beyond these bounds the symbol could not be read back; no real unit comes near.
        guard factors.count <= 16, factors.allSatisfy({ abs($0.exponent) <= 9 }) else { return nil }
        let dimension =
            power > 0 ? self.dimension.multiplied(by: other.dimension) : self.dimension.divided(by: other.dimension)
        // A unit alone times or over a pure number is still that unit, with its zero point.
        let isUnchanged = power > 0 && (self.factors.isEmpty || other.factors.isEmpty) || other.factors.isEmpty
        let zeroPoint = isUnchanged ? zeroPointCentikelvin + other.zeroPointCentikelvin : 0
        return Unit(factors: factors, dimension: dimension, scale: scale, zeroPointCentikelvin: zeroPoint)
    }

    private static func symbol(of factors: [Factor]) -> String {
        let above = factors.filter { $0.exponent > 0 }.map { written($0, power: $0.exponent) }
        let below = factors.filter { $0.exponent < 0 }.map { written($0, power: -$0.exponent) }
        let numerator = above.isEmpty ? "1" : above.joined(separator: "·")
        switch below.count {
        case 0: return numerator
        case 1: return numerator + "/" + below[0]
        default: return numerator + "/(" + below.joined(separator: "·") + ")"
        }
    }

    private static func written(_ factor: Factor, power: Int) -> String {
        if power == 1 { return factor.symbol }
        return factor.takesPlainPower ? factor.symbol + String(power) : "(" + factor.symbol + ")^" + String(power)
    }
}

extension Unit: Hashable {
    /// Whether both measure the same: equal dimension, scale and zero point.
    public static func == (left: Unit, right: Unit) -> Bool {
        left.dimension == right.dimension && left.exactScale == right.exactScale
            && left.zeroPointCentikelvin == right.zeroPointCentikelvin
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(dimension)
        hasher.combine(exactScale)
        hasher.combine(zeroPointCentikelvin)
    }
}

extension Unit: CustomStringConvertible {
    /// The symbol.
    public var description: String { symbol }
}
