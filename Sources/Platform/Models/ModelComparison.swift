import Access
import Assessment
import Credit
import Identification
import Library
import Standards
import Store
import Vocabulary

/// How a model compares with the one in use: on the loans that the platform sets aside for testing, on decisions that it did not
/// learn from, and on what would become of the lender's latest book.
struct ModelComparison: Sendable {
    private let platform: Platform
    private let before: RuleLibrary
    private let after: RuleLibrary

    init(_ platform: Platform, before: RuleLibrary, after: RuleLibrary) {
        self.platform = platform
        self.before = before
        self.after = after
    }

    func json(heldBack: [LabelledExample], book lender: ID<Organisation>) async throws -> JSONValue {
        let tests = try platform.testExamples()
        return [
            "before": .string(before.model.version), "after": .string(after.model.version),
            "tests": side(tests.map { ($0.text, $0.item) }),
            "held_back": side(heldBack.map { ($0.text, $0.item?.text) }), "book": try await book(of: lender),
        ]
    }

    private func side(_ examples: [(text: LoanText, item: String?)]) -> JSONValue {
        [
            "rows": .integer(Int64(examples.count)), "before": Self.measures(examples, before.model),
            "after": Self.measures(examples, after.model),
        ]
    }

    private static func measures(
        _ examples: [(text: LoanText, item: String?)], _ model: IdentificationModel
    ) -> JSONValue {
        guard !examples.isEmpty else { return .null }
        let evaluation = ModelEvaluation(examples, with: Identifier(model: model))
        return [
            "decided_right": .number(evaluation.decidedRight), "review_share": .number(evaluation.reviewShare),
            "first_item_right": .number(evaluation.firstItemRight),
            "accepted_item_right": .number(evaluation.acceptedItemRight),
            "calibration_error": .number(evaluation.calibrationError),
        ]
    }

    /// What would become of the loans of the lender's latest book that counts, with the decisions in force.
    private func book(of lender: ID<Organisation>) async throws -> JSONValue {
        let (entry, decisions) = try await platform.database.read { transaction in
            (try transaction.books.latest(of: lender), try transaction.reviewDecisions.inForce(of: lender))
        }
        guard let entry, let assessment = entry.book.assessment else { return .null }
        var basis = try after.assessmentBasis(
            BookWork.standard, asOf: entry.book.period.lastDay, decisions: decisions)
        basis.tellsEvidence = false
        var assessor = Assessor(basis: basis)
        var moved: [Move: LoanSum] = [:]
        var (rows, others) = (0, 0)
        try await platform.database.eachFacility(of: assessment) { facility in
            rows += 1
            let loan = assessor.assess(SnapshotRecord(facility), deciding: decisions[facility.loanID])
            let move = Move(from: facility.finding.decision, to: loan.decision)
            if move.from != move.to {
                moved[move, default: LoanSum()].rows += 1
                moved[move, default: LoanSum()].fen += Int128(facility.balance.fen)
            } else if loan.isGreen, basis.judgedItem(of: loan) != facility.finding.item {
                others += 1
            }
        }
        let moves = moved.sorted {
            ($0.key.from.rawValue, $0.key.to.rawValue) < ($1.key.from.rawValue, $1.key.to.rawValue)
        }
        return [
            "id": .string(entry.book.id.text), "period": .string(entry.book.period.description),
            "rows": .integer(Int64(rows)), "other_item": .integer(Int64(others)),
            "moves": .array(
                moves.map { move, sum in
                    [
                        "from": .string(move.from.rawValue), "to": .string(move.to.rawValue),
                        "rows": .integer(Int64(sum.rows)), "balance": .string(String(sum.fen)),
                    ]
                }),
        ]
    }

    private struct Move: Hashable {
        let from: LoanDecision
        let to: LoanDecision
    }
}
