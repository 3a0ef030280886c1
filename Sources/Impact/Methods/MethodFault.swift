import Vocabulary

/// Why a method cannot be used.
public struct MethodFault: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        case duplicateName
        case noSource
        case unknownFact
        case unknownFactor
        case unknownIndicator
        case wrongDimension
        case tooManyFactors
        case formula(FormulaFault.Reason)

        /// The key of the phrase that explains it.
        public var key: String {
            switch self {
            case .duplicateName: "method.duplicate-name"
            case .noSource: "method.no-source"
            case .unknownFact: "method.unknown-fact"
            case .unknownFactor: "method.unknown-factor"
            case .unknownIndicator: "method.unknown-indicator"
            case .wrongDimension: "method.wrong-dimension"
            case .tooManyFactors: "method.too-many-factors"
            case .formula(let reason): reason.rawValue
            }
        }
    }

    public let reason: Reason
    public let method: String
    public let subject: String

    public init(_ reason: Reason, method: String, subject: String) {
        self.reason = reason
        self.method = method
        self.subject = subject
    }

    public var message: Message {
        Message(key: reason.key, arguments: ["method": method, "subject": subject])
    }
}
