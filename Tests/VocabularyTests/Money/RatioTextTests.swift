import Seeded
import Testing
import Vocabulary

@Suite("Ratios as decimal numbers")
struct RatioTextTests {
    @Test(
        "A ratio that has an end is written without loss",
        arguments: [
            (Ratio(71_234, over: 10_000), "7.1234"), (Ratio(-1, over: 20), "-0.05"), (Ratio(0, over: 1), "0"),
            (Ratio(7, over: 1), "7"), (Ratio(1, over: 1_000_000_000_000_000_000), "0.000000000000000001"),
            (Ratio(.max, over: 5), "1844674407370955161.4"),
        ])
    func known(ratio: Ratio, text: String) { #expect(ratio.decimalText == text) }

    @Test("One without an end has no decimal text", arguments: [3, 7, 30, 1_000_000_007])
    func endless(denominator: Int64) { #expect(Ratio(1, over: denominator).decimalText == nil) }

    @Test("What was read is written as the same number")
    func roundTrip() throws {
        var chance = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let digits = Int.random(in: 0...9, using: &chance)
            let number = Int64.random(in: -999_999_999...999_999_999, using: &chance)
            let (whole, rest) = (number.magnitude / 1000, String(number.magnitude % 1000))
            let text = "\(number < 0 ? "-" : "")\(whole).\(String(repeating: "0", count: digits))\(rest)"
            let ratio = try Ratio.parse(text)
            #expect(try Ratio.parse(#require(ratio.decimalText)) == ratio, "\(text)")
        }
    }
}
