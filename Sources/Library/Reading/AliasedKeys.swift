/// A look for keys that are no text in a document with aliases, before the document is composed.
///
/// Composing compares the keys of a mapping, and a key of aliases that stand for aliases would take longer than anyone can wait
/// to compare. No key of a rule file is anything but a text, so such a document is refused unread. The look goes by
/// single characters and may take a quotation for such a key, but only in a document that has an alias as well.
struct AliasedKeys {
    /// The line of the first such key; nil where there is none, or no alias.
    let line: Int?

    init(_ text: String) {
        var line = 1
        var keyLine: Int?
        var hasAlias = false
        /// What stood before, where it was no space; a line starts anew.
        var last = UInt8(ascii: "\n")
        var isAfterSpace = true
        var isInAlias = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if byte == UInt8(ascii: "\n") { line += 1 }
                last = byte
                isAfterSpace = true
                isInAlias = false
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                isAfterSpace = true
                continue
            case UInt8(ascii: "*") where Self.mayStart(after: last, isAfterSpace):
                hasAlias = true
                isInAlias = true
            case UInt8(ascii: "?") where Self.mayStart(after: last, isAfterSpace):
                keyLine = keyLine ?? line
            case UInt8(ascii: ":") where isInAlias || last == UInt8(ascii: "]") || last == UInt8(ascii: "}"):
                keyLine = keyLine ?? line
                isInAlias = false
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): isInAlias = false
            default:
                if isAfterSpace { isInAlias = false }
            }
            last = byte
            isAfterSpace = false
        }
        self.line = hasAlias ? keyLine : nil
    }

    /// Whether a node of the document may start at a character; YAML knows line ends beyond ASCII, too.
    private static func mayStart(after last: UInt8, _ isAfterSpace: Bool) -> Bool {
        isAfterSpace || last >= 0x80
            || [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":")].contains(last)
    }
}
