/// What is to be said, without saying it in any language: a key of the phrase catalogues and the values for its
/// placeholders.
///
///     let message = Message(key: "date.impossible-month", arguments: ["month": "13"])
///     phrasebook.text(message, in: .en)
public struct Message: Sendable, Hashable {
    /// The key of the phrase, such as `money.not-a-number`.
    public let key: String
    /// Values for the `{name}` placeholders of the phrase.
    public let arguments: [String: String]

    /// Makes a message.
    /// - Parameters:
    ///   - key: the key of the phrase.
    ///   - arguments: values for the placeholders of the phrase; ones that the phrase does not use are ignored.
    public init(key: String, arguments: [String: String] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}
