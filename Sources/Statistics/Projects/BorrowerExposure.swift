import Credit
import Projects
import Vocabulary

/// By what a borrower is known again in other books.
public enum BorrowerTrace: Sendable, Hashable {
    case code(UnifiedSocialCreditCode)
    /// What all spellings of its name share: see `CompanyName.exact`.
    case name(String)

    /// A name as somebody writes it.
    public init(name: String, _ words: NameWords) { self = .name(CompanyName(name, words).exact) }

    /// A text that no other trace has.
    public var text: String {
        switch self {
        case .code(let code): code.description
        case .name(let name): name
        }
    }
}

/// What one book has out to a borrower in loans that are green or in doubt, as far as one trace tells the borrower.
public struct BorrowerExposure: Sendable, Equatable {
    public let trace: BorrowerTrace
    /// The lines of its loans; of a name only those without a code.
    public var lines: [Int] = []
    public var balance: Int128 = 0
    public var green: Int128 = 0
    public var inDoubt: Int128 = 0
    /// Of a code the names, of a name the codes that are stated with it.
    public var also: Set<String> = []

    public init(trace: BorrowerTrace) { self.trace = trace }
}

/// Gathers what a book has out to each borrower.
public struct BorrowerGatherer: Sendable {
    private let words: NameWords
    private var found: [BorrowerTrace: BorrowerExposure] = [:]
    private var names: [String: BorrowerTrace] = [:]
    private static let mostNames = 10_000

    public init(words: NameWords) { self.words = words }

    /// Adds a loan; one that is neither green nor in doubt is passed over.
    public mutating func add(_ loan: FacilitySnapshot) {
        let finding = loan.finding
        guard finding.decision == .accepted || finding.decision == .review else { return }
        let name = names[loan.borrower] ?? BorrowerTrace(name: loan.borrower, words)
        if names.count >= Self.mostNames { names = [:] }
        names[loan.borrower] = name
        let trace = loan.borrowerCode.map { BorrowerTrace.code($0) } ?? name
        var exposure = found[trace] ?? BorrowerExposure(trace: trace)
        exposure.lines.append(loan.line)
        exposure.balance += Int128(loan.balance.fen)
        if finding.decision == .accepted {
            exposure.green += Int128(finding.green.fen)
        } else {
            exposure.inDoubt += Int128(loan.balance.fen)
        }
        if trace != name {
            exposure.also.insert(name.text)
            found[name, default: BorrowerExposure(trace: name)].also.insert(trace.text)
        }
        found[trace] = exposure
    }

    /// Hands over what was gathered, in the order of the traces' texts, and forgets it.
    public mutating func take() -> [BorrowerExposure] {
        var all = Array(found.values)
        (found, names) = ([:], [:])
        all.sort { $0.trace.text.utf8.lexicographicallyPrecedes($1.trace.text.utf8) }
        return all
    }
}
