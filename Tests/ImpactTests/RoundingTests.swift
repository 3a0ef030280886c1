import Impact
import Seeded
import Testing

@Suite("Rounding inside a method")
struct RoundingTests {
    private func down(_ value: Double, _ digits: Int = 0) -> Double {
        RoundingRule(direction: .down, fractionDigits: digits).apply(value)
    }

    private func half(_ value: Double, _ digits: Int) -> Double {
        RoundingRule(direction: .halfAwayFromZero, fractionDigits: digits).apply(value)
    }

    @Test("Credits are whole tonnes, rounded down")
    func credits() {
        #expect(down(63_831.7) == 63_831)
        #expect(down(55.8) == 55)
        #expect(down(55) == 55)
        #expect(down(0.999) == 0)
        #expect(down(0) == 0)
        // 0.1 × 30 and the like are whole numbers that a Double misses by a hair.
        #expect(down(0.1 * 30) == 3)
        #expect(down(1.1 * 1.1 * 100) == 121)
        #expect(down((0.1 + 0.7) * 10) == 8)
    }

    @Test("The combined margin 0.878425 rounds to 0.8784 at four places")
    func combinedMargin() {
        // Liangzhou: 0.75 × 0.9913 + 0.25 × 0.5398.
        let operating: Double = 0.75 * 0.9913
        let build: Double = 0.25 * 0.5398
        #expect(abs(operating + build - 0.878425) < 1e-12)
        #expect(half(operating + build, 4) == 0.8784)
    }

    @Test("A large value is not lifted to the next unit")
    func large() {
        #expect(down(999_999_999_999.9) == 999_999_999_999)
        #expect(down(4_000_000_000_000.5) == 4_000_000_000_000)
        #expect(down(0x1p49 + 0.5) == 0x1p49)
        #expect(down(1e20) == 1e20)
        #expect(down(1e300, 9) == 1e300)
        #expect(down(-1e20, 9) == -1e20)
    }

    @Test("A half goes away from zero, also where its Double lies just below")
    func halves() {
        #expect(half(2.5, 0) == 3)
        #expect(half(-2.5, 0) == -3)
        #expect(half(1.005, 2) == 1.01)
        #expect(half(-1.005, 2) == -1.01)
        #expect(half(2.675, 2) == 2.68)
        #expect(half(2.6749, 2) == 2.67)
    }

    @Test("Rounding down never adds, loses less than one unit, and a rounded value stays as it is")
    func algebra() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            let value = Double.random(in: 0...1e9, using: &generator)
            let digits = Int.random(in: 0...4, using: &generator)
            let rounded = down(value, digits)
            #expect(rounded <= value * (1 + 1e-14))
            #expect(value - rounded < 1)
            #expect(down(rounded, digits) == rounded)
            #expect(abs(half(value, digits) - value) <= 0.5 + 1e-6)
        }
    }
}
