import Credit
import Projects
import Vocabulary

/// By what the project of a loan is known again in other books, the surest first.
public struct ProjectTraces: Sendable, Hashable {
    /// The national code (国家投资项目代码), which no two projects share.
    public var code: String?
    /// The borrower's credit code with the project's name.
    public var owned: String?
    /// The borrower's name with the project's name.
    public var named: String?

    public init(code: String? = nil, owned: String? = nil, named: String? = nil) {
        self.code = code
        self.owned = owned
        self.named = named
    }

    public var isEmpty: Bool { code == nil && owned == nil && named == nil }

    /// - Parameters:
    ///   - investment: Tells projects apart whose names say only a kind of work; without one these have no trace by name.
    public init(
        code: ProjectCode?, project: String, owner: String, ownerCode: UnifiedSocialCreditCode?, investment: Money?,
        _ words: NameWords
    ) {
        self.code = code?.description
        guard !project.isEmpty else { return }
        let name = ProjectName(project, words)
        let cost = (investment?.fen ?? 0) > 0 ? investment : nil
        guard let exact = name.exact ?? cost.map({ "\(name.exactOfAnyName) \($0.fen)" }) else { return }
        owned = ownerCode.map { "\($0) \(exact)" }
        let company = CompanyName(owner, words).exact
        named = "\(company) / \(exact)"
    }
}

/// What one book has out for a project, as far as its traces tell the project.
public struct ProjectExposure: Sendable, Equatable {
    public let traces: ProjectTraces
    /// The lines of its loans in the book.
    public var lines: [Int] = []
    public var balance: Int128 = 0
    public var green: Int128 = 0
    /// The largest total investment that its loans state; nil where none does.
    public var cost: Money?

    public init(traces: ProjectTraces) { self.traces = traces }
}

/// Gathers what a book has out for each project.
public struct ExposureGatherer: Sendable {
    private let words: NameWords
    private var found: [ProjectTraces: ProjectExposure] = [:]
    /// Books name the same projects again and again, often in lines that stand together.
    private var known: [Stated: ProjectTraces] = [:]
    private static let mostKnown = 10_000

    private struct Stated: Hashable {
        let code: ProjectCode?
        let project: String
        let owner: String
        let ownerCode: UnifiedSocialCreditCode?
        let investment: Money?
    }

    public init(words: NameWords) { self.words = words }

    /// Adds a loan; one without a project is passed over.
    public mutating func add(_ loan: FacilitySnapshot) {
        guard loan.projectCode != nil || !loan.projectName.isEmpty else { return }
        let stated = Stated(
            code: loan.projectCode, project: loan.projectName, owner: loan.borrower, ownerCode: loan.borrowerCode,
            investment: loan.totalInvestment)
        let traces =
            known[stated]
            ?? ProjectTraces(
                code: stated.code, project: stated.project, owner: stated.owner, ownerCode: stated.ownerCode,
                investment: stated.investment, words)
        if known.count >= Self.mostKnown { known = [:] }
        known[stated] = traces
        guard !traces.isEmpty else { return }
        var exposure = found[traces] ?? ProjectExposure(traces: traces)
        exposure.lines.append(loan.line)
        exposure.balance += Int128(loan.balance.fen)
        exposure.green += Int128(loan.finding.green.fen)
        if let cost = loan.totalInvestment, cost > .zero { exposure.cost = max(exposure.cost ?? cost, cost) }
        found[traces] = exposure
    }

    /// Hands over what was gathered, in the order of the book, and forgets it.
    public mutating func take() -> [ProjectExposure] {
        var all = Array(found.values)
        (found, known) = ([:], [:])
        all.sort { ($0.lines.first ?? 0) < ($1.lines.first ?? 0) }
        return all
    }
}
