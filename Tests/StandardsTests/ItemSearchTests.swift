import Seeded
import Testing
import Vocabulary

@testable import Standards

@Suite("Looking for words in items")
struct ItemSearchTests {
    private func item(
        _ code: String, name: String, subject: String = "主题", synonyms: [String] = [], industry: String = "",
        note: String? = nil
    ) throws -> Item {
        Item(
            code: try Examples.code(code), name: BilingualText(zh: name, en: "Item \(code)"),
            subject: Examples.words(subject, "subject"), synonyms: synonyms,
            activities: [
                Activity(
                    row: 1, industry: "4415", industryName: industry, mark: .none, subject: Examples.words(),
                    criterion: .subject, note: note.map { Examples.words($0, "note") })
            ])
    }

    private func search(_ words: String...) throws -> [String] {
        let pack = try Examples.pack([
            try item("1.1.1", name: "余热", subject: "风电 场", note: "海上"), try item("1.1.2", name: "风电", note: "海上"),
            try item("1.1.3", name: "光伏", synonyms: ["风电配套", "BIPV"]), try item("1.1.4", name: "电网", industry: "风电施工"),
            try item("1.1.5", name: "海上风电"),
        ])
        return ItemSearch([pack]).items(holding: words).map(\.item.code.text)
    }

    @Test("The name says more than the subject, this more than the rest; equals stand in the order of the codes")
    func order() throws {
        #expect(try search("风电") == ["1.1.2", "1.1.5", "1.1.1", "1.1.3", "1.1.4"])
    }

    @Test("Every word has to stand somewhere, and the worst place decides")
    func every() throws {
        #expect(try search("风电", "海上") == ["1.1.5", "1.1.2", "1.1.1"])
        #expect(try search("风电 海上") == ["1.1.5", "1.1.2", "1.1.1"])
        #expect(try search("风电", "煤") == [])
    }

    @Test(
        "Large and small, full-width and half-width letters are the same, and spaces don't part what belongs together")
    func folding() throws {
        #expect(try search("ＢＩＰＶ") == ["1.1.3"])
        #expect(try search("bipv") == ["1.1.3"])
        #expect(try search("风电场") == ["1.1.1"])
        #expect(try search("ITEM") == ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5"])
    }

    @Test("No word finds nothing")
    func none() throws {
        #expect(try search() == [])
        #expect(try search("", " 　") == [])
    }

    @Test("Random texts: a word is found exactly where the text has it")
    func random() {
        var generator = SeededGenerator(seed: 7)
        let letters = Array("aAｂ风 é\u{301}")
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...8, using: &generator)).compactMap { _ in
                    letters.randomElement(using: &generator)
                })
            let word = String(
                (0..<Int.random(in: 0...3, using: &generator)).compactMap { _ in
                    letters.randomElement(using: &generator)
                })
            let (folded, wanted) = (text.foldedForSearch, word.foldedForSearch)
            let all = Array(folded.utf8)
            let part = Array(wanted.utf8)
            let expected = part.isEmpty || (0...all.count).contains { all[$0...].starts(with: part) }
            #expect(all.holds(part) == expected)
            #expect(folded.foldedForSearch == folded)
        }
    }
}
