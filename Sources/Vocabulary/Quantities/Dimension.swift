/// What kind of quantity a number is: the exponents over the base dimensions that green finance needs.
///
/// Energy is a base dimension here, not mass · length² / time²: no figure of green finance is derived mechanically, and
/// so MJ/kg and m²/s² cannot be mistaken for each other. Power is energy / time. The mass of each ``Substance`` is a
/// base dimension too.
public struct Dimension: Sendable, Hashable {
    // One lane for each base dimension; unused lanes stay zero.
    private var exponents: SIMD32<Int8>

    /// A base dimension.
    public enum Axis: Sendable, Hashable {
        /// Mass without a named substance; kg.
        case mass
        /// Length; m.
        case length
        /// Time; s.
        case time
        /// Energy; J.
        case energy
        /// Temperature; K.
        case temperature
        /// Money; yuan.
        case currency
        /// A number of persons.
        case person
        /// A number of vehicles.
        case vehicle
        /// A number of animals.
        case head
        /// A number of households.
        case household
        /// A number of machines, sets or other pieces.
        case piece
        /// Mass of a substance; kg of it.
        case substance(Substance)

        /// All base dimensions.
        public static var all: [Axis] {
            [.mass, .length, .time, .energy, .temperature, .currency, .person, .vehicle, .head, .household, .piece]
                + Substance.allCases.map(Axis.substance)
        }

        fileprivate var lane: Int {
            switch self {
            case .mass: 0
            case .length: 1
            case .time: 2
            case .energy: 3
            case .temperature: 4
            case .currency: 5
            case .person: 6
            case .vehicle: 7
            case .head: 8
            case .household: 9
            case .piece: 10
            case .substance(let substance): 16 + substance.rawValue
            }
        }

        /// The symbol of the coherent unit of the base dimension.
        var coherentSymbol: String {
            switch self {
            case .mass: "kg"
            case .length: "m"
            case .time: "s"
            case .energy: "J"
            case .temperature: "K"
            case .currency: "元"
            case .person: "人"
            case .vehicle: "辆"
            case .head: "头"
            case .household: "户"
            case .piece: "台"
            case .substance(let substance): "kg" + substance.symbol
            }
        }
    }

    private init(exponents: SIMD32<Int8>) {
        self.exponents = exponents
    }

    /// Makes the dimension of a power of one base dimension.
    public init(_ axis: Axis, exponent: Int8 = 1) {
        exponents = .zero
        exponents[axis.lane] = exponent
    }

    /// The dimension of pure numbers, shares and percentages.
    public static let one = Dimension(exponents: .zero)
    /// Mass without a named substance.
    public static let mass = Dimension(.mass)
    /// Length.
    public static let length = Dimension(.length)
    /// Area, length².
    public static let area = Dimension(.length, exponent: 2)
    /// Volume, length³.
    public static let volume = Dimension(.length, exponent: 3)
    /// Time.
    public static let time = Dimension(.time)
    /// Energy.
    public static let energy = Dimension(.energy)
    /// Power, energy / time.
    public static let power = energy.divided(by: time)
    /// Temperature.
    public static let temperature = Dimension(.temperature)
    /// Money.
    public static let currency = Dimension(.currency)

    /// The mass of a substance.
    public static func mass(of substance: Substance) -> Dimension { Dimension(.substance(substance)) }

    /// The exponent of a base dimension.
    public func exponent(of axis: Axis) -> Int { Int(exponents[axis.lane]) }

    /// The dimension of a product. Exponents saturate at ±127, which no real quantity comes near.
    public func multiplied(by other: Dimension) -> Dimension {
        combined(with: other) { $0 + $1 }
    }

    /// The dimension of a quotient. Exponents saturate at ±127, which no real quantity comes near.
    public func divided(by other: Dimension) -> Dimension {
        combined(with: other) { $0 - $1 }
    }

    /// The dimension of a power. Exponents saturate at ±127, which no real quantity comes near.
    public func raised(to power: Int) -> Dimension {
        let bounded = min(max(power, -127), 127)
        return combined(with: .one) { exponent, _ in exponent * bounded }
    }

    private func combined(with other: Dimension, _ operation: (Int, Int) -> Int) -> Dimension {
        var result = Dimension.one
        for lane in 0..<exponents.scalarCount where exponents[lane] != 0 || other.exponents[lane] != 0 {
            let exponent = operation(Int(exponents[lane]), Int(other.exponents[lane]))
            result.exponents[lane] = Int8(min(max(exponent, -127), 127))
        }
        return result
    }
}

extension Dimension: CustomStringConvertible {
    /// The dimension in coherent units, such as `J/s`; `1` for pure numbers.
    public var description: String { Unit.coherent(for: self).symbol }
}
