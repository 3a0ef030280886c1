import Vocabulary

/// Why a service cannot start.
public struct ServiceFault: Error, Sendable, Equatable {
    public let message: Message

    init(_ key: String, _ arguments: [String: String] = [:]) {
        message = Message(key: key, arguments: arguments)
    }
}
