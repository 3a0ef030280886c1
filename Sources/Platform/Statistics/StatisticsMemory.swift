import Access
import Statistics
import Synchronization

/// Answers from the sums, kept until a book begins or ceases to count or a lender changes: many look at the same month.
final class StatisticsMemory: Sendable {
    struct Key: Hashable, Sendable {
        let question: StatisticsQuestion
        /// What the viewer's grants cover, and so the whole of what the answer may hold.
        let grants: Set<Grant>
    }

    private struct Kept {
        var state: [Int64] = []
        var answers: [Key: StatisticsAnswer] = [:]
        var rows = 0
    }

    private let kept = Mutex(Kept())
    /// How many lines are kept in all: some tens of megabytes.
    private static let mostRows = 40_000

    /// The answer that was given to the same question, if nothing changed since.
    func answer(_ key: Key, at state: [Int64]) -> StatisticsAnswer? {
        kept.withLock { $0.state == state ? $0.answers[key] : nil }
    }

    func keep(_ answer: StatisticsAnswer, _ key: Key, at state: [Int64]) {
        let rows = answer.rows.count + answer.missing.count + 10
        kept.withLock { kept in
            if kept.state != state || kept.rows + rows > Self.mostRows { kept = Kept(state: state) }
            guard kept.answers.updateValue(answer, forKey: key) == nil else { return }
            kept.rows += rows
        }
    }
}
