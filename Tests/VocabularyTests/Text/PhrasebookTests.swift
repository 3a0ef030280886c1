import LibraryFixtures
import Testing

@testable import Vocabulary

@Suite("Phrases")
struct PhrasebookTests {
    @Test("a phrase is filled with the arguments of its message, once and without reading them again")
    func filling() {
        let book = Phrasebook([
            .en: ["k": "From {a} to {b}, {a}.", "open": "an { unclosed {a"], .zh: ["k": "从{a}到{b}。"],
        ])
        let message = Message(key: "k", arguments: ["a": "{b}", "b": "2"])
        #expect(book.text(message, in: .en) == "From {b} to 2, {b}.")
        #expect(book.text(message, in: .zh) == "从{b}到2。")
        #expect(book.text(Message(key: "open", arguments: ["a": "x"]), in: .en) == "an { unclosed {a")
        #expect(book.text(Message(key: "k"), in: .en) == "From {a} to {b}, {a}.")
    }

    @Test("a gap in a catalogue shows the other language or the key, never nothing")
    func fallback() {
        let book = Phrasebook([.en: ["only": "Only here."]])
        #expect(book.text(Message(key: "only"), in: .zh) == "Only here.")
        #expect(book.text(Message(key: "nowhere"), in: .zh) == "nowhere")
    }

    @Test("missing phrases and placeholders are listed by language")
    func gaps() {
        let book = Phrasebook([.en: ["a": "{x} {y}", "b": "B"], .zh: ["a": "{x} {z}"]])
        #expect(
            book.missing() == [
                .init(key: "a", placeholder: "z", language: .en),
                .init(key: "a", placeholder: "y", language: .zh),
                .init(key: "b", placeholder: nil, language: .zh),
            ])
    }

    @Test("the delivered catalogues agree and have a phrase for every fault and no other")
    func delivered() throws {
        let book = try DeliveredFiles.phrasebook(["vocabulary"])
        #expect(book.missing() == [])
        for language in Language.allCases {
            #expect(Set(try DeliveredFiles.phrases(language, ["vocabulary"]).keys) == Set(ParseFault.everyCode))
        }
    }

    @Test("the errors of calculations have complete phrases")
    func calculationErrors() throws {
        let book = try DeliveredFiles.phrasebook(["vocabulary"])
        let tonne = try Unit.parse("t")
        let messages = [
            MoneyOverflow(operation: .addition, left: "1.00", right: "2.00").message,
            DimensionMismatch(left: tonne, right: .one).message,
            UndefinedQuotient(dividend: Quantity(1, tonne), divisor: Quantity(0, tonne)).message,
        ]
        for message in messages {
            for language in Language.allCases {
                #expect(book.unfilledPlaceholders(of: message, in: language).isEmpty)
            }
        }
    }

    @Test("a fault tells its place from 1 to people and from 0 to programs")
    func position() throws {
        let found = try #require(refusal(Money.self, "１２x"))
        #expect(found.code == "money.unexpected-character")
        #expect(found.position == 2)
        #expect(found.message.arguments["position"] == "3")
        #expect(found.arguments["character"] == "x")
        #expect(found.arguments["text"] == "１２x")
    }

    @Test("the text quoted in a fault is bounded and holds nothing invisible")
    func excerpt() throws {
        let long = try #require(
            refusal(Money.self, String(repeating: "元", count: 1000)))
        #expect(long.code == "money.too-long")
        #expect((long.arguments["text"] ?? "").utf8.count <= 64 + 3)
        let hidden = try #require(refusal(Money.self, "1\u{202E}2\u{0}"))
        #expect(hidden.arguments["text"] == "1\u{FFFD}2\u{FFFD}")
    }
}

@Suite("Reading UTF-8")
struct UTF8ReadingTests {
    @Test("every Unicode scalar reads back from its bytes")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            let read = UTF8Reading.scalar(bytes.span, at: 0)
            if read.value != value || read.length != bytes.count { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test("overlong forms, surrogates and cut sequences read as one replacement character each")
    func malformed() {
        for bytes: [UInt8] in [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE5, 0x85],
        ] {
            let read = UTF8Reading.scalar(bytes.span, at: 0)
            #expect(read.value == 0xFFFD && read.length == 1)
        }
    }
}
