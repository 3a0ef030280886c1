import Reporting
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

    /// The way to the next page of a list, where there is one.
    func next(_ address: String?, _ key: String = "portal.next") -> HTML {
        address.map { "<p><a href=\"\($0)\" rel=\"next\">\(self(key))</a></p>" } ?? .none
    }
}

/// Amounts as people say them: 万元.
func amount(_ fen: Int128?) -> String { fen.map(CellText.tenThousandYuan) ?? "–" }

func amount(_ money: Money?) -> String { amount(money.map { Int128($0.fen) }) }
