import Standards
import Vocabulary

/// A check of a return (表内、表间校验): two sums of figures, and how they must stand to each other.
public struct ReturnCheck: Sendable, Equatable {
    public enum Relation: String, Sendable, CaseIterable {
        case equal
        case atMost = "at_most"
    }

    public enum Severity: String, Sendable, CaseIterable {
        /// The return cannot be handed in.
        case error
        /// The return can be handed in with an explanation.
        case warning
    }

    /// A figure that a check adds or takes away.
    public struct Term: Sendable, Equatable {
        public enum Source: Sendable, Equatable {
            /// A column of a table of the return itself.
            case own(table: String, column: String)
            /// A column of a table of the return of the period before, as it was handed in.
            case earlier(table: String, column: String)
            /// What all books of the database come to, such as `green` or an indicator.
            case database(String)
        }

        /// How often it counts; less than nothing where it is taken away.
        public let factor: Int64
        public let source: Source

        public init(factor: Int64 = 1, _ source: Source) {
            self.factor = factor
            self.source = source
        }

        /// As a form has it.
        public var text: String {
            let times = factor.magnitude == 1 ? "" : "\(factor.magnitude)*"
            let name =
                switch source {
                case .own(let table, let column): "\(table).\(column)"
                case .earlier(let table, let column): "earlier.\(table).\(column)"
                case .database(let name): "database.\(name)"
                }
            return (factor < 0 ? "-" : "") + times + name
        }

        /// Reads `purpose.closing`, `-flow.repaid`, `2*earlier.purpose.closing`, `database.green`.
        /// - Returns: nil for anything else.
        public init?(_ text: String) {
            var rest = text[...]
            var factor: Int64 = 1
            if rest.hasPrefix("-") {
                factor = -1
                rest = rest.dropFirst()
            }
            if let star = rest.firstIndex(of: "*") {
                guard let times = Int64(rest[..<star]), (1...1000).contains(times) else { return nil }
                factor *= times
                rest = rest[rest.index(after: star)...]
            }
            let parts = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else { return nil }
            self.factor = factor
            switch (parts.count, parts[0]) {
            case (2, "database"): source = .database(parts[1])
            case (2, _): source = .own(table: parts[0], column: parts[1])
            case (3, "earlier"): source = .earlier(table: parts[1], column: parts[2])
            default: return nil
            }
        }
    }

    public let id: String
    public let name: BilingualText
    /// The table each of whose lines is checked; nil where the totals are.
    public let lines: String?
    public let left: [Term]
    public let relation: Relation
    public let right: [Term]
    public let severity: Severity

    public init(
        id: String, name: BilingualText, lines: String? = nil, left: [Term], relation: Relation, right: [Term],
        severity: Severity
    ) {
        self.id = id
        self.name = name
        self.lines = lines
        self.left = left
        self.relation = relation
        self.right = right
        self.severity = severity
    }
}

/// What a check of one edition's tables came to.
public struct ReturnCheckResult: Sendable, Equatable {
    /// A line that fails.
    public struct Failure: Sendable, Equatable {
        public let line: String
        public let left: Int128
        public let right: Int128

        public init(line: String, left: Int128, right: Int128) {
            self.line = line
            self.left = left
            self.right = right
        }
    }

    public let standard: String
    public let check: String
    public let name: BilingualText
    public let severity: ReturnCheck.Severity
    public let relation: ReturnCheck.Relation
    /// In what the two sides count.
    public let unit: ReturnUnit
    /// How many lines were compared; none where something to compare with is not there.
    public let compared: Int
    public let failures: [Failure]

    public init(
        standard: String, check: String, name: BilingualText, severity: ReturnCheck.Severity,
        relation: ReturnCheck.Relation, unit: ReturnUnit, compared: Int, failures: [Failure]
    ) {
        self.standard = standard
        self.check = check
        self.name = name
        self.severity = severity
        self.relation = relation
        self.unit = unit
        self.compared = compared
        self.failures = failures
    }

    public var isPassed: Bool { failures.isEmpty && compared > 0 }
}

extension ReturnForm {
    /// Checks the tables of a return.
    /// - Parameters:
    ///   - earlier: The return of the period before, as it was handed in; nil where there is none.
    ///   - database: What the books in the database come to, by edition and name, in the smallest parts.
    public func check(
        _ tables: ReturnTables, earlier: ReturnTables?, database: [String: [String: Int128]]
    ) -> [ReturnCheckResult] {
        tables.editions.flatMap { edition in
            let sources = CheckSources(
                own: edition, earlier: earlier?.edition(edition.standard), database: database[edition.standard] ?? [:])
            return checks.map { $0.result(sources) }
        }
    }
}

/// What the terms of a check are taken from.
private struct CheckSources {
    let own: ReturnEdition
    let earlier: ReturnEdition?
    let database: [String: Int128]

    func figure(_ term: ReturnCheck.Term, at line: String) -> Int128? {
        let figure: Int128? =
            switch term.source {
            case .own(let table, let column): own.table(table)?.figure(line, column)
            case .earlier(let table, let column): earlier?.table(table)?.figure(line, column)
            case .database(let name): database[name]
            }
        return figure.map { $0 * Int128(term.factor) }
    }

    func sum(_ terms: [ReturnCheck.Term], at line: String) -> Int128? {
        var sum: Int128 = 0
        for term in terms {
            guard let figure = figure(term, at: line) else { return nil }
            sum += figure
        }
        return sum
    }

    func unit(_ term: ReturnCheck.Term?) -> ReturnUnit? {
        guard case .own(let table, let column)? = term?.source, let table = own.table(table),
            let position = table.position(ofColumn: column)
        else { return nil }
        return table.columns[position].unit
    }
}

extension ReturnCheck {
    fileprivate func result(_ sources: CheckSources) -> ReturnCheckResult {
        let lines = self.lines.flatMap { sources.own.table($0)?.lines.map(\.key) } ?? [ReturnTable.total]
        var compared = 0
        var failures: [ReturnCheckResult.Failure] = []
        for line in lines {
            guard let left = sources.sum(self.left, at: line), let right = sources.sum(self.right, at: line) else {
                continue
            }
            compared += 1
            let holds =
                switch relation {
                case .equal: left == right
                case .atMost: left <= right
                }
            if !holds { failures.append(ReturnCheckResult.Failure(line: line, left: left, right: right)) }
        }
        let unit = (self.left + self.right).lazy.compactMap { sources.unit($0) }.first
        return ReturnCheckResult(
            standard: sources.own.standard, check: id, name: name, severity: severity, relation: relation,
            unit: unit ?? .money, compared: compared, failures: failures)
    }
}
