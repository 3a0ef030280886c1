import Seeded
import Testing

@testable import Identification

@Suite("Folding of a loan's texts")
struct FoldedTextTests {
    private func symbols(_ text: String) -> [UInt16] { FoldedText(text).symbols }

    @Test(
        "Ways of typing the same words fold alike",
        arguments: [
            ("５０ＭＷ风电", "50mw风电"), ("50MW风电", "120mw风电"), ("ＬＮＧ改ＬＮＧ", "lng改lng"),
            ("3.5万吨", "35万吨"), ("1,200台", "7台"), ("一期，二期", "一期、二期"), ("一期——二期", "一期 二期"),
            ("  风电场  ", "风电场"), ("“风电”（场）", "风电 场"), ("风电场。", "风电场"), ("CO₂捕集", "CO2捕集"),
            ("二期Ⅱ标", "二期2标"), ("二〇年", "二0年"), ("风电\u{3000}场", "风电\t\n场"), ("", "！？……"),
            ("12.5.2025号", "1号"),
        ])
    func foldAlike(_ a: String, _ b: String) {
        #expect(symbols(a) == symbols(b))
    }

    @Test(
        "What differs in meaning stays apart",
        arguments: [
            ("风电场", "风场"), ("1、2号机", "12号机"), ("污水", "汚水"), ("A座", "B座"), ("3. 5号", "35号"),
            ("一，二", "一二"),
        ])
    func stayApart(_ a: String, _ b: String) {
        #expect(symbols(a) != symbols(b))
    }

    @Test("A run of digits is one symbol, and so is a run of punctuation")
    func runs() {
        #expect(symbols("98765吨") == [UInt16(UInt8(ascii: "0")), 0x5428])
        #expect(symbols("风，。！？电") == [0x98CE, 0, 0x7535])
    }

    @Test("A text is cut at its longest, and the offsets still fit")
    func bound() {
        let text = FoldedText(String(repeating: "风电", count: 5_000))
        #expect(text.symbols.count == FoldedText.longest)
        #expect(text.offsets.count == FoldedText.longest + 1)
        #expect(text.offsets.last == Int32(FoldedText.longest * 3))
        let noise = FoldedText(String(repeating: "，1", count: 5_000))
        #expect(noise.symbols.count <= FoldedText.longest)
    }

    @Test("Folding again into the same memory leaves nothing of the text before")
    func reuse() {
        var text = FoldedText("一段长得多的文字，用来占住内存")
        let bytes = Array("风电".utf8)
        text.fold(bytes.span)
        #expect(text == FoldedText("风电"))
        let nothing: [UInt8] = []
        text.fold(nothing.span)
        #expect(text.symbols.isEmpty)
        #expect(text.offsets == [0])
    }

    @Test(
        "Every offset is the first byte of the character that the symbol came from",
        arguments: [
            "５０ＭＷ风电，二期", "a風b電 c", "😀风😀电", "é風\u{3000}3.5万吨！", "，，风电，，", "Ωмега风电Ⅱ期 CO₂",
        ])
    func offsets(_ text: String) {
        let folded = FoldedText(text)
        let bytes = Array(text.utf8)
        #expect(folded.offsets.count == folded.symbols.count + 1)
        for (position, symbol) in folded.symbols.enumerated() {
            let start = Int(folded.offsets[position])
            #expect(bytes[start] & 0xC0 != 0x80, "not inside a character")
            #expect(folded.offsets[position] < folded.offsets[position + 1])
            guard symbol >= 0x3400, symbol != FoldedText.rare else { continue }
            let character = String(decoding: bytes[start..<start + 3], as: UTF8.self)
            #expect(character.unicodeScalars.first?.value == UInt32(symbol))
        }
        #expect(Int(folded.offsets.last ?? -1) <= bytes.count)
    }

    @Test("Characters outside the basic plane are one rare symbol each")
    func rare() {
        #expect(symbols("𠮷野") == [FoldedText.rare, 0x91CE])
    }

    @Test("Broken UTF-8 separates and never crashes", arguments: 0..<8)
    func hostileBytes(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let seeds = Array("用于５０ＭＷ风电场、3.5万吨é😀".utf8)
        for _ in 0..<300 {
            var bytes: [UInt8] =
                seed % 2 == 0
                ? (0..<Int.random(in: 0...60, using: &generator)).map { _ in .random(in: 0...255, using: &generator) }
                : seeds
            if seed % 2 == 1 {
                for _ in 0..<3 {
                    bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                bytes.removeLast(.random(in: 0...4, using: &generator))
            }
            var text = FoldedText()
            text.fold(bytes.span)
            #expect(text.offsets.count == text.symbols.count + 1)
            #expect(zip(text.offsets, text.offsets.dropFirst()).allSatisfy { $0 < $1 })
            #expect(Int(text.offsets.last ?? -1) <= bytes.count)
        }
        for cut in 0..<seeds.count {
            var text = FoldedText()
            let bytes = Array(seeds[..<cut])
            text.fold(bytes.span)
            #expect(text.symbols.count <= cut)
        }
    }

    @Test("A broken sequence between two characters parts them")
    func brokenSeparates() {
        var text = FoldedText()
        let bytes: [UInt8] = Array("风".utf8) + [0xE9, 0xA3] + Array("电".utf8)
        text.fold(bytes.span)
        #expect(text.symbols == [0x98CE, 0, 0x7535])
    }
}
