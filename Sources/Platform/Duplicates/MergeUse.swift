import Access
import Projects
import Store
import Vocabulary

/// Records of one project as they would be put together.
public struct MergeProposal: Sendable {
    /// By id; the first goes on.
    public let records: [ProjectRecord]
    public let merge: ProjectMerge
}

extension Platform {
    /// The most records that one merge puts together.
    public static let mostMerged = 10

    /// How records would be put together, with what a person should choose.
    public func mergeProposal(
        _ ids: Set<ID<Project>>, choices: [ProjectMerge.Place: ID<Project>] = [:], by viewer: Viewer
    ) async throws -> MergeProposal {
        let proposal = try await database.read { transaction in
            try Self.proposal(ids, choices, transaction, by: viewer)
        }
        for record in proposal.records {
            try await noteReading(
                of: record.project.id.text, count: 1, what: .mergeProjects, grant: record.placement, by: viewer)
        }
        return proposal
    }

    /// Puts records of one project together: the oldest goes on with what all of them said, the others stand aside.
    /// - Parameters:
    ///   - versions: The records, with the versions that the viewer looked at.
    ///   - choices: From which record a field is taken, where they say different things.
    /// - Returns: The record that goes on.
    public func mergeProjects(
        _ versions: [ID<Project>: Int64], choices: [ProjectMerge.Place: ID<Project>] = [:], reason: String,
        by viewer: Viewer
    ) async throws -> ProjectRecord {
        let reason = try checkedReason(reason, isNeeded: true, "merging.reason-needed")
        let moment = now
        return try await database.write { transaction in
            for id in versions.keys.sorted() { try transaction.projects.lock(id) }
            let proposal = try Self.proposal(Set(versions.keys), choices, transaction, by: viewer)
            guard proposal.records.allSatisfy({ versions[$0.project.id] == $0.version }) else {
                throw PlatformFault.changedMeanwhile
            }
            let merged = [proposal.merge.project] + proposal.merge.standingAside
            try self.check(merged[0])
            var results: [ProjectRecord] = []
            for (record, project) in zip(proposal.records, merged) {
                results.append(try self.put(project, over: record, transaction, at: moment, reason, by: viewer))
            }
            for (other, result) in zip(proposal.records, results).dropFirst() {
                try transaction.projectMerges.insert(
                    ProjectMergeRecord(
                        survivor: merged[0].id, survivorVersion: results[0].version, other: other.project.id,
                        otherVersion: result.version))
            }
            let others: JSONValue = .array(merged.dropFirst().map { .string($0.id.text) })
            for result in results {
                try transaction.record(
                    self.deed(
                        on: result, reason, by: viewer,
                        result.project.status == .merged ? ["into": .string(merged[0].id.text)] : ["merged": others]),
                    at: moment)
            }
            return results[0]
        }
    }

    /// The records that stood aside in the last merge into a project, where it can be undone; empty else.
    public func standingAside(for id: ID<Project>, by viewer: Viewer) async throws -> [ProjectRecord] {
        try await database.read { transaction in
            let survivor = try transaction.project(id, for: .readProject, by: viewer)
            let merges = try transaction.projectMerges.latest(into: id)
            guard let first = merges.first,
                try transaction.projects.version(first.survivorVersion, of: id) == survivor.project
            else { return [] }
            return try merges.compactMap { try transaction.projects.find($0.other) }
                .filter { viewer.may(.readProject, on: $0.placement) }
        }
    }

    /// Undoes the last merge into a project: all its records are again what they were before, as further versions of each.
    /// - Throws: `PlatformFault.conflict` where there is none, or one of the records was changed after it: undoing would lose that.
    /// - Returns: The record that had gone on.
    public func undoMerge(
        into id: ID<Project>, version: Int64, reason: String, by viewer: Viewer
    ) async throws -> ProjectRecord {
        let reason = try checkedReason(reason, isNeeded: true, "merging.reason-needed")
        let moment = now
        return try await database.write { transaction in
            try transaction.projects.lock(id)
            let survivor = try transaction.project(id, for: .mergeProjects, by: viewer)
            guard survivor.version == version else { throw PlatformFault.changedMeanwhile }
            let merges = try transaction.projectMerges.latest(into: id)
            guard let first = merges.first else { throw PlatformFault.conflict("merging.nothing-to-undo") }
            var records = [survivor]
            for merge in merges {
                try transaction.projects.lock(merge.other)
                records.append(try transaction.project(merge.other, for: .mergeProjects, by: viewer))
            }
            let atMerge = [first.survivorVersion] + merges.map(\.otherVersion)
            for (record, version) in zip(records, atMerge) {
                // A later merge that was undone changed nothing.
                guard try transaction.projects.version(version, of: record.project.id) == record.project else {
                    throw PlatformFault.conflict("merging.changed-since")
                }
            }
            guard try transaction.projectMerges.undo(id, version: first.survivorVersion, at: moment) else {
                throw PlatformFault.changedMeanwhile
            }
            var results: [ProjectRecord] = []
            for (record, version) in zip(records, atMerge) {
                guard let original = try transaction.projects.version(version - 1, of: record.project.id) else {
                    throw PlatformFault.notFound
                }
                results.append(try self.put(original, over: record, transaction, at: moment, reason, by: viewer))
            }
            for result in results {
                try transaction.record(self.deed(on: result, reason, by: viewer, ["undone": .bool(true)]), at: moment)
            }
            return results[0]
        }
    }

    private static func proposal(
        _ ids: Set<ID<Project>>, _ choices: [ProjectMerge.Place: ID<Project>], _ transaction: any Transaction,
        by viewer: Viewer
    ) throws -> MergeProposal {
        guard (2...mostMerged).contains(ids.count) else {
            throw PlatformFault.conflict("merging.count", ["limit": String(mostMerged)])
        }
        let records = try ids.sorted().map { try transaction.project($0, for: .mergeProjects, by: viewer) }
        // What a bank keeps of its customers would else come into a record that others see.
        let isOpen = records.allSatisfy(\.kind.entersForEverybody)
        guard isOpen || Set(records.map(\.organisation)).count == 1 else {
            throw PlatformFault.conflict("merging.kept-apart")
        }
        do throws(ProjectFault) {
            return MergeProposal(records: records, merge: try ProjectMerge(records.map(\.project), choices: choices))
        } catch {
            throw PlatformFault.conflict("project.is-merged")
        }
    }

    /// Keeps another state of a project as its next version.
    private func put(
        _ project: Project, over record: ProjectRecord, _ transaction: any Transaction, at moment: Timestamp,
        _ reason: String, by viewer: Viewer
    ) throws -> ProjectRecord {
        var next = record
        next.project = project
        if record.kind != .enterprise {
            next.owner = try transaction.organisations.enterprise(project.owner.creditCode)?.id
        }
        let acting = viewer.grants(for: .mergeProjects).first { $0.covers(record.placement) }?.organisation
        guard
            try transaction.projects.update(
                next, at: moment, by: viewer.person, for: acting ?? record.organisation,
                act: Act.mergeProjects.rawValue, reason: reason)
        else { throw PlatformFault.changedMeanwhile }
        return ProjectRecord(
            project: project, organisation: record.organisation, kind: record.kind, owner: next.owner,
            sharedWith: record.sharedWith, version: record.version + 1, createdAt: record.createdAt, changedAt: moment)
    }

    private func deed(
        on record: ProjectRecord, _ reason: String, by viewer: Viewer, _ detail: [String: JSONValue]
    ) throws -> Deed {
        let own: [String: JSONValue] = [
            "version": .integer(record.version), "digest": try record.project.digest,
            "status": .string(record.project.status.rawValue), "reason": .string(reason),
        ]
        return Deed(
            .mergeProjects, on: record.project.id.text, by: viewer, for: record.organisation,
            own.merging(detail) { own, _ in own })
    }
}
