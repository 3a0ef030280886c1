import Vocabulary

/// A person with an account. What proves who it is stands apart, in Store.
public struct Person: Sendable, Hashable, Identified {
    public static let idPrefix = "per"

    public let id: ID<Person>
    public var email: EmailAddress
    public var name: String
    public var language: Language
    public let createdAt: Timestamp
    /// From when on the person may no longer sign in.
    public var disabledAt: Timestamp?

    public init(
        id: ID<Person>, email: EmailAddress, name: String, language: Language, createdAt: Timestamp,
        disabledAt: Timestamp? = nil
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.language = language
        self.createdAt = createdAt
        self.disabledAt = disabledAt
    }
}

/// An address of electronic mail as an account's name: lower case, so that one mailbox has one account.
///
/// Checked for shape alone (RFC 5321's lengths, one `@`, nothing that could end a header line); whether it exists is shown by the
/// invitation that arrives.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Reads an address; nil if it has not the shape of one.
    public init?(_ text: String) {
        let text = text.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (3...255).contains(parts[1].utf8.count),
            text.utf8.count <= 254, parts[1].contains("."), !parts[1].hasPrefix("."), !parts[1].hasSuffix("."),
            !text.contains(".."),
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace && !Self.refused.contains($0)
                    && $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            })
        else { return nil }
        self.text = text
    }

    /// What needs quoting in an address, or could end the header that it stands in.
    private static let refused: Set<Unicode.Scalar> = ["\"", "(", ")", ",", ":", ";", "<", ">", "[", "\\", "]"]

    public var description: String { text }
}
