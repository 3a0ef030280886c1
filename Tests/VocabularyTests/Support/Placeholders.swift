@testable import Vocabulary

extension Phrasebook {
    /// Placeholders of a phrase for which the message has no value.
    func unfilledPlaceholders(of message: Message, in language: Language) -> [String] {
        let bare = text(Message(key: message.key), in: language)
        return Phrasebook.placeholders(of: bare).filter { message.arguments[$0] == nil }
    }
}
