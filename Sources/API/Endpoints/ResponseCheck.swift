import Vocabulary
import Web

/// An answer that is not as its endpoint describes it: a fault of ours, found in tests and debug runs.
public struct UndescribedAnswer: Error, Sendable, Equatable, CustomStringConvertible {
    public let operation: String
    public let status: Int
    public let details: [FieldFault]

    public var description: String {
        "\(operation) \(status): \(details.map { "\($0.pointer) \($0.message.key)" }.joined(separator: ", "))"
    }
}

/// Holds answers against their description.
struct ResponseCheck {
    let endpoint: Endpoint
    let schemas: [String: Schema]

    /// - Throws: ``UndescribedAnswer``.
    func check(_ answer: EndpointResponse, _ value: JSONValue?) throws(UndescribedAnswer) {
        func undescribed(_ details: [FieldFault] = []) -> UndescribedAnswer {
            UndescribedAnswer(operation: endpoint.operation, status: answer.status, details: details)
        }
        guard let reply = endpoint.replies.first(where: { $0.status == answer.status }) else { throw undescribed() }
        switch reply.content {
        case .nothing:
            guard case .nothing = answer.content else { throw undescribed() }
        case .bytes(let mediaTypes):
            guard case .bytes(_, let mediaType) = answer.content, mediaTypes.contains(mediaType) else {
                throw undescribed()
            }
        case .json(let schema):
            guard let value else { throw undescribed() }
            let faults = schema.faults(in: value, schemas: schemas)
            guard faults.isEmpty else { throw undescribed(faults) }
        }
    }
}
