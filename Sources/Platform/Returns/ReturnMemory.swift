import Statistics
import Store
import Synchronization
import Vocabulary

/// What stands in returns that were handed in, which never changes: reading one from its text takes longer than anything else about it.
final class ReturnMemory: Sendable {
    /// A return that was handed in.
    struct Frozen: Sendable {
        let content: ReturnContent
        /// With what people changed.
        let tables: ReturnTables?
    }

    /// Several of them added up.
    struct Sum: Sendable {
        let tables: ReturnTables?
        let checks: [ReturnCheckResult]
    }

    private struct Kept {
        var returns: [ID<ReturnRecord>: Frozen] = [:]
        var sums: [[ID<ReturnRecord>]: Sum] = [:]
    }

    private let kept = Mutex(Kept())
    /// Each takes some hundred kilobytes.
    private static let most = 64

    func find(_ id: ID<ReturnRecord>) -> Frozen? { kept.withLock { $0.returns[id] } }

    func keep(_ frozen: Frozen, _ id: ID<ReturnRecord>) {
        kept.withLock { kept in
            if kept.returns.count >= Self.most { kept.returns = [:] }
            kept.returns[id] = frozen
        }
    }

    func sum(_ ids: [ID<ReturnRecord>]) -> Sum? { kept.withLock { $0.sums[ids] } }

    func keep(_ sum: Sum, _ ids: [ID<ReturnRecord>]) {
        kept.withLock { kept in
            if kept.sums.count >= Self.most { kept.sums = [:] }
            kept.sums[ids] = sum
        }
    }
}

extension Transaction {
    /// What stands in a return that was handed in; nil if there is none such.
    func frozenReturn(_ id: ID<ReturnRecord>, _ memory: ReturnMemory) throws -> ReturnMemory.Frozen? {
        if let known = memory.find(id) { return known }
        guard let content = try statutoryReturns.content(id), content.checks != nil else { return nil }
        let frozen = ReturnMemory.Frozen(
            content: content, tables: content.tables?.adjusted(by: content.adjustments))
        memory.keep(frozen, id)
        return frozen
    }
}
