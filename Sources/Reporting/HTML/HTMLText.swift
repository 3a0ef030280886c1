import Standards
import Vocabulary

/// A page while it is written. Whatever comes from a ledger goes through `escaped`.
struct HTMLText {
    private(set) var text = ""

    /// Markup of our own.
    mutating func raw(_ markup: String) { text += markup }

    /// Text from anywhere.
    mutating func escaped(_ content: String) { text += HTMLEscaping.escaped(content) }

    mutating func element(_ name: String, _ content: String) {
        raw("<\(name)>")
        escaped(content)
        raw("</\(name)>\n")
    }

    /// Chinese, and English behind it in a quieter voice.
    mutating func bilingual(_ content: BilingualText) {
        escaped(content.zh)
        guard content.zh != content.en else { return }
        raw(" <span class=\"en\" lang=\"en\">")
        escaped(content.en)
        raw("</span>")
    }

    mutating func heading(_ level: String, _ content: BilingualText, id: String? = nil) {
        raw("<\(level)" + (id.map { " id=\"\($0)\"" } ?? "") + ">")
        bilingual(content)
        raw("</\(level)>\n")
    }

    mutating func paragraph(_ content: BilingualText, class name: String) {
        raw("<p class=\"\(name)\">")
        bilingual(content)
        raw("</p>\n")
    }
}
