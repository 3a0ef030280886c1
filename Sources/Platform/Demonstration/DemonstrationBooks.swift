import Credit
import Identification
import Vocabulary

/// Invents the books of the demonstration's lenders: of each lender the same loans month after month, granted, paid back bit by bit and
/// due as time goes. Green ones grow faster than the others, so that charts have a story.
struct DemonstrationBooks: Sendable {
    private let words: GeneratorWords
    private let seed: UInt64
    /// How many facilities all lenders have over the whole time.
    private let facilities: Int
    /// The months of the story, the first one first.
    let months: [ReportingPeriod]

    static let monthCount = 24
    private static let jointProjects = 48
    /// How long ago loans of the last month may have been granted: ordinary ones, and green ones at most.
    private static let oldestDays = 1460
    private static let oldestGreenDays = 1095

    /// - Parameter last: The last month of the story.
    init(words: GeneratorWords, seed: UInt64, facilities: Int, last: ReportingPeriod) {
        self.words = words
        self.seed = seed
        self.facilities = facilities
        var months = [last]
        while months.count < Self.monthCount { months.append(months[months.count - 1].previous) }
        self.months = months.reversed()
    }

    /// How many facilities a lender has over the whole time: a few are large, most are small.
    /// - Parameter number: Of the lender, from 1.
    func facilities(of number: Int) -> Int {
        func weight(_ number: Int) -> Double { 1 / Double(number + 4) }
        let all = (1...DemonstrationRegion.lenders).reduce(0) { $0 + weight($1) }
        return max(1, Int((Double(facilities) * weight(number) / all).rounded()))
    }

    /// The book of a lender at the end of a month.
    func csv(lender number: Int, at month: ReportingPeriod) -> [UInt8] {
        var generator = LedgerGenerator(words: words, seed: seed &+ UInt64(number))
        var bytes = Array(generator.header.utf8)
        let (end, last) = (month.lastDay, (months.last ?? month).lastDay)
        for _ in 0..<facilities(of: number) {
            generator.append(to: &bytes) { loan, isGreen in
                story(lender: number, loan: loan, isGreen: isGreen, at: end, last: last)
            }
        }
        appendJoint(
            lender: number, at: end, last: last, columns: generator.header.split(separator: ",").count, to: &bytes)
        return bytes
    }

    /// The projects that several lenders finance; of one in four they have more out than it costs.
    private func appendJoint(
        lender: Int, at end: CalendarDate, last: CalendarDate, columns: Int, to bytes: inout [UInt8]
    ) {
        for number in 1...Self.jointProjects {
            var chance = SplitMix64(seed: seed ^ 0x4A4F_494E ^ UInt64(number) << 24)
            let lenders = (0..<Int.random(in: 2...3, using: &chance)).map { _ in
                Int.random(in: 1...DemonstrationRegion.lenders, using: &chance)
            }
            let share =
                number % 4 == 0 ? Int.random(in: 52...75, using: &chance) : Int.random(in: 12...30, using: &chance)
            let issued = last.advanced(by: -Int.random(in: 60...500, using: &chance))
            let matures = issued.adding(months: 12 * Int.random(in: 10...20, using: &chance))
            guard lenders.contains(lender), issued <= end,
                let project = JointProject(words: words, seed: seed ^ UInt64(number) << 32)
            else { continue }
            let amount = project.investment / 100 * share
            let paid = issued.distance(to: end) / 30
            project.append(
                JointProject.Loan(
                    number: "YT\(number)", approved: issued.advanced(by: -30), issued: issued, matures: matures,
                    amount: amount, balance: amount - amount / 240 * paid), lender: lender, columns: columns, to: &bytes
            )
        }
    }

    private func story(
        lender: Int, loan: Int, isGreen: Bool, at end: CalendarDate, last: CalendarDate
    ) -> LedgerGenerator.Story {
        var chance = SplitMix64(seed: seed ^ UInt64(lender) << 40 ^ UInt64(loan))
        let share = Double(Int.random(in: 0..<10_000, using: &chance)) / 10_000
        let age = isGreen ? share * share * Double(Self.oldestGreenDays) : share * Double(Self.oldestDays)
        let issued = last.advanced(by: -Int(age))
        let matures = issued.adding(months: 12 * Int.random(in: 1...12, using: &chance))
        let approved = issued.advanced(by: -Int.random(in: 5...60, using: &chance))
        guard issued <= end, matures > end else { return .absent }
        let (elapsed, tenor) = (issued.distance(to: end), issued.distance(to: matures))
        return .told(
            approved: approved, issued: issued, matures: matures, outstanding: 100 - 95 * elapsed / max(1, tenor))
    }
}
