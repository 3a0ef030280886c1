import Testing

@testable import Identification

@Suite("Features of a loan's texts")
struct LoanTextTests {
    private func grams(_ text: LoanText) -> [Gram] {
        var result: [Gram] = []
        text.forEachGram { result.append($0) }
        return result
    }

    @Test("A purpose of three characters has three single ones, two pairs and one triple")
    func counts() {
        let list = grams(LoanText(purpose: "风电场")).filter { $0.length > 0 }
        #expect(list.count { $0.length == 1 } == 3)
        #expect(list.count { $0.length == 2 } == 2)
        #expect(list.count { $0.length == 3 } == 1)
        #expect(list.allSatisfy { $0.start + $0.length <= 3 })
        #expect(Set(list.map(\.key)).count == 6)
    }

    @Test("No feature reaches across punctuation")
    func acrossPunctuation() {
        let joined = Set(grams(LoanText(purpose: "风电")).map(\.key))
        let parted = Set(grams(LoanText(purpose: "风，电")).map(\.key))
        #expect(joined.contains(GramKey.hash(.purpose, 0x98CE, 0x7535)))
        #expect(!parted.contains(GramKey.hash(.purpose, 0x98CE, 0x7535)))
        #expect(parted.contains(GramKey.hash(.purpose, 0x98CE)))
    }

    @Test("Purpose and project speak alike, a borrower's name has features of its own")
    func fields() {
        let word = GramKey.hash(.purpose, 0x98CE, 0x7535)
        func keys(_ text: LoanText) -> Set<UInt64> { Set(grams(text).map(\.key)) }
        #expect(keys(LoanText(purpose: "风电")).contains(word))
        #expect(keys(LoanText(purpose: "", project: "风电")).contains(word))
        let borrower = keys(LoanText(purpose: "", borrower: "风电"))
        #expect(!borrower.contains(word))
        #expect(borrower.contains(GramKey.hash(.borrower, 0x98CE, 0x7535)))
        #expect(!borrower.contains(GramKey.hash(.borrower, 0x98CE)), "single characters of a name say nothing")
    }

    @Test("An industry code gives its class and its division")
    func industry() {
        let codes = grams(LoanText(purpose: "", industry: 4415)).filter { $0.source == .industry }
        #expect(codes.map(\.length) == [0, 0])
        let sister = grams(LoanText(purpose: "", industry: 4416)).filter { $0.source == .industry }
        #expect(codes[0].key != sister[0].key)
        #expect(codes[1].key == sister[1].key)
        for odd in [-1, 0, 70_000, .max, .min] {
            #expect(grams(LoanText(purpose: "", industry: odd)).filter { $0.source == .industry }.count == 2)
        }
    }

    @Test("Empty texts still have their shape, and only that")
    func empty() {
        let list = grams(LoanText())
        #expect(list.count == 2)
        #expect(list.allSatisfy { $0.length == 0 && $0.source == .purpose })
    }

    @Test("No hash is zero, which would mean an empty slot, and no two features of a long text fall together")
    func hashes() {
        let text = LoanText(
            purpose: String((0..<390).compactMap { Unicode.Scalar(0x4E00 + $0 * 37).map(Character.init) }))
        let keys = grams(text).filter { $0.length > 0 }.map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.contains(0))
    }
}
