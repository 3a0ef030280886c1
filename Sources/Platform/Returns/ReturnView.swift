import Access
import Statistics
import Store
import Vocabulary

/// A statutory return as a viewer may see it.
public struct ReturnView: Sendable, Equatable {
    public let entry: ReturnEntry
    /// As counted; nil until then.
    public let counted: ReturnTables?
    /// With what people changed.
    public let tables: ReturnTables?
    public let adjustments: [ReturnAdjustment]
    public let explanations: [ReturnExplanation]
    /// What the checks come to; of a submitted return what they came to then.
    public let checks: [ReturnCheckResult]
    /// Whether books of its months were replaced since it was counted.
    public let isOutdated: Bool
    /// The submitted returns of its period, the latest first.
    public let versions: [ReturnEntry]

    /// What keeps a draft from being handed in: checks that fail and must not, or have no explanation.
    public var obstacles: [ReturnCheckResult] {
        checks.filter { result in
            guard !result.failures.isEmpty else { return false }
            return result.severity == .error
                || !explanations.contains { $0.standard == result.standard && $0.check == result.check }
        }
    }
}

extension ReturnView {
    /// What its workbook is called.
    public var fileName: String {
        let version = entry.record.version.map { "v\($0)" } ?? "draft"
        return "\(entry.record.form)-\(entry.record.period)-\(version).xlsx"
    }
}

extension Platform {
    /// The returns that the viewer may see, the latest period first. A draft is its lender's own affair.
    public func returns(
        _ filter: ReturnFilter = ReturnFilter(), before: (period: ReportingPeriod, id: ID<ReturnRecord>)? = nil,
        limit: Int, by viewer: Viewer
    ) async throws -> [ReturnEntry] {
        let grants = try viewer.requireGrants(for: .readReturn)
        return try await database.read { try $0.statutoryReturns.list(grants, filter, before: before, limit: limit) }
    }

    /// One return with its tables and checks. They tell of no customer.
    public func statutoryReturn(_ id: ID<ReturnRecord>, by viewer: Viewer) async throws -> ReturnView {
        try await database.read { try $0.view(id, library.returnForms, returnMemory, for: .readReturn, by: viewer) }
    }
}

extension Transaction {
    /// A return that the viewer may do an act to. That there is a draft nobody learns but its lender.
    func statutoryReturn(_ id: ID<ReturnRecord>, for act: Act, by viewer: Viewer) throws -> ReturnEntry {
        let entry = try viewer.covered(by: act, at: \.placement) { try statutoryReturns.find(id) }
        guard
            entry.record.state != .draft
                || viewer.grants(for: act).contains(where: {
                    $0.reach == .own && $0.organisation == entry.record.organisation
                })
        else { throw PlatformFault.notFound }
        return entry
    }

    func view(
        _ id: ID<ReturnRecord>, _ forms: [ReturnForm], _ memory: ReturnMemory, for act: Act, by viewer: Viewer
    ) throws -> ReturnView {
        let entry = try statutoryReturn(id, for: act, by: viewer)
        let record = entry.record
        let frozen = record.state == .draft ? nil : try frozenReturn(id, memory)
        guard let content = try frozen?.content ?? statutoryReturns.content(id) else { throw PlatformFault.notFound }
        let tables = frozen?.tables ?? content.tables?.adjusted(by: content.adjustments)
        var checks = content.checks ?? []
        if record.state == .draft, let tables, let form = forms.first(where: { $0.id == record.form }) {
            checks = form.check(
                tables, earlier: try earlier(record, memory),
                database: try databaseFigures(record, viewer.grants(for: act)))
        }
        let counting = try basis(of: record.organisation, record.period).map(\.assessment)
        return ReturnView(
            entry: entry, counted: content.tables, tables: tables, adjustments: content.adjustments,
            explanations: content.explanations, checks: checks,
            isOutdated: content.tables != nil && record.state != .replaced && record.assessments != counting,
            versions: try statutoryReturns.versions(of: record.organisation, form: record.form, record.period))
    }

    /// The books that a return is counted from: of the month before the period, and of its months.
    func basis(
        of organisation: ID<Organisation>, _ period: ReportingPeriod
    ) throws -> [(period: ReportingPeriod, assessment: Int64)] {
        let months = period.divided(into: .month)
        return try books.inForce(of: organisation, at: (months.first.map { [$0.previous] } ?? []) + months)
    }

    /// The tables of the period before, as they were handed in.
    private func earlier(_ record: ReturnRecord, _ memory: ReturnMemory) throws -> ReturnTables? {
        let before = try statutoryReturns.inForce(
            of: record.organisation, form: record.form, record.period.previous)
        return try before.flatMap { try frozenReturn($0.record.id, memory)?.tables }
    }

    /// What the lender's book of the last month comes to in the database, by edition: the green money, the number of green loans, and
    /// each benefit in the parts that a return has.
    private func databaseFigures(
        _ record: ReturnRecord, _ grants: [Grant]
    ) throws -> [String: [String: Int128]] {
        guard let last = record.period.divided(into: .month).last else { return [:] }
        var selection = CubeSelection(face: .total, periods: [last])
        selection.lender = record.organisation
        var figures: [String: [String: Int128]] = [:]
        for row in try cube.sums(grants, selection) {
            figures[row.place.standard, default: [:]]["green"] = row.sum.green.fen
            figures[row.place.standard, default: [:]]["loans"] = Int128(row.sum.green.rows)
        }
        for row in try cube.benefits(grants, selection) {
            figures[row.place.standard, default: [:]][row.indicator] = row.parts
        }
        return figures
    }
}
