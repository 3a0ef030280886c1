/// A field of something that somebody entered or sent, and what is wrong with it.
public struct FieldFault: Error, Sendable, Hashable {
    /// The field as a JSON pointer (RFC 6901): `/name`, `/owner/credit_code`, `/facts/installed_capacity`; of a request also the
    /// name of a parameter or header.
    public let pointer: String
    /// What is wrong and what to do.
    public let message: Message

    public init(_ pointer: String, _ message: Message) {
        self.pointer = pointer
        self.message = message
    }

    public init(_ pointer: String, _ key: String, _ arguments: [String: String] = [:]) {
        self.init(pointer, Message(key: key, arguments: arguments))
    }
}
