import HTTPTypes
import Vocabulary

/// An error as RFC 9457 has it (`application/problem+json`), pointing at the fields that are wrong.
public struct Problem: Error, Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// A stable key of what went wrong, such as `problem.invalid`; its phrase says it in full.
    public let message: Message
    /// The fields, parameters and headers that are wrong, at most ``mostDetails``.
    public let details: [FieldFault]
    /// Header fields that belong to the answer, such as `Allow` or `Retry-After`.
    public let headers: HTTPFields

    public init(status: Int, message: Message, details: [FieldFault] = [], headers: HTTPFields = [:]) {
        self.status = status
        self.message = message
        self.details = Array(details.prefix(Self.mostDetails))
        self.headers = headers
    }

    /// A body with a thousand faults is not answered with a thousand sentences.
    public static let mostDetails = 50
}
