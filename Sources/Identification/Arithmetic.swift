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

/// e to the power of eight numbers at once, none above 80, to four digits: enough for a sum over 271 items, and the same
/// on every machine. 2^x by splitting x into its nearest whole number, which goes into the exponent, and a rest of at
/// most a half, for which the first terms of the series stand (error below 5 × 10^-5).
@inline(__always)
func exponential(_ value: SIMD8<Float>) -> SIMD8<Float> {
    // Adding 1.5 × 2^23 leaves the whole number in the lowest bits of the sum.
    let shift = SIMD8<Float>(repeating: 12_582_912)
    let bounded = value.replacing(with: -80, where: value .< -80).replacing(with: 80, where: value .> 80)
    let scaled = bounded * 1.442_695_04
    let shifted = scaled + shift
    let rest = scaled - (shifted - shift)
    var power = rest * 0.009_618_129 + 0.055_504_109
    power = power * rest + 0.240_226_507
    power = power * rest + 0.693_147_181
    power = power * rest + 1
    let whole = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
    return power * unsafeBitCast((whole &+ 127) &<< 23, to: SIMD8<Float>.self)
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
