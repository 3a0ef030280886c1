import Credit
import Library
import Spreadsheet
import Vocabulary

/// Why a ledger could not be assessed at all. A bad row is not among the reasons.
public enum AssessmentFault: Error, Sendable {
    case unreadable(SpreadsheetFault)
    case layout(LayoutFault)
    case library(LibraryFault)
    case unknownStandard(String, [String])
    /// The model reads words for another standard; this one can only be added to it.
    case standardNotRead(String)
    case cannotWrite(String, String)
    case badDecisions(line: Int, Message)
    case interrupted
    /// Whoever was handed the rows could not take them.
    case notTaken(any Error)
    /// The header alone, or not even that.
    case noHeader

    public func message(titles: [LedgerColumn: String]) -> Message {
        switch self {
        case .unreadable(let fault): Message(key: fault.code.rawValue, arguments: fault.arguments)
        case .layout(let fault): fault.message(titles: titles)
        case .library(let fault): fault.message
        case .unknownStandard(let id, let known):
            Message(
                key: "assess.unknown-standard", arguments: ["id": id, "known": known.joined(separator: ", ")])
        case .standardNotRead(let id): Message(key: "assess.standard-not-read", arguments: ["id": id])
        case .cannotWrite(let path, let problem):
            Message(key: "assess.cannot-write", arguments: ["path": path, "problem": problem])
        case .badDecisions(let line, let message):
            Message(key: message.key, arguments: message.arguments.merging(["line": "\(line)"]) { old, _ in old })
        case .interrupted, .notTaken: Message(key: "assess.interrupted")
        case .noHeader: Message(key: "assess.no-header")
        }
    }

    /// The exit status of the command: 2 for a mistake in the call, 3 for a ledger that cannot be read.
    public var exitStatus: Int32 {
        switch self {
        case .unknownStandard, .standardNotRead, .badDecisions, .library: 2
        case .unreadable, .layout, .noHeader: 3
        case .cannotWrite, .notTaken: 1
        case .interrupted: 130
        }
    }
}
