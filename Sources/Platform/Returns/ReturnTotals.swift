import Access
import Statistics
import Store
import Vocabulary

/// The returns of all lenders that a viewer may see, for one period: added up, with who handed in and who did not.
public struct ReturnTotals: Sendable, Equatable {
    public let form: ReturnForm
    public let period: ReportingPeriod
    /// nil where none was handed in.
    public let tables: ReturnTables?
    public let checks: [ReturnCheckResult]
    /// The returns in force, in the order of their lenders' names.
    public let submitted: [ReturnEntry]
    public let missing: [Organisation]

    /// What its workbook is called.
    public var fileName: String { "\(form.id)-\(period).xlsx" }
}

extension Platform {
    /// The most lenders whose returns are added up.
    static let mostReturns = 10_000

    /// The returns in force of all lenders that the viewer may see, added up for a period.
    /// - Throws: `PlatformFault.invalid` for a form that there is none of, or a period that it does not have.
    public func returnTotals(
        _ form: String, _ period: ReportingPeriod, by viewer: Viewer
    ) async throws -> ReturnTotals {
        let grants = try viewer.requireGrants(for: .readReturn)
        guard let form = library.returnForm(form) else { throw PlatformFault.invalid("/form", "json.bad-value") }
        guard period.kind == form.frequency else {
            throw PlatformFault.invalid("/period", "return.wrong-period", ["example": Self.example(form, at: now)])
        }
        let memory = returnMemory
        return try await database.read { transaction in
            var filter = ReturnFilter()
            (filter.form, filter.period, filter.state) = (form.id, period, .submitted)
            let entries = try transaction.statutoryReturns.list(grants, filter, limit: Self.mostReturns)
            let sum = try transaction.sum(of: entries.map(\.record.id), form, memory)
            let known = Set(entries.map(\.record.organisation))
            let missing = try transaction.organisations.list(grants, kind: .lender, limit: Self.mostReturns).filter {
                $0.closedAt == nil && !known.contains($0.id)
            }
            return ReturnTotals(
                form: form, period: period, tables: sum.tables, checks: sum.checks,
                submitted: entries.sorted { ($0.lender, $0.record.id.text) < ($1.lender, $1.record.id.text) },
                missing: missing)
        }
    }
}

extension Transaction {
    /// Returns that were handed in, added up one by one, so that no more than one of them is held beside the sum.
    fileprivate func sum(
        of ids: [ID<ReturnRecord>], _ form: ReturnForm, _ memory: ReturnMemory
    ) throws -> ReturnMemory.Sum {
        if let known = memory.sum(ids) { return known }
        var tables: ReturnTables?
        for id in ids {
            guard let content = try statutoryReturns.content(id),
                let own = content.tables?.adjusted(by: content.adjustments)
            else { continue }
            tables = tables.map { ReturnTables.sum([$0, own]) } ?? own
        }
        let sum = ReturnMemory.Sum(
            tables: tables, checks: tables.map { form.check($0, earlier: nil, database: [:]) } ?? [])
        memory.keep(sum, ids)
        return sum
    }
}
