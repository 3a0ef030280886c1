import Vocabulary

/// A file of the library that cannot be used: which file, which line, and why.
public struct LibraryFault: Error, Sendable, Hashable {
    public let file: String
    public let line: Int?
    public let message: Message

    public init(file: String, line: Int?, message: Message) {
        self.file = file
        self.line = line
        self.message = message
    }

    init(_ key: String, file: String, line: Int? = nil, _ arguments: [String: String] = [:]) {
        self.init(file: file, line: line, message: Message(key: key, arguments: arguments))
    }

    /// `file:line: reason` in the language asked for.
    public func text(_ phrasebook: Phrasebook, in language: Language) -> String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(phrasebook.text(message, in: language))"
    }
}
