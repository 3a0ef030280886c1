import Access
import Store
import Vocabulary

/// How far the review of a book is.
public struct BookReview: Sendable, Equatable {
    public let entry: BookEntry
    /// Changes of decisions of its loans that the assessment that counts does not know yet.
    public let open: Int
    /// Whether the rules are others than those that it was judged by.
    public let isByOlderRules: Bool
    /// The goings over that counted, the last first.
    public let assessments: [AssessmentRecord]
}

extension Platform {
    /// How many goings over of a book are shown with it.
    private static let shownAssessments = 50

    /// How far the review of a book is. It tells of no customer.
    public func review(of id: ID<BookRecord>, by viewer: Viewer) async throws -> BookReview {
        let (entry, assessments, open, model) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readBook, by: viewer)
            let assessments = try transaction.assessments.list(of: id, limit: Self.shownAssessments)
            guard entry.book.state == .accepted, let number = entry.book.assessment, let last = assessments.first else {
                return (entry, assessments, nil as Int?, nil as ModelEntry?)
            }
            let lender = entry.book.organisation
            return (
                entry, assessments,
                try transaction.reviewDecisions.countSince(last.change, of: lender, in: number),
                try transaction.models.inUse(of: lender)
            )
        }
        guard let open, let last = assessments.first else {
            return BookReview(entry: entry, open: 0, isByOlderRules: false, assessments: assessments)
        }
        return BookReview(
            entry: entry, open: open, isByOlderRules: last.library != (try await library(with: model)).state,
            assessments: assessments)
    }

    /// Above which balance a second person must agree to a lender's decisions; nil where one always must.
    public func reviewLimit(of id: ID<Organisation>, by viewer: Viewer) async throws -> Money? {
        try await database.read { transaction in
            _ = try transaction.lender(id, for: .readOrganisation, by: viewer)
            return try transaction.reviewDecisions.secondAbove(of: id)
        }
    }

    /// Sets above which balance a second person must agree to a lender's decisions. Decisions in force keep the limit that they were
    /// made under.
    /// - Parameter balance: nil where one always must.
    public func setReviewLimit(_ balance: Money?, of id: ID<Organisation>, by viewer: Viewer) async throws {
        if let balance, balance < .zero { throw PlatformFault.invalid("/second_above", "review.limit-negative") }
        let moment = now
        try await database.write { transaction in
            _ = try transaction.lender(id, for: .setReviewLimit, by: viewer)
            let before = try transaction.reviewDecisions.secondAbove(of: id)
            try transaction.reviewDecisions.setSecondAbove(balance, of: id)
            try transaction.record(
                Deed(
                    .setReviewLimit, on: id.text, by: viewer, for: id,
                    [
                        "before": JSONValue(before.map { String($0.fen) }),
                        "after": JSONValue(balance.map { String($0.fen) }),
                    ]), at: moment)
        }
    }
}

extension Transaction {
    /// A lender that the viewer may do an act to. No other organisation decides of loans.
    func lender(_ id: ID<Organisation>, for act: Act, by viewer: Viewer) throws -> Organisation {
        let organisation = try organisation(id, for: act, by: viewer)
        guard organisation.kind == .lender else { throw PlatformFault.notFound }
        return organisation
    }
}
