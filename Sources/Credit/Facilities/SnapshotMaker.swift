import Impact
import Standards
import Vocabulary

/// Makes snapshots of assessed loans, which hold their texts themselves.
public struct SnapshotMaker: Sendable {
    private let basis: AssessmentBasis
    /// For each method, the id of each figure's indicator; nil where it does not add up.
    private let indicators: [[String?]]

    public init(basis: AssessmentBasis) {
        self.basis = basis
        indicators = basis.methods.map { method in
            method.indicators.map { $0.additive ? $0.id : nil }
        }
    }

    /// - Parameters:
    ///   - share: Of the project's benefit; nil where there is none.
    ///   - region: Where the loan counts, mergers of regions followed.
    ///   - bytes: The text that the row's ranges refer to.
    public func snapshot(
        _ loan: AssessedLoan, row: LoanRow, share: LoanShare?, region: RegionCode?, in bytes: Span<UInt8>
    ) -> FacilitySnapshot {
        FacilitySnapshot(
            line: row.line, loanID: RowParser.string(bytes, row.loanID),
            borrower: RowParser.string(bytes, row.borrower), borrowerCode: row.organisation,
            purpose: RowParser.string(bytes, row.purpose), projectName: RowParser.string(bytes, row.projectName),
            projectCode: row.projectCode, region: region, industry: row.industry, balance: row.balance,
            amount: row.amount, totalInvestment: row.totalInvestment, approvedOn: row.approvedOn,
            issuedOn: row.issuedOn, maturesOn: row.maturesOn, rate: row.rate, quality: row.quality, size: row.size,
            facts: row.facts, warnings: row.warnings, finding: finding(loan, row, share))
    }

    private func finding(_ loan: AssessedLoan, _ row: LoanRow, _ share: LoanShare?) -> FacilityFinding {
        var finding = FacilityFinding(
            decision: loan.decision, standard: basis.edition(of: loan), verdict: loan.verdictKind,
            probability: loan.probability)
        if loan.isGreen {
            finding.item = basis.judgedItem(of: loan)
            finding.mark = loan.mark
            finding.green = Money(fen: Int64(clamping: loan.greenFen(of: row.balance)))
        }
        if loan.decision == .review {
            finding.candidates = loan.candidates.map {
                FacilityFinding.Candidate(item: basis.pack.items[$0.item].code, probability: $0.probability)
            }
        }
        if case .person(let person) = loan.ground { finding.decidedBy = person.by }
        if let share, let benefit = loan.benefit {
            finding.share = share.millionths
            for (position, value) in benefit.figures.values.enumerated() where !value.isNaN {
                if let id = indicators[benefit.method][position] { finding.benefits[id] = value * share.ratio }
            }
        }
        return finding
    }
}
