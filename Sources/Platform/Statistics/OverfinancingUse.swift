import Access
import Credit
import Projects
import Statistics
import Store
import Vocabulary

/// A project for which more is out than it costs, as far as a viewer may know.
///
/// Who supervises one of the lenders is told how much all of them have out, and of those elsewhere no more than the sum and the
/// provinces. A lender is told that others have too, and of its own loans; neither how much, nor who, nor what they state.
public struct OverfinancingEntry: Sendable, Equatable {
    /// What a supervisor is told of all lenders together.
    public struct Whole: Sendable, Equatable {
        public let lenders: Int
        public let facilities: Int
        public let balance: Int128
        public let cost: Money
        /// What lenders have out that the viewer does not supervise, and in which provinces they sit.
        public let elsewhere: Int128
        public let provinces: [RegionCode]
        public let libraryProject: ID<Project>?
    }

    public let id: ID<OverfinancingRecord>
    public let period: ReportingPeriod
    public let foundAt: Timestamp
    /// The project and its borrower, as the first loan that the viewer may see calls them.
    public let project: String
    public let borrower: String
    /// The exposures that the viewer may see.
    public let parts: [OverfinancingPart]
    /// Whether lenders are part of it that the viewer does not see.
    public let hasOthers: Bool
    /// Nil for a lender.
    public let whole: Whole?
}

/// The loans behind an exposure.
public struct OverfinancingLoans: Sendable, Equatable {
    public let part: OverfinancingPart
    public let loans: [FacilitySnapshot]
}

extension Platform {
    /// The projects for which more is out than they cost and of which the viewer may see a part, the last found first.
    /// - Parameter after: The last one of the page before.
    public func overfinancings(
        at period: ReportingPeriod? = nil, after id: ID<OverfinancingRecord>? = nil, limit: Int, by viewer: Viewer
    ) async throws -> [OverfinancingEntry] {
        let grants = try viewer.requireGrants(for: .readFacility)
        let entries = try await database.read { transaction in
            try transaction.overfinancings.list(grants, at: period, after: id, limit: limit).map {
                try transaction.entry($0, grants)
            }
        }
        if let place = entries.first?.parts.first?.placement {
            try await noteReading(
                of: period?.description ?? "", count: entries.count, what: .readFacility, as: "overfinancing.list",
                grant: place, by: viewer)
        }
        return entries
    }

    /// One of them with the loans behind it that the viewer may see.
    public func overfinancing(
        _ id: ID<OverfinancingRecord>, by viewer: Viewer
    ) async throws -> (entry: OverfinancingEntry, loans: [OverfinancingLoans]) {
        let grants = try viewer.requireGrants(for: .readFacility)
        let (entry, loans) = try await database.read { transaction in
            guard let record = try transaction.overfinancings.find(id) else { throw PlatformFault.notFound }
            let entry = try transaction.entry(record, grants)
            let loans = try entry.parts.map { part in
                OverfinancingLoans(
                    part: part,
                    loans: try transaction.projectExposures.lines(part.assessment, part.position).compactMap {
                        try transaction.facilitySnapshots.find(line: $0, in: part.assessment)
                    })
            }
            return (entry, loans)
        }
        guard let place = entry.parts.first?.placement else { throw PlatformFault.notFound }
        try await noteReading(
            of: id.text, count: loans.reduce(0) { $0 + $1.loans.count }, what: .readFacility, as: "overfinancing.read",
            grant: place, by: viewer)
        return (entry, loans)
    }
}

extension Transaction {
    /// What may be known of a finding by who has grants for loans.
    fileprivate func entry(_ record: OverfinancingRecord, _ grants: [Grant]) throws -> OverfinancingEntry {
        let all = try overfinancings.parts(of: record.id)
        func covered(_ part: OverfinancingPart, by grants: [Grant]) -> Bool {
            grants.contains { $0.covers(part.placement) }
        }
        let seen = all.filter { covered($0, by: grants) }
        let supervised = grants.filter { $0.reach != .own }
        let first = try seen.first.flatMap { part in
            try projectExposures.lines(part.assessment, part.position).first.flatMap {
                try facilitySnapshots.find(line: $0, in: part.assessment)
            }
        }
        let others = all.filter { !covered($0, by: grants) }
        let isSupervised = all.contains { covered($0, by: supervised) }
        return OverfinancingEntry(
            id: record.id, period: record.period, foundAt: record.foundAt, project: first?.projectName ?? "",
            borrower: first?.borrower ?? "", parts: seen, hasOthers: !others.isEmpty,
            whole: isSupervised
                ? OverfinancingEntry.Whole(
                    lenders: record.lenders, facilities: record.facilities, balance: record.balance, cost: record.cost,
                    elsewhere: others.reduce(0) { $0 + $1.balance },
                    provinces: Set(others.map(\.region.province)).sorted(), libraryProject: record.libraryProject)
                : nil)
    }
}
