import Vocabulary

/// The platform's words in one language.
struct Words: Sendable {
    let phrasebook: Phrasebook
    let language: Language

    /// The phrase of a key.
    func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
        phrasebook.text(Message(key: key, arguments: arguments), in: language)
    }

    func callAsFunction(_ message: Message) -> String { phrasebook.text(message, in: language) }

    /// A moment as people of the region say it.
    func callAsFunction(_ moment: Timestamp?) -> String { moment?.localText ?? "–" }
}
