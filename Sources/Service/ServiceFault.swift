import Vocabulary

/// Why a service cannot start, or why its data cannot be looked after.
public struct ServiceFault: Error, Sendable, Equatable {
    public let message: Message
    /// Whether something could not be read, else that something could not be written.
    public let isOfReading: Bool

    init(_ key: String, _ arguments: [String: String] = [:], isOfReading: Bool = true) {
        message = Message(key: key, arguments: arguments)
        self.isOfReading = isOfReading
    }
}
