import LibraryFixtures
import Testing
import Vocabulary

@testable import Store

@Suite("Faults of the store are told in full")
struct FaultMessageTests {
    private static let messages: [Message] =
        [
            StoreFault.constraint("c"), .unavailable("u"), .undecided("u"), .badColumn("b"), .statement("s"),
            .newerSchema(found: 2, known: 1), .changedMigration(1),
        ].map(\.message)
        + [
            BackupFault.exists("p"), .cannotWrite("p"), .cannotRead("p"), .damaged("f"), .notEmpty, .otherTable("t"),
        ].map(\.message)

    @Test("Each phrase has a value for each of its places, in both languages", arguments: Language.allCases)
    func phrases(language: Language) throws {
        let phrases = try DeliveredFiles.phrases(language, ["store", "backup"])
        for message in Self.messages {
            let phrase = try #require(phrases[message.key], "\(language) lacks \(message.key)")
            #expect(Set(Phrasebook.placeholders(of: phrase)) == Set(message.arguments.keys), "\(message.key)")
        }
    }
}
