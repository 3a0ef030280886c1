import Access
import Platform
import Store
import Vocabulary
import Web

/// What a fault of a use case is to the one who asked over HTTP.
enum PlatformProblems {
    /// Nil for what nobody outside may see: a damaged file, a fault of the program.
    static func problem(of error: any Error) -> Problem? {
        switch error {
        case let fault as PlatformFault: refusal(fault)
        case let fault as StoreFault: outage(fault)
        default: nil
        }
    }

    private static func refusal(_ fault: PlatformFault) -> Problem {
        switch fault {
        case .notFound: .notFound
        case .signInNeeded: .notSignedIn
        case .forbidden: .forbidden
        case .invalid(let faults): .invalid(faults)
        case .conflict(let message): Problem(status: 409, message: message)
        case .changedMeanwhile: .preconditionFailed
        case .signInRefused: Problem(status: 401, message: Message(key: "account.refused", arguments: [:]))
        case .secondFactorNeeded: Problem(status: 401, message: Message(key: "account.code-needed", arguments: [:]))
        case .throttled(let until):
            Problem(status: 429, message: Message(key: "account.throttled", arguments: ["time": until.localText]))
        case .busy: .busy(retryAfter: 5)
        }
    }

    private static func outage(_ fault: StoreFault) -> Problem? {
        switch fault {
        case .unavailable, .undecided: .busy(retryAfter: 5)
        default: nil
        }
    }

    /// What may stand in the log: the engine's words, which hold no values.
    static func description(of error: any Error) -> String? {
        guard let fault = error as? StoreFault else { return nil }
        return String(describing: fault)
    }
}
