import Access
import Credit
import Standards
import Store
import Vocabulary

extension Platform {
    /// The most characters of a reason.
    static let mostReasonCharacters = 1000
    /// How many decisions of a loan are shown with it.
    private static let shownDecisions = 50

    // MARK: Reading

    /// The loans of a book that are in doubt and of which nobody has said anything yet, the largest first.
    /// - Parameter after: The last of the page before.
    public func doubts(
        of id: ID<BookRecord>, after: (balance: Money, line: Int)? = nil, limit: Int, by viewer: Viewer
    ) async throws -> [FacilitySnapshot] {
        let (entry, found) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            guard let assessment = entry.book.assessment else { return (entry, [FacilitySnapshot]()) }
            return (
                entry,
                try transaction.facilitySnapshots.inDoubt(
                    assessment, of: entry.book.organisation, after: after, limit: limit)
            )
        }
        try await noteFacilities(of: entry, count: found.count, by: viewer)
        return found
    }

    /// One loan of a book that counts or counted, with all that a decision of it needs.
    /// - Parameter line: Its line in the book.
    public func reviewCase(of id: ID<BookRecord>, line: Int, by viewer: Viewer) async throws -> ReviewCase {
        let (entry, facility, decisions, limit) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            let facility = try transaction.facility(line, of: entry)
            let lender = entry.book.organisation
            return (
                entry, facility,
                try transaction.reviewDecisions.list(
                    loanID: facility.loanID, of: lender, limit: Self.shownDecisions),
                try transaction.reviewDecisions.secondAbove(of: lender)
            )
        }
        try await noteFacilities(of: entry, count: 1, by: viewer)
        var judge = try await judge(of: entry.book)
        let (loan, found) = judge.found(facility)
        return ReviewCase(
            entry: entry, facility: facility, found: found, standard: judge.edition(of: loan),
            words: judge.words(loan, facility),
            candidates: judge.candidates(loan, facility), decisions: decisions,
            needsSecond: Self.isAloneEnough(facility.balance, limit) == nil, loan: loan, judge: judge)
    }

    /// What people decided of the loans that the viewer may see, the last proposed first.
    public func decisions(
        _ filter: ReviewFilter = ReviewFilter(), before: (proposedAt: Timestamp, id: ID<ReviewDecision>)? = nil,
        limit: Int, by viewer: Viewer
    ) async throws -> [ReviewEntry] {
        let grants = try viewer.requireGrants(for: .readFacility)
        let found = try await database.read {
            try $0.reviewDecisions.list(grants, filter, before: before, limit: limit)
        }
        if let first = found.first {
            try await noteReading(
                of: "decisions", count: found.count, what: .readFacility, grant: first.placement, by: viewer)
        }
        return found
    }

    /// One decision.
    public func decision(_ id: ID<ReviewDecision>, by viewer: Viewer) async throws -> ReviewEntry {
        let entry = try await database.read { try $0.decision(id, for: .readFacility, by: viewer) }
        try await noteReading(of: id.text, count: 1, what: .readFacility, grant: entry.placement, by: viewer)
        return entry
    }

    // MARK: Deciding

    /// Decides of a loan. Up to the balance that the lender sets it comes into force at once; above it, it waits for a second person.
    /// - Parameters:
    ///   - line: The loan's line in the book.
    ///   - item: Of the edition that judges the loan, where it is accepted.
    ///   - reason: Why, for whoever asks later.
    ///   - language: In which it is told why a decision would come to nothing.
    /// - Throws: `PlatformFault.invalid` without a reason, for an item that the catalogue does not have, or where the decision would
    ///   change nothing because a stated fact stands against it; `conflict` where the book does not count, another decision of the loan
    ///   waits, or the same is in force.
    public func decide(
        on id: ID<BookRecord>, line: Int, _ verdict: ReviewVerdict, item: ItemCode? = nil, reason: String,
        in language: Language, by viewer: Viewer
    ) async throws -> ReviewEntry {
        let reason = try Self.reason(reason)
        let (entry, facility) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .decideFacility, by: viewer)
            return (entry, try transaction.facility(line, of: entry))
        }
        let item = verdict == .accepted ? item : nil
        var judge = try await judge(of: entry.book)
        let (loan, found) = judge.found(facility)
        let standard = judge.edition(of: loan)
        try check(verdict, item, under: standard, facility, &judge, in: language)
        let (moment, decisionID) = (now, newID(ReviewDecision.self))
        return try await database.write { transaction in
            let entry = try transaction.book(id, for: .decideFacility, by: viewer)
            let lender = entry.book.organisation
            guard entry.book.state == .accepted else { throw PlatformFault.conflict("review.not-in-force") }
            try transaction.requireNews(verdict, item, under: standard, facility, of: lender)
            let alone = Self.isAloneEnough(
                facility.balance, try transaction.reviewDecisions.secondAbove(of: lender))
            var decision = ReviewDecision(
                id: decisionID, organisation: lender, facility: facility, in: id, verdict: verdict,
                standard: standard, item: item, reason: reason, aloneUpTo: alone, found: found, by: viewer.person,
                at: moment)
            if alone != nil {
                guard try transaction.reviewDecisions.find(.proposed, loanID: facility.loanID, of: lender) == nil else {
                    throw PlatformFault.conflict("review.waiting-already")
                }
                decision.state = .inForce
                decision.decidedAt = moment
                decision.change = try transaction.reviewDecisions.nextChange(of: lender)
                try transaction.reviewDecisions.standAside(facility.loanID, of: lender)
            }
            guard try transaction.reviewDecisions.insert(decision) else {
                throw PlatformFault.conflict("review.waiting-already")
            }
            return try transaction.recorded(decision, .decideFacility, by: viewer, at: moment)
        }
    }

    /// Agrees to a decision that waits for a second person: it comes into force.
    /// - Throws: `PlatformFault.conflict` where it does not wait any more, or the viewer proposed it.
    public func confirmDecision(_ id: ID<ReviewDecision>, by viewer: Viewer) async throws -> ReviewEntry {
        try await second(id, by: viewer) { transaction, decision in
            decision.state = .inForce
            decision.change = try transaction.reviewDecisions.nextChange(of: decision.organisation)
            try transaction.reviewDecisions.standAside(decision.loanID, of: decision.organisation)
        }
    }

    /// Does not agree to a decision that waits for a second person.
    public func declineDecision(_ id: ID<ReviewDecision>, reason: String, by viewer: Viewer) async throws -> ReviewEntry
    {
        let reason = try Self.reason(reason)
        return try await second(id, by: viewer) { _, decision in
            decision.state = .declined
            decision.secondReason = reason
        }
    }

    /// Takes a decision back that waits for a second person; only who proposed it may.
    public func withdrawDecision(_ id: ID<ReviewDecision>, by viewer: Viewer) async throws -> ReviewEntry {
        let moment = now
        return try await database.write { transaction in
            var decision = try transaction.decision(id, for: .decideFacility, by: viewer).decision
            guard decision.proposedBy == viewer.person else { throw PlatformFault.conflict("review.not-own") }
            decision.state = .withdrawn
            decision.decidedAt = moment
            guard try transaction.reviewDecisions.decide(decision) else {
                throw PlatformFault.conflict("review.decided")
            }
            return try transaction.recorded(decision, .decideFacility, by: viewer, at: moment)
        }
    }

    /// What a second person does to a decision that waits.
    private func second(
        _ id: ID<ReviewDecision>, by viewer: Viewer,
        _ end: @escaping @Sendable (any Transaction, inout ReviewDecision) throws -> Void
    ) async throws -> ReviewEntry {
        let moment = now
        return try await database.write { transaction in
            var decision = try transaction.decision(id, for: .confirmDecision, by: viewer).decision
            guard decision.proposedBy != viewer.person else { throw PlatformFault.conflict("review.own-decision") }
            guard decision.state == .proposed else { throw PlatformFault.conflict("review.decided") }
            try end(transaction, &decision)
            decision.secondBy = viewer.person
            decision.decidedAt = moment
            guard try transaction.reviewDecisions.decide(decision) else {
                throw PlatformFault.conflict("review.decided")
            }
            return try transaction.recorded(decision, .confirmDecision, by: viewer, at: moment)
        }
    }

    // MARK: What a decision must be

    private static func reason(_ text: String) throws(PlatformFault) -> String {
        let text = text.trimmingSpaces()
        guard !text.isEmpty, text.count <= mostReasonCharacters else {
            throw PlatformFault.invalid("/reason", "review.reason-needed", ["most": String(mostReasonCharacters)])
        }
        return text
    }

    /// The limit, where one person's word is enough; nil where a second person must agree.
    private static func isAloneEnough(_ balance: Money, _ limit: Money?) -> Money? {
        limit.flatMap { balance <= $0 ? $0 : nil }
    }

    /// A decision that would come to nothing is refused now, not found out in the statement.
    private func check(
        _ verdict: ReviewVerdict, _ item: ItemCode?, under standard: String, _ facility: FacilitySnapshot,
        _ judge: inout ReviewJudge, in language: Language
    ) throws(PlatformFault) {
        let wanted: LoanDecision
        switch verdict {
        case .asFound: return
        case .notGreen: wanted = .notGreen
        case .accepted:
            guard let item, library.pack(standard)?[item] != nil else {
                throw PlatformFault.invalid("/item", "review.item-needed")
            }
            wanted = .accepted
        }
        let outcome = judge.outcome(facility, wanted, item, under: standard)
        guard outcome.decision == wanted else {
            throw PlatformFault.invalid(
                verdict == .accepted ? "/item" : "/verdict", "review.no-effect",
                ["reason": judge.reason(of: outcome, facility, in: language)])
        }
    }
}

extension Transaction {
    /// A loan of a book that counts or counted.
    fileprivate func facility(_ line: Int, of entry: BookEntry) throws -> FacilitySnapshot {
        guard let assessment = entry.book.assessment,
            let facility = try facilitySnapshots.find(line: line, in: assessment)
        else { throw PlatformFault.notFound }
        return facility
    }

    /// A decision that the viewer may do an act to: see `Viewer.covered`.
    fileprivate func decision(_ id: ID<ReviewDecision>, for act: Act, by viewer: Viewer) throws -> ReviewEntry {
        try viewer.covered(by: act, at: \.placement) { try reviewDecisions.find(id) }
    }

    /// Refuses what is in force already, and what has nothing to undo.
    fileprivate func requireNews(
        _ verdict: ReviewVerdict, _ item: ItemCode?, under standard: String, _ facility: FacilitySnapshot,
        of lender: ID<Organisation>
    ) throws {
        let inForce = try reviewDecisions.find(.inForce, loanID: facility.loanID, of: lender)?.decision
        if verdict == .asFound, inForce == nil || inForce?.verdict == .asFound {
            throw PlatformFault.conflict("review.nothing-to-undo")
        }
        if let inForce, inForce.verdict == verdict, inForce.item == item, inForce.texts == LoanTexts(facility),
            verdict == .notGreen || inForce.standard == standard,
            inForce.aloneUpTo.map({ facility.balance <= $0 }) ?? true
        {
            throw PlatformFault.conflict("review.same")
        }
    }

    /// Puts what was done to a decision into the trail and reads it back.
    fileprivate func recorded(
        _ decision: ReviewDecision, _ act: Act, by viewer: Viewer, at moment: Timestamp
    ) throws -> ReviewEntry {
        guard let entry = try reviewDecisions.find(decision.id) else { throw PlatformFault.notFound }
        try record(
            Deed(
                act, on: decision.id.text, by: viewer, for: decision.organisation,
                [
                    "book": .string(decision.book.text), "loan": .string(decision.loanID),
                    "verdict": .string(decision.verdict.rawValue), "item": JSONValue(decision.item?.text),
                    "state": .string(decision.state.rawValue), "balance": .string(String(decision.balance.fen)),
                    "model": .string(decision.found.model), "found": .string(decision.found.decision.rawValue),
                    // The trail cannot forget, so it holds no words of people: the record of the decision does.
                    "reason": .string(try JSONValue.string(decision.secondReason ?? decision.reason).canonicalDigest()),
                ]), at: moment)
        return entry
    }
}
