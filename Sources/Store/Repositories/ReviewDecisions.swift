import Access
import Credit
import Standards
import Vocabulary

extension Transaction {
    /// What people decide of lenders' loans.
    public var reviewDecisions: ReviewDecisions { ReviewDecisions(transaction: self) }
}

/// What a person says of a loan.
public enum ReviewVerdict: String, Sendable, CaseIterable, SQLConvertible {
    case accepted
    case notGreen = "not_green"
    /// No person's word stands any more: the loan is judged by its words again.
    case asFound = "as_found"
}

/// Where a decision stands.
public enum ReviewState: String, Sendable, CaseIterable, SQLConvertible {
    /// It waits for a second person.
    case proposed
    case inForce = "in_force"
    /// The second person did not agree.
    case declined
    /// Whoever proposed it took it back.
    case withdrawn
    /// A later decision of the loan came into force.
    case replaced
}

/// A person's decision of a loan.
public struct ReviewDecision: Sendable, Equatable, Identified {
    public static let idPrefix = "rvd"

    /// What was found of the loan without people.
    public struct Found: Sendable, Equatable {
        public let decision: LoanDecision
        public let item: ItemCode?
        /// That it is green, 0 to 1.
        public let probability: Double
        /// The model that found it.
        public let model: String

        public init(decision: LoanDecision, item: ItemCode?, probability: Double, model: String) {
            self.decision = decision
            self.item = item
            self.probability = probability
            self.model = model
        }
    }

    public let id: ID<ReviewDecision>
    /// The lender.
    public let organisation: ID<Organisation>
    /// The lender's own number of the loan.
    public let loanID: String
    /// The book that it was looked at in, and its line there.
    public let book: ID<BookRecord>
    public let line: Int
    public let verdict: ReviewVerdict
    /// The edition that judges the loan.
    public let standard: String
    /// Of an accepted loan, in that edition.
    public let item: ItemCode?
    public let reason: String
    /// What the loan said of itself: the decision holds as long as it does.
    public let texts: LoanTexts
    public let industry: IndustryCode?
    public let balance: Money
    /// Up to which balance one person's word is enough; nil where a second one has agreed or must.
    public let aloneUpTo: Money?
    public let found: Found
    public let proposedBy: ID<Person>
    public let proposedAt: Timestamp
    public var state = ReviewState.proposed
    public var secondBy: ID<Person>?
    public var secondReason: String?
    public var decidedAt: Timestamp?
    /// Which change of the lender's it was when it came into force.
    public var change: Int64?

    public init(
        id: ID<ReviewDecision>, organisation: ID<Organisation>, facility: FacilitySnapshot, in book: ID<BookRecord>,
        verdict: ReviewVerdict, standard: String, item: ItemCode?, reason: String, aloneUpTo: Money?, found: Found,
        by person: ID<Person>, at moment: Timestamp
    ) {
        self.init(
            id: id, organisation: organisation, loanID: facility.loanID, book: book, line: facility.line,
            verdict: verdict, standard: standard, item: item, reason: reason, texts: LoanTexts(facility),
            industry: facility.industry,
            balance: facility.balance, aloneUpTo: aloneUpTo, found: found, proposedBy: person, proposedAt: moment)
    }

    fileprivate init(
        id: ID<ReviewDecision>, organisation: ID<Organisation>, loanID: String, book: ID<BookRecord>, line: Int,
        verdict: ReviewVerdict, standard: String, item: ItemCode?, reason: String, texts: LoanTexts,
        industry: IndustryCode?,
        balance: Money, aloneUpTo: Money?, found: Found, proposedBy: ID<Person>, proposedAt: Timestamp
    ) {
        self.id = id
        self.organisation = organisation
        self.loanID = loanID
        self.book = book
        self.line = line
        self.verdict = verdict
        self.standard = standard
        self.item = item
        self.reason = reason
        self.texts = texts
        self.industry = industry
        self.balance = balance
        self.aloneUpTo = aloneUpTo
        self.found = found
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
    }
}

/// A decision with the names that a list shows.
public struct ReviewEntry: Sendable, Equatable {
    public let decision: ReviewDecision
    public let lender: String
    /// Where the lender sits.
    public let region: RegionCode
    public let period: ReportingPeriod
    public let proposer: String
    public let second: String?

    /// Where it stands, as far as permissions look at it: with its book.
    public var placement: Placement {
        Placement(organisation: decision.organisation, kind: .lender, region: region)
    }
}

/// Which decisions a list shows.
public struct ReviewFilter: Sendable, Equatable {
    public var organisation: ID<Organisation>?
    public var state: ReviewState?
    public var loanID: String?

    public init() {}
}

/// The decisions as they are kept. None is ever changed in what it says, or deleted.
public struct ReviewDecisions {
    let transaction: any Transaction

    private static let columns: SQL = """
        review_decision.id, review_decision.organisation, review_decision.loan_id, review_decision.book,
        review_decision.line, review_decision.verdict, review_decision.standard, review_decision.item, review_decision.reason,
        review_decision.borrower, review_decision.purpose, review_decision.project_name, review_decision.industry,
        review_decision.balance, review_decision.alone_up_to, review_decision.found_decision,
        review_decision.found_item, review_decision.found_probability, review_decision.model, review_decision.state,
        review_decision.proposed_by, review_decision.proposed_at, review_decision.second_by,
        review_decision.second_reason, review_decision.decided_at, review_decision.change,
        organisation.name AS lender, organisation.region AS lender_region, book.period AS period,
        proposer.name AS proposer, second.name AS second_name
        """
    private static let from: SQL = """
        FROM review_decision JOIN organisation ON organisation.id = review_decision.organisation
            JOIN book ON book.id = review_decision.book JOIN person AS proposer ON proposer.id = review_decision.proposed_by
            LEFT JOIN person AS second ON second.id = review_decision.second_by
        """

    /// Takes a decision in.
    /// - Returns: Whether it was taken: not if one of the loan waits for a second person already, or, of one that comes into force
    ///   at once, if another did at the same moment.
    public func insert(_ decision: ReviewDecision) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO review_decision (id, organisation, loan_id, book, line, verdict, standard, item, reason, borrower, purpose,
                project_name, industry, balance, alone_up_to, found_decision, found_item, found_probability, model, state,
                proposed_by, proposed_at, second_by, second_reason, decided_at, change)
            VALUES (\(decision.id), \(decision.organisation), \(decision.loanID), \(decision.book), \(decision.line),
                \(decision.verdict), \(decision.standard), \(decision.item), \(decision.reason), \(decision.texts.borrower),
                \(decision.texts.purpose), \(decision.texts.project), \(decision.industry), \(decision.balance),
                \(decision.aloneUpTo), \(decision.found.decision), \(decision.found.item), \(decision.found.probability),
                \(decision.found.model), \(decision.state), \(decision.proposedBy), \(decision.proposedAt),
                \(decision.secondBy), \(decision.secondReason), \(decision.decidedAt), \(decision.change))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Ends the waiting of a proposal, as the record says how.
    /// - Returns: Whether it still waited.
    public func decide(_ decision: ReviewDecision) throws -> Bool {
        try transaction.run(
            """
            UPDATE review_decision SET state = \(decision.state), second_by = \(decision.secondBy),
                second_reason = \(decision.secondReason), decided_at = \(decision.decidedAt), change = \(decision.change)
            WHERE id = \(decision.id) AND state = 'proposed'
            """) == 1
    }

    /// Lets the decision of a loan that is in force, if there is one, stand aside for a later one.
    public func standAside(_ loanID: String, of organisation: ID<Organisation>) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE review_decision SET state = 'replaced'
            WHERE organisation = \(organisation) AND loan_id = \(loanID) AND state = 'in_force'
            """)
    }

    public func find(_ id: ID<ReviewDecision>) throws -> ReviewEntry? {
        let row = try transaction.row("SELECT \(Self.columns) \(Self.from) WHERE review_decision.id = \(id)")
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// All decisions of a loan, the latest first.
    public func list(loanID: String, of organisation: ID<Organisation>, limit: Int) throws -> [ReviewEntry] {
        try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from)
            WHERE review_decision.organisation = \(organisation) AND review_decision.loan_id = \(loanID)
            ORDER BY review_decision.id DESC LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    /// The decision of a loan that is in a state of which there is one at most.
    public func find(
        _ state: ReviewState, loanID: String, of organisation: ID<Organisation>
    ) throws -> ReviewEntry? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from) WHERE review_decision.organisation = \(organisation)
                AND review_decision.loan_id = \(loanID) AND review_decision.state = \(state)
            ORDER BY review_decision.id DESC LIMIT 1
            """)
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// Those that grants cover and a filter lets through, the last proposed first.
    /// - Parameter before: The last of the page before.
    public func list(
        _ grants: [Grant], _ filter: ReviewFilter = ReviewFilter(),
        before: (proposedAt: Timestamp, id: ID<ReviewDecision>)? = nil, limit: Int
    ) throws -> [ReviewEntry] {
        var conditions: [SQL] = [GrantCondition.books(grants, in: "review_decision")]
        if let organisation = filter.organisation {
            conditions.append("review_decision.organisation = \(organisation)")
        }
        if let state = filter.state { conditions.append("review_decision.state = \(state)") }
        if let loanID = filter.loanID { conditions.append("review_decision.loan_id = \(loanID)") }
        if let before {
            conditions.append(
                "(review_decision.proposed_at, review_decision.id) < (\(before.proposedAt), \(before.id))")
        }
        return try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY review_decision.proposed_at DESC, review_decision.id DESC LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    /// What is in force of a lender, by its loans' numbers, as runs take it in.
    public func inForce(of organisation: ID<Organisation>) throws -> [String: PersonDecision] {
        let rows = try transaction.rows(
            """
            SELECT id, loan_id, verdict, standard, item, reason, borrower, purpose, project_name, alone_up_to FROM review_decision
            WHERE organisation = \(organisation) AND state = 'in_force' AND verdict <> 'as_found'
            """)
        var decisions: [String: PersonDecision] = [:]
        for row in rows {
            let verdict: ReviewVerdict = try row("verdict")
            decisions[try row("loan_id")] = PersonDecision(
                decision: verdict == .accepted ? .accepted : .notGreen, item: try row("item"),
                standard: try row("standard"), by: try row("id"),
                reason: try row("reason"),
                about: LoanTexts(
                    borrower: try row("borrower"), purpose: try row("purpose"), project: try row("project_name")),
                upTo: try row("alone_up_to"))
        }
        return decisions
    }

    /// What is in force of a lender and says what a loan is, the first decided first.
    public func labels(of organisation: ID<Organisation>, limit: Int) throws -> [ReviewEntry] {
        try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE review_decision.organisation = \(organisation)
                AND review_decision.state = 'in_force' AND review_decision.verdict <> 'as_found'
            ORDER BY review_decision.change LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    /// How many changes of a lender's decisions since one are about loans of an assessment.
    public func countSince(
        _ change: Int64, of organisation: ID<Organisation>, in assessment: Int64
    ) throws(StoreFault) -> Int {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS count FROM review_decision JOIN facility_snapshot
                ON facility_snapshot.assessment = \(assessment) AND facility_snapshot.loan_id = review_decision.loan_id
            WHERE review_decision.organisation = \(organisation) AND review_decision.state = 'in_force'
                AND review_decision.change > \(change)
            """)
        return try row?("count") ?? 0
    }

    // MARK: How a lender decides

    /// Above which balance a second person must agree to a lender's decisions; nil where one always must.
    public func secondAbove(of organisation: ID<Organisation>) throws(StoreFault) -> Money? {
        let row = try transaction.row(
            "SELECT second_above FROM review_setting WHERE organisation = \(organisation)")
        guard let row else { return nil }
        return try row("second_above")
    }

    public func setSecondAbove(_ balance: Money?, of organisation: ID<Organisation>) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO review_setting (organisation, second_above, changes) VALUES (\(organisation), \(balance), 0)
            ON CONFLICT (organisation) DO UPDATE SET second_above = excluded.second_above
            """)
    }

    /// How many changes of what is in force of a lender there were.
    public func changes(of organisation: ID<Organisation>) throws(StoreFault) -> Int64 {
        let row = try transaction.row("SELECT changes FROM review_setting WHERE organisation = \(organisation)")
        return try row?("changes") ?? 0
    }

    /// Counts one more change and says which it is. Until the transaction ends no other process counts one of the same lender.
    public func nextChange(of organisation: ID<Organisation>) throws(StoreFault) -> Int64 {
        let row = try transaction.row(
            """
            INSERT INTO review_setting (organisation, second_above, changes) VALUES (\(organisation), NULL, 1)
            ON CONFLICT (organisation) DO UPDATE SET changes = review_setting.changes + 1 RETURNING changes
            """)
        guard let row else { throw StoreFault.statement("review_setting returned no row") }
        return try row("changes")
    }

    private static func entry(_ row: Row) throws -> ReviewEntry {
        var decision = ReviewDecision(
            id: try row("id"), organisation: try row("organisation"), loanID: try row("loan_id"), book: try row("book"),
            line: try row("line"), verdict: try row("verdict"), standard: try row("standard"), item: try row("item"),
            reason: try row("reason"),
            texts: LoanTexts(
                borrower: try row("borrower"), purpose: try row("purpose"), project: try row("project_name")),
            industry: try row("industry"), balance: try row("balance"), aloneUpTo: try row("alone_up_to"),
            found: ReviewDecision.Found(
                decision: try row("found_decision"), item: try row("found_item"),
                probability: try row("found_probability"), model: try row("model")),
            proposedBy: try row("proposed_by"), proposedAt: try row("proposed_at"))
        decision.state = try row("state")
        decision.secondBy = try row("second_by")
        decision.secondReason = try row("second_reason")
        decision.decidedAt = try row("decided_at")
        decision.change = try row("change")
        return ReviewEntry(
            decision: decision, lender: try row("lender"), region: try row("lender_region"), period: try row("period"),
            proposer: try row("proposer"), second: try row("second_name"))
    }
}
