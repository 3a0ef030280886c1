import Access
import Library
import Statistics
import Store
import Vocabulary

/// What a supervisor is about to publish of a month.
public struct ReleaseDraft: Sendable, Equatable {
    public let organisation: Organisation
    public let period: ReportingPeriod
    public let totals: PublicTotals
    /// The versions that are out, the latest first.
    public let versions: [ReleaseRecord]
    /// How many lenders' books changed since the latest version, came or went; all of them before the first.
    public let changedLenders: Int
    /// Whether somebody could reckon what few lenders have from it and a release that is out, because these are in one of the two only.
    public let tellsApart: Bool
    /// Lenders of which no book of the month counts.
    public let missing: Int
}

extension Platform {
    /// The releases of all supervisors, the latest month first. For everybody.
    public func releases(
        before: (period: ReportingPeriod, id: ID<ReleaseRecord>)? = nil, limit: Int
    ) async throws -> [ReleaseRecord] {
        try await database.read { try $0.releases.latest(before: before, limit: limit) }
    }

    /// One release with all versions of its month, the latest first. For everybody.
    public func release(_ id: ID<ReleaseRecord>) async throws -> (release: ReleaseRecord, versions: [ReleaseRecord]) {
        try await database.read { transaction in
            guard let release = try transaction.releases.find(id) else { throw PlatformFault.notFound }
            return (release, try transaction.releases.versions(of: release.organisation, release.period))
        }
    }

    /// What would be published of a month for a supervisor that the viewer acts for.
    public func releaseDraft(
        of organisation: ID<Organisation>, _ period: ReportingPeriod, by viewer: Viewer
    ) async throws -> ReleaseDraft {
        let rule = try library.disclosureRule()
        return try await database.read { try $0.draft(organisation, period, rule, by: viewer) }
    }

    /// Publishes a month for everybody, as it stands now. What is out is never changed: a later version follows, with a reason.
    /// - Parameter seen: The version that the viewer knew as the latest; nil for none.
    /// - Throws: `PlatformFault.invalid` without a reason for a later version, `conflict` where nothing may be shown, where
    ///   it would tell of few lenders beside what is out, or nothing changed since the last version.
    public func publishRelease(
        of organisation: ID<Organisation>, _ period: ReportingPeriod, reason: String, after seen: Int?,
        by viewer: Viewer
    ) async throws -> ReleaseRecord {
        let rule = try library.disclosureRule()
        let reason = reason.trimmingSpaces()
        let (id, moment) = (newID(ReleaseRecord.self), now)
        return try await database.write { transaction in
            let draft = try transaction.draft(organisation, period, rule, by: viewer)
            let latest = draft.versions.first
            guard latest?.version == seen else { throw PlatformFault.changedMeanwhile }
            guard reason.count <= 1000 else { throw PlatformFault.invalid("/reason", "json.bad-value") }
            guard latest == nil || !reason.isEmpty else {
                throw PlatformFault.invalid("/reason", "release.reason-needed")
            }
            guard !draft.totals.editions.isEmpty else { throw PlatformFault.conflict("release.nothing-to-show") }
            guard !draft.tellsApart else {
                throw PlatformFault.conflict("release.tells-apart", ["lenders": String(rule.lenders)])
            }
            guard latest?.totals != draft.totals else { throw PlatformFault.conflict("release.nothing-new") }
            let version = (latest?.version ?? 0) + 1
            guard
                try transaction.releases.insert(
                    id, draft.totals, period, version: version, reason: reason, of: organisation, by: viewer.person,
                    at: moment), let release = try transaction.releases.find(id)
            else { throw PlatformFault.changedMeanwhile }
            try transaction.record(
                Deed(
                    .publishStatistics, on: id.text, by: viewer, for: organisation,
                    [
                        "period": .string(period.description), "version": .integer(Int64(version)),
                        "reason": .string(reason), "digest": .string(try draft.totals.json.canonicalDigest()),
                        "changed_lenders": .integer(Int64(draft.changedLenders)),
                    ]), at: moment)
            return release
        }
    }
}

extension Transaction {
    fileprivate func draft(
        _ organisation: ID<Organisation>, _ period: ReportingPeriod, _ rule: DisclosureRule, by viewer: Viewer
    ) throws -> ReleaseDraft {
        guard period.kind == .month else { throw PlatformFault.invalid("/period", "book.not-a-month") }
        let publisher = try self.organisation(organisation, for: .publishStatistics, by: viewer)
        // All lenders that the supervisor answers for, whatever else the viewer sees.
        let grants = viewer.grants(for: .readStatistics).filter {
            $0.organisation == publisher.id && $0.reach == .supervised
        }
        let totals = try totals(of: period, grants, within: publisher.region, rule)
        let versions = try releases.versions(of: organisation, period)
        let before = Set(versions.first?.totals.assessments ?? [])
        let lenders = try organisations.list(grants, kind: .lender, limit: 10_000).filter { $0.closedAt == nil }
        return ReleaseDraft(
            organisation: publisher, period: period, totals: totals, versions: versions,
            changedLenders: try cube.lenders(of: before.symmetricDifference(totals.assessments)).count,
            tellsApart: try tellsApart(totals, period), missing: max(0, lenders.count - totals.lenders))
    }

    /// Whether fewer lenders than may be shown are in these totals or in the latest release of anybody, but not in both.
    private func tellsApart(_ totals: PublicTotals, _ period: ReportingPeriod) throws -> Bool {
        let here = try cube.lenders(of: totals.assessments)
        return try releases.latest(of: period, limit: 1000).contains { release in
            let there = try cube.lenders(of: release.totals.assessments)
            // Two that share no lender tell nothing of each other.
            guard !here.isDisjoint(with: there) else { return false }
            return [here.subtracting(there), there.subtracting(here)].contains {
                !$0.isEmpty && $0.count < totals.rule.lenders
            }
        }
    }

    private func totals(
        of period: ReportingPeriod, _ grants: [Grant], within region: RegionCode, _ rule: DisclosureRule
    ) throws -> PublicTotals {
        func cells(_ by: CubeGrouping?) throws -> [LenderCell] {
            guard let face = CubeFace.holding(by?.dimension.map { [$0] } ?? []) else { return [] }
            var selection = CubeSelection(face: face, periods: [period])
            selection.byLender = true
            selection.by = by?.dimension
            return try cube.sums(grants, selection).map { row in
                LenderCell(
                    lender: row.place.lender?.text ?? "", standard: row.place.standard,
                    value: by == .region ? Self.place(row.place.value, within: region) : row.place.value, sum: row.sum)
            }
        }
        var selection = CubeSelection(face: .total, periods: [period])
        selection.byLender = true
        let benefits = try cube.benefits(grants, selection).map { row in
            LenderBenefit(
                lender: row.place.lender?.text ?? "", standard: row.place.standard, indicator: row.indicator,
                value: row.benefit.aligned + row.benefit.eligible)
        }
        let groupings: [CubeGrouping] = [.chapter, .mark, .region, .industry, .size]
        return rule.totals(
            try cells(nil), tables: try groupings.map { ($0, try cells($0)) }, benefits: benefits,
            assessments: try cube.assessments(grants, at: period), first: Platform.standardOfLists)
    }

    /// The place as the public is told of it: within a municipality a county, within a province a prefecture, elsewhere the province.
    private static func place(_ value: String, within region: RegionCode) -> String {
        guard let code = Int(value).flatMap({ RegionCode($0) }) else { return "" }
        guard region.contains(code) else { return String(code.province.number) }
        // A municipality's counties lie under prefecture digits that are no place.
        let isMunicipality = [110_000, 120_000, 310_000, 500_000].contains(Int(region.number))
        return region.level == .province && !isMunicipality ? String((code.prefecture ?? code).number) : value
    }
}
