import Standards
import Vocabulary

/// The words of a statement in both languages at once.
struct StatementWords: Sendable {
    let phrasebook: Phrasebook

    func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> BilingualText {
        let message = Message(key: "statement." + key, arguments: arguments)
        return BilingualText(zh: phrasebook.text(message, in: .zh), en: phrasebook.text(message, in: .en))
    }

    /// With arguments that are themselves words: each language takes its own.
    func callAsFunction(
        _ key: String, _ arguments: [String: String], bilingual: [String: BilingualText]
    ) -> BilingualText {
        func text(_ language: Language) -> String {
            let own = arguments.merging(bilingual.mapValues { $0[language] }) { _, own in own }
            return phrasebook.text(Message(key: "statement." + key, arguments: own), in: language)
        }
        return BilingualText(zh: text(.zh), en: text(.en))
    }

    func column(_ id: String) -> StatementColumn { StatementColumn(id: id, title: self("column.\(id)")) }

    func columns(_ ids: String...) -> [StatementColumn] { ids.map(column) }
}

extension BilingualText {
    init(_ same: String) {
        self.init(zh: same, en: same)
    }
}
