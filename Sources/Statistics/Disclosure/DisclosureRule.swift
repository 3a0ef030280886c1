/// From when on a sum may be shown to everybody: what nobody can tell one lender or one customer from.
///
/// A threshold on contributors and one on dominance, as statistical offices use them; the numbers are the operator's to set, in
/// Library/statistics/disclosure.yaml.
public struct DisclosureRule: Sendable, Hashable {
    /// The fewest lenders.
    public let lenders: Int
    /// The fewest loans.
    public let loans: Int
    /// The largest part that one lender, or one loan, may have of the whole, in hundredths.
    public let largestPart: Int

    public init(lenders: Int, loans: Int, largestPart: Int) {
        self.lenders = lenders
        self.loans = loans
        self.largestPart = largestPart
    }

    /// Whether a sum may be shown.
    public func allows(_ sum: Contributions) -> Bool {
        guard sum.byLender.count >= lenders, sum.loans >= loans, sum.total > 0 else { return false }
        let largest = max(sum.byLender.values.map(\.amount).max() ?? 0, sum.largestLoan)
        return largest * 100 <= sum.total * Int128(largestPart)
    }
}

/// What a sum is made of, lender by lender.
public struct Contributions: Sendable, Hashable {
    public struct Part: Sendable, Hashable {
        public var loans = 0
        public var amount: Int128 = 0

        public init(loans: Int = 0, amount: Int128 = 0) {
            self.loans = loans
            self.amount = amount
        }
    }

    /// By any name of a lender; only those that have a loan in it.
    public private(set) var byLender: [String: Part] = [:]
    public private(set) var largestLoan: Int128 = 0

    public init() {}

    public var loans: Int { byLender.values.reduce(0) { $0 + $1.loans } }
    public var total: Int128 { byLender.values.reduce(0) { $0 + $1.amount } }

    /// - Parameter largest: The largest of the loans.
    public mutating func add(_ part: Part, of lender: String, largest: Int128) {
        guard part.loans > 0 else { return }
        byLender[lender, default: Part()].loans += part.loans
        byLender[lender, default: Part()].amount += part.amount
        largestLoan = max(largestLoan, largest)
    }

    public static func += (left: inout Contributions, right: Contributions) {
        for (lender, part) in right.byLender { left.add(part, of: lender, largest: right.largestLoan) }
    }
}

extension DisclosureRule {
    /// Which lines of a table may be shown beside its total.
    ///
    /// Lines that may not be shown by themselves are withheld; then, since what is withheld can be reckoned from the total, the smallest
    /// of the others too, until all that is withheld may be shown together.
    /// - Returns: Whether each line is shown; nil where not even the total may be.
    public func shown(_ lines: [Contributions]) -> [Bool]? {
        var total = Contributions()
        for line in lines { total += line }
        guard allows(total) else { return nil }
        var shown = lines.map { $0.loans == 0 || allows($0) }
        func withheld() -> Contributions {
            var sum = Contributions()
            for (index, line) in lines.enumerated() where !shown[index] { sum += line }
            return sum
        }
        while shown.contains(false), !allows(withheld()) {
            let candidates = lines.indices.filter { shown[$0] && lines[$0].loans > 0 }
            guard let smallest = candidates.min(by: { (lines[$0].total, $0) < (lines[$1].total, $1) }) else { break }
            shown[smallest] = false
        }
        return shown
    }
}
