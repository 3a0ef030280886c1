import LibraryFixtures
import Seeded
import Testing

@testable import Vocabulary

/// Feeds a parser with random bytes, with mutations of valid texts and with characters that its grammar knows.
///
/// Checks what must hold for every input: it returns or throws, every fault is in the catalogue, and its phrase has a
/// value for every placeholder in both languages.
func fuzz(
    seeds: [String], alphabet: String, rounds: Int = 20_000, seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation,
    parse: (Span<UInt8>) throws(ParseFault) -> Void
) throws {
    let phrasebook = try DeliveredFiles.phrasebook(["vocabulary"])
    let codes = Set(ParseFault.everyCode)
    let characters = Array(alphabet)
    var generator = SeededGenerator(seed: seed)
    var seenCodes: Set<String> = []
    for round in 0..<rounds {
        var bytes: [UInt8]
        switch round % 3 {
        case 0:
            let length = Int.random(in: 0...80, using: &generator)
            bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        case 1:
            let length = Int.random(in: 0...24, using: &generator)
            bytes = Array(String((0..<length).map { _ in characters.randomElement(using: &generator) ?? "0" }).utf8)
        default:
            bytes = Array((seeds.randomElement(using: &generator) ?? "").utf8)
            mutate(&bytes, using: &generator, characters: characters)
        }
        do {
            try parse(bytes.span)
        } catch {
            // Rendering is the slow part; each code and a sample of texts are enough.
            guard seenCodes.insert(error.code).inserted || round % 16 == 0 else { continue }
            #expect(codes.contains(error.code), "\(error.code)", sourceLocation: sourceLocation)
            if let position = error.position {
                #expect(position >= 0 && position <= bytes.count, sourceLocation: sourceLocation)
            }
            for language in Language.allCases {
                let unfilled = phrasebook.unfilledPlaceholders(of: error.message, in: language)
                #expect(unfilled.isEmpty, "\(error.code): \(unfilled)", sourceLocation: sourceLocation)
            }
        }
    }
}

private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator, characters: [Character]) {
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0 where place < bytes.count:
            bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1 where place < bytes.count:
            bytes.remove(at: place)
        case 2:
            bytes.insert(contentsOf: String(characters.randomElement(using: &generator) ?? " ").utf8, at: place)
        case 3 where place < bytes.count:
            bytes.removeSubrange(place...)
        default:
            bytes.insert(contentsOf: bytes.prefix(place), at: place)
        }
    }
}

/// The fault that a parser throws, or nil if it throws none.
func fault(_ body: () throws(ParseFault) -> Void) -> ParseFault? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

/// The fault with which a text is refused as a value, or nil if it is one.
func refusal<Value: UTF8Parsable>(_ type: Value.Type, _ text: String) -> ParseFault? {
    fault { () throws(ParseFault) in _ = try Value.parse(text) }
}
