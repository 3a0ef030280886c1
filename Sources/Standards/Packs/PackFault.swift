import Vocabulary

/// Why a pack, dictionary or other file of the library cannot be used.
public struct PackFault: Error, Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case duplicate = "pack.duplicate"
        case unknownGroup = "pack.unknown-group"
        case noActivity = "pack.no-activity"
        case danglingReference = "pack.dangling-reference"
        case circularReference = "pack.circular-reference"
        case referencesTooDeep = "pack.references-too-deep"
        case unknownTier = "pack.unknown-tier"
    }

    public let reason: Reason
    public let subject: String
    /// The item at fault, where it is one.
    public let item: ItemCode?

    public init(_ reason: Reason, subject: String, item: ItemCode? = nil) {
        self.reason = reason
        self.subject = subject
        self.item = item
    }

    public var message: Message { Message(key: reason.rawValue, arguments: ["subject": subject]) }
}
