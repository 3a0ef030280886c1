import HTTPTypes
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
    /// A stable key of what went wrong, such as `problem.invalid`; its phrase says it in full.
    public let message: Message
    /// The fields that are wrong, at most ``mostDetails``.
    public let details: [Detail]
    /// Header fields that belong to the answer, such as `Allow` or `Retry-After`.
    public let headers: HTTPFields

    public init(status: Int, message: Message, details: [Detail] = [], headers: HTTPFields = [:]) {
        self.status = status
        self.message = message
        self.details = Array(details.prefix(Self.mostDetails))
        self.headers = headers
    }

    /// A body with a thousand faults is not answered with a thousand sentences.
    public static let mostDetails = 50
}
