import Seeded
import Standards
import Testing

/// Strong Kleene logic: S. C. Kleene, Introduction to Metamathematics, 1952, §64.
@Suite("Three values of truth")
struct TruthTests {
    private let values = Truth.allCases

    /// The order of the truth tables: notMet < unknown < met, where "and" is the lesser and "or" the greater.
    private func rank(_ value: Truth) -> Int {
        switch value {
        case .notMet: 0
        case .unknown: 1
        case .met: 2
        }
    }

    @Test("Not turns met and not met about and leaves unknown")
    func negation() {
        #expect(!Truth.met == .notMet)
        #expect(!Truth.notMet == .met)
        #expect(!Truth.unknown == .unknown)
        #expect(Truth(true) == .met)
        #expect(Truth(false) == .notMet)
    }

    @Test(
        "And: Kleene's table in full",
        arguments: [
            (Truth.met, Truth.met, Truth.met), (.met, .notMet, .notMet), (.met, .unknown, .unknown),
            (.notMet, .met, .notMet), (.notMet, .notMet, .notMet), (.notMet, .unknown, .notMet),
            (.unknown, .met, .unknown), (.unknown, .notMet, .notMet), (.unknown, .unknown, .unknown),
        ])
    func and(left: Truth, right: Truth, result: Truth) {
        #expect(Truth.all([left, right]) == result)
    }

    @Test(
        "Or: Kleene's table in full",
        arguments: [
            (Truth.met, Truth.met, Truth.met), (.met, .notMet, .met), (.met, .unknown, .met),
            (.notMet, .met, .met), (.notMet, .notMet, .notMet), (.notMet, .unknown, .unknown),
            (.unknown, .met, .met), (.unknown, .notMet, .unknown), (.unknown, .unknown, .unknown),
        ])
    func or(left: Truth, right: Truth, result: Truth) {
        #expect(Truth.any([left, right]) == result)
    }

    @Test("Of no parts, all is met and any is not")
    func empty() {
        #expect(Truth.all([]) == .met)
        #expect(Truth.any([]) == .notMet)
    }

    @Test("The laws hold for all values: double negation, De Morgan, idempotence, absorption, distribution")
    func laws() {
        for a in values {
            #expect(!(!a) == a)
            #expect(Truth.all([a, a]) == a)
            #expect(Truth.any([a, a]) == a)
            #expect(Truth.all([a]) == a)
            #expect(Truth.any([a]) == a)
            for b in values {
                #expect(Truth.all([a, b]) == Truth.all([b, a]))
                #expect(Truth.any([a, b]) == Truth.any([b, a]))
                #expect(!Truth.all([a, b]) == Truth.any([!a, !b]))
                #expect(!Truth.any([a, b]) == Truth.all([!a, !b]))
                #expect(Truth.all([a, Truth.any([a, b])]) == a)
                #expect(Truth.any([a, Truth.all([a, b])]) == a)
                for c in values {
                    #expect(Truth.all([a, b, c]) == Truth.all([a, Truth.all([b, c])]))
                    #expect(Truth.any([a, b, c]) == Truth.any([a, Truth.any([b, c])]))
                    #expect(
                        Truth.all([a, Truth.any([b, c])]) == Truth.any([Truth.all([a, b]), Truth.all([a, c])]))
                    #expect(
                        Truth.any([a, Truth.all([b, c])]) == Truth.all([Truth.any([a, b]), Truth.any([a, c])]))
                }
            }
        }
    }

    @Test("The excluded middle does not hold: what is unknown is not settled by asking both ways")
    func noExcludedMiddle() {
        #expect(Truth.any([.unknown, !Truth.unknown]) == .unknown)
        #expect(Truth.all([.unknown, !Truth.unknown]) == .unknown)
    }

    @Test("All is the least of its parts and any the greatest, whatever their number and order")
    func leastAndGreatest() {
        var generator = SeededGenerator(seed: 1952)
        for _ in 0..<2_000 {
            let parts = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                values.randomElement(using: &generator) ?? .unknown
            }
            #expect(rank(Truth.all(parts)) == parts.map(rank).min())
            #expect(rank(Truth.any(parts)) == parts.map(rank).max())
            #expect(Truth.all(parts.shuffled(using: &generator)) == Truth.all(parts))
            #expect(Truth.any(parts.shuffled(using: &generator)) == Truth.any(parts))
        }
    }
}
