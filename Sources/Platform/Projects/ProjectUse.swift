import Access
import Projects
import Standards
import Store
import Vocabulary

/// What a step does with a project's status.
public enum ProjectStep: String, Sendable, CaseIterable {
    /// Complete enough to be looked at.
    case submit
    /// Shown to those who finance.
    case publish
    /// Back to its author for changes.
    case `return`
    /// Taken back.
    case withdraw

    /// What has to be permitted.
    public var act: Act {
        switch self {
        case .submit: .submitProject
        case .publish, .return: .publishProject
        case .withdraw: .withdrawProject
        }
    }

    /// The status that it leads to.
    public var status: ProjectStatus {
        switch self {
        case .submit: .submitted
        case .publish: .published
        case .return: .draft
        case .withdraw: .withdrawn
        }
    }

    /// Whether a reason has to be given: what somebody else's project is denied needs one.
    var needsReason: Bool { self == .return || self == .withdraw }
}

extension Platform {
    /// Takes a project in as a draft of an organisation.
    /// - Parameter json: The members of `Project.json` that people write.
    public func registerProject(
        _ json: JSONValue, for organisation: ID<Organisation>, by viewer: Viewer
    ) async throws -> ProjectRecord {
        let grants = try viewer.requireGrants(for: .registerProject)
        guard let membership = viewer.memberships.first(where: { $0.organisation == organisation }),
            grants.contains(where: { $0.organisation == organisation })
        else { throw PlatformFault.notFound }
        var project = Project(id: newID(), name: "", owner: ProjectOwner(name: ""))
        try fill(&project, from: json, by: viewer)
        let moment = now
        let filled = project
        return try await database.write { transaction in
            let owner = try transaction.owner(of: filled, enteredBy: membership)
            let record = ProjectRecord(
                project: filled, organisation: organisation, kind: membership.kind, owner: owner, createdAt: moment,
                changedAt: moment)
            try transaction.projects.insert(record, person: viewer.person, act: Act.registerProject.rawValue)
            try transaction.record(
                Deed(
                    .registerProject, on: filled.id.text, by: viewer, for: organisation,
                    ["version": 1, "digest": try filled.digest]), at: moment)
            return record
        }
    }

    /// One project.
    public func project(_ id: ID<Project>, by viewer: Viewer) async throws -> ProjectRecord {
        let record = try await database.read { try $0.project(id, for: .readProject, by: viewer) }
        try await noteReading(of: id.text, count: 1, what: .readProject, grant: record.placement, by: viewer)
        return record
    }

    /// The projects that the viewer may see, the last changed first.
    public func projects(
        _ filter: ProjectFilter, before: (changedAt: Timestamp, id: ID<Project>)? = nil, limit: Int,
        by viewer: Viewer
    ) async throws -> [ProjectRecord] {
        let grants = try viewer.requireGrants(for: .readProject)
        let records = try await database.read {
            try $0.projects.list(grants, filter, before: before, limit: limit)
        }
        if let first = records.first {
            try await noteReading(
                of: "projects", count: records.count, what: .readProject, grant: first.placement, by: viewer)
        }
        return records
    }

    /// The same projects as lines of a list.
    public func projectLines(
        _ filter: ProjectFilter, before: (changedAt: Timestamp, id: ID<Project>)? = nil, limit: Int,
        by viewer: Viewer
    ) async throws -> [ProjectLine] {
        let grants = try viewer.requireGrants(for: .readProject)
        let lines = try await database.read {
            try $0.projects.lines(grants, filter, before: before, limit: limit)
        }
        if let first = lines.first {
            try await noteReading(
                of: "projects", count: lines.count, what: .readProject, grant: first.placement, by: viewer)
        }
        return lines
    }

    /// How many projects the viewer may see, by status.
    public func projectCounts(by viewer: Viewer) async throws -> [ProjectStatus: Int] {
        let grants = try viewer.requireGrants(for: .readProject)
        return try await database.read { try $0.projects.counts(grants) }
    }

    /// The versions of a project, the latest first, with what each changed.
    public func history(of id: ID<Project>, by viewer: Viewer) async throws -> [ProjectVersion] {
        let (record, versions) = try await database.read { transaction in
            (
                try transaction.project(id, for: .readProject, by: viewer),
                try transaction.projects.history(of: id)
            )
        }
        try await noteReading(
            of: id.text, count: versions.count, what: .readProject, grant: record.placement, by: viewer)
        return versions
    }

    /// Changes a project, if it still is the version that the viewer looked at. What is submitted or published is checked again.
    /// - Parameter version: That version; nil for whichever it is.
    public func editProject(
        _ id: ID<Project>, _ json: JSONValue, version: Int64?, reason: String = "", by viewer: Viewer
    ) async throws -> ProjectRecord {
        let reason = try checkedReason(reason, isNeeded: false)
        return try await change(id, version: version, act: .editProject, reason: reason, by: viewer) { project in
            guard project.status != .merged else { throw PlatformFault.conflict("project.is-merged") }
            try self.fill(&project, from: json, by: viewer)
        }
    }

    /// Takes a project a step further, or back.
    /// - Parameter version: The version that the viewer looked at; nil for whichever it is.
    public func step(
        _ step: ProjectStep, _ id: ID<Project>, version: Int64?, reason: String = "", by viewer: Viewer
    ) async throws -> ProjectRecord {
        let reason = try checkedReason(reason, isNeeded: step.needsReason)
        return try await change(id, version: version, act: step.act, reason: reason, by: viewer) { project in
            do throws(ProjectFault) {
                project = try project.moved(to: step.status)
            } catch {
                throw PlatformFault.invalid([error.fieldFault])
            }
            try self.check(project)
        }
    }

    /// Shows a project to an organisation by name: a bank that is to look at it, a verifier that is to examine it.
    public func share(_ id: ID<Project>, with organisation: ID<Organisation>, by viewer: Viewer) async throws {
        let moment = now
        try await database.write { transaction in
            let record = try transaction.project(id, for: .editProject, by: viewer)
            guard let other = try transaction.organisations.find(organisation), other.closedAt == nil,
                other.kind == .lender || other.kind == .verifier
            else { throw PlatformFault.invalid("/organisation", "project.share-with") }
            guard try transaction.projects.share(id, with: organisation, by: viewer.person, at: moment) else { return }
            try transaction.record(
                Deed(
                    .editProject, on: id.text, by: viewer, for: record.organisation,
                    ["shared_with": .string(organisation.text)]), at: moment)
        }
    }

    /// Loads, checks the permission, changes, keeps as the next version, and records: all in one transaction.
    /// - Parameters:
    ///   - version: The version that was looked at; nil to change whatever is the latest.
    ///   - detail: What the trail says beside version, digest, status and reason.
    ///   - file: A document whose bytes are kept in the same transaction, where the project changes.
    func change(
        _ id: ID<Project>, version: Int64?, act: Act, reason: String, by viewer: Viewer,
        keeping file: ReceivedFile? = nil, detail: [String: JSONValue] = [:],
        _ body: @escaping @Sendable (inout Project) throws -> Void
    ) async throws -> ProjectRecord {
        let moment = now
        return try await database.write { transaction in
            // Who names no version waits for whoever is changing the project just now.
            if version == nil { try transaction.projects.lock(id) }
            var record = try transaction.project(id, for: act, by: viewer)
            guard version == nil || record.version == version else { throw PlatformFault.changedMeanwhile }
            let before = record.project
            try body(&record.project)
            guard record.project != before else { return record }
            if let file { try transaction.keep(file, at: moment) }
            if record.kind != .enterprise {
                record.owner = try transaction.organisations.enterprise(record.project.owner.creditCode)?.id
            }
            let acting = viewer.grants(for: act).first { $0.covers(record.placement) }?.organisation
            guard
                try transaction.projects.update(
                    record, at: moment, by: viewer.person, for: acting ?? record.organisation, act: act.rawValue,
                    reason: reason)
            else { throw PlatformFault.changedMeanwhile }
            try transaction.record(
                Deed(
                    act, on: id.text, by: viewer, for: record.organisation,
                    [
                        "version": .integer(record.version + 1), "digest": try record.project.digest,
                        "status": .string(record.project.status.rawValue), "reason": .string(reason),
                    ].merging(detail) { own, _ in own }), at: moment)
            return ProjectRecord(
                project: record.project, organisation: record.organisation, kind: record.kind, owner: record.owner,
                sharedWith: record.sharedWith, version: record.version + 1, createdAt: record.createdAt,
                changedAt: moment)
        }
    }

    private func fill(_ project: inout Project, from json: JSONValue, by viewer: Viewer) throws {
        let before = project.facts
        let unreadable = project.fill(from: json)
        guard unreadable.isEmpty else { throw PlatformFault.invalid(unreadable) }
        project.facts = stated(project.facts, before, by: viewer.name)
        project.dropProofs(of: before)
        try check(project)
    }

    /// Facts that changed are the viewer's word of today. Nobody enters that a fact was verified: that is a verifier's to say.
    /// - Parameter name: Who says so; nil for somebody unknown.
    func stated(_ facts: FactSheet, _ before: FactSheet = FactSheet(), by name: String?) -> FactSheet {
        var result = FactSheet()
        for (id, fact) in facts.facts {
            if let old = before[id], old.value == fact.value, old.document == fact.document,
                old.statedOn == fact.statedOn
            {
                result[id] = old
                continue
            }
            let document = fact.document?.trimmingSpaces() ?? ""
            result[id] = Fact(
                fact.value, assurance: document.isEmpty ? .stated : .documented,
                document: document.isEmpty ? nil : document, statedBy: name,
                statedOn: fact.statedOn ?? now.day())
        }
        return result
    }

    func check(_ project: Project) throws(PlatformFault) {
        let faults = project.faults(against: register)
        guard faults.isEmpty else { throw .invalid(faults.map(\.fieldFault)) }
    }

    /// - Parameter key: What is said where a reason is needed and none is given.
    func checkedReason(
        _ reason: String, isNeeded: Bool, _ key: String = "project.reason-needed"
    ) throws(PlatformFault) -> String {
        let reason = reason.trimmingSpaces()
        if isNeeded && reason.isEmpty { throw .invalid("/reason", key) }
        if reason.count > 500 { throw .invalid("/reason", "project.reason-long", ["limit": "500"]) }
        return reason
    }
}

extension Transaction {
    /// A project that the viewer may do an act to. Who may not read it learns no more than that there is none; who may read it and
    /// not change it is told so.
    func project(_ id: ID<Project>, for act: Act, by viewer: Viewer) throws -> ProjectRecord {
        let grants = try viewer.requireGrants(for: act)
        guard let record = try projects.find(id) else { throw PlatformFault.notFound }
        if grants.contains(where: { $0.covers(record.placement) }) { return record }
        throw viewer.may(.readProject, on: record.placement) ? PlatformFault.forbidden(act) : PlatformFault.notFound
    }

    /// The organisation that owns a project, where it is a member: an enterprise that enters a project is its owner, else the
    /// enterprise of the owner's credit code.
    func owner(of project: Project, enteredBy membership: Viewer.Membership) throws -> ID<Organisation>? {
        if membership.kind == .enterprise { return membership.organisation }
        return try organisations.enterprise(project.owner.creditCode)?.id
    }
}

extension ProjectFault {
    /// The fault with its place as `Project.json` names it: `/total_investment` for the property `totalInvestment`.
    var fieldFault: FieldFault {
        // The ids of standards and facts are their own.
        guard !path.hasPrefix("/facts/"), !path.hasPrefix("/subjects/") else { return FieldFault(path, message) }
        let pointer = path.flatMap { $0.isUppercase ? "_\($0.lowercased())" : String($0) }
        return FieldFault(String(pointer), message)
    }
}

extension Project {
    /// A document that proved what a fact said before proves nothing of what it says now.
    mutating func dropProofs(of before: FactSheet) {
        for index in documents.indices {
            documents[index].proves = documents[index].proves.filter { facts[$0]?.value == before[$0]?.value }
        }
    }

    /// SHA-256 of the canonical JSON, for the trail: it proves the version without holding it.
    var digest: JSONValue {
        get throws { .string(try json.canonicalDigest()) }
    }
}
