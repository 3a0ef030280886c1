import Vocabulary

/// An error as RFC 9457 has it (`application/problem+json`), pointing at the fields that are wrong.
public struct Problem: Error, Sendable, Equatable {
    /// One fault of the request.
    public struct Detail: Sendable, Equatable {
        /// Where it lies: a JSON pointer (RFC 6901) into the body, or the name of a parameter or header.
        public let pointer: String
        /// What is wrong and what to do.
        public let message: Message

        public init(pointer: String, message: Message) {
            self.pointer = pointer
            self.message = message
        }
    }

    /// The HTTP status.
    public let status: Int
    /// A stable key of what went wrong, such as `request.invalid`; the phrase of this key is the title.
    public let message: Message
    public let details: [Detail]

    public init(status: Int, message: Message, details: [Detail] = []) {
        self.status = status
        self.message = message
        self.details = details
    }
}
