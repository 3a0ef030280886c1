import Access
import Statistics
import Store
import Vocabulary

/// Hands in the returns of the demonstration's lenders for the last quarters, oldest first, as their people would: counted by one, explained
/// where a check asks for it, handed in by another. A few lenders are late with the latest.
struct DemonstrationReturns: Sendable {
    private let platform: Platform
    private let runner: JobRunner
    private let latest: Timestamp

    private static let quarters = 4
    private static let form = "green-loans"

    /// - Parameter latest: Nothing is invented to have happened later.
    init(_ platform: Platform, _ runner: JobRunner, latest: Timestamp) {
        self.platform = platform
        self.latest = latest
        self.runner = runner
    }

    /// The month before the first of these quarters: when its books are there, all can be counted.
    static func opening(of months: [ReportingPeriod]) -> ReportingPeriod? {
        periods(months).first?.divided(into: .month).first?.previous
    }

    /// The last quarters that are over, oldest first.
    private static func periods(_ months: [ReportingPeriod]) -> [ReportingPeriod] {
        guard let last = months.last else { return [] }
        var quarter = ReportingPeriod(.quarter, containing: last.lastDay)
        if quarter.lastDay > last.lastDay { quarter = quarter.previous }
        var periods = [quarter]
        while periods.count < quarters { periods.append(periods[periods.count - 1].previous) }
        return periods.reversed()
    }

    func handIn(_ months: [ReportingPeriod]) async throws {
        let periods = Self.periods(months)
        for period in periods {
            for number in 1...DemonstrationRegion.lenders where period != periods.last || number % 12 != 5 {
                try Task.checkCancellation()
                try await handIn(period, of: number)
            }
        }
    }

    private func handIn(_ period: ReportingPeriod, of number: Int) async throws {
        guard let officer = try await platform.demonstrationViewer(.officer, of: number),
            let reviewer = try await platform.demonstrationViewer(.reviewer, of: number)
        else { return }
        let lender = officer.memberships[0].organisation
        let isThere = try await platform.database.read { transaction in
            try transaction.statutoryReturns.inForce(of: lender, form: Self.form, period) != nil
        }
        guard !isThere else { return }
        let (counting, handingIn) = moments(after: period, number)
        do {
            let entry = try await platform.at(counting).prepareReturn(Self.form, period, of: lender, by: officer)
            while try await runner.workOnce() {}
            var view = try await platform.statutoryReturn(entry.record.id, by: officer)
            let warnings = view.obstacles.filter { $0.severity == .warning }
            if !warnings.isEmpty {
                let text = officer.language == .zh ? "演示数据：属本期业务正常变动，已核对明细。" : "Demonstration data: checked."
                view = try await platform.at(counting).changeReturn(
                    entry.record.id,
                    explanations: warnings.map {
                        ReturnExplanation(standard: $0.standard, check: $0.check, text: text)
                    }, seen: nil, by: officer)
            }
            guard view.obstacles.isEmpty else { return }
            _ = try await platform.at(handingIn).submitReturn(entry.record.id, reason: "", seen: nil, by: reviewer)
        } catch is PlatformFault {
            // Somebody was at it, or its books are not there: it stays as it is.
        }
    }

    /// When a lender's people get to it, within the weeks after the quarter.
    private func moments(
        after period: ReportingPeriod, _ number: Int
    ) -> (counting: Timestamp, handingIn: Timestamp) {
        let day = period.lastDay.advanced(by: 8 + number % 6)
        let counting = Timestamp(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            .advanced(bySeconds: Int64(5400 + number * 97))
        return (min(counting, latest), min(counting.advanced(bySeconds: 86_400 + Int64(number) * 31), latest))
    }
}
