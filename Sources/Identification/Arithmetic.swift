#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

extension ModelTrainer {
    static func logarithm(_ value: Float) -> Float { log(value) }
    static func exponential(_ value: Float) -> Float { exp(value) }
}

func exponential(_ value: Double) -> Double { exp(value) }
func exponential(_ value: Float) -> Float { exp(value) }
func logarithm(_ value: Double) -> Double { log(value) }

/// A small seeded generator (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), so that
/// training gives the same model on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
