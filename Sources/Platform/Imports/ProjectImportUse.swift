import Access
import Library
import Projects
import Standards
import Store
import Vocabulary

extension Platform {
    /// The most bytes of a list: 10 MB.
    public static let mostImportBytes = 10 << 20
    /// The most lines of a list.
    public static let mostImportLines = ProjectList.mostLines

    /// Says whether the viewer may hand in lists for an organisation, before anything large is sent.
    public func prepareToImport(for organisation: ID<Organisation>, by viewer: Viewer) throws {
        guard try viewer.requireGrants(for: .registerProject).contains(where: { $0.organisation == organisation })
        else {
            throw PlatformFault.notFound
        }
    }

    /// Keeps a list of projects for its preview. Nothing of it is taken yet.
    /// - Throws: `PlatformFault.invalid` at `/file` for what is no list of projects.
    public func handIn(
        _ file: ReceivedFile, name: String, declared: String? = nil, for organisation: ID<Organisation>,
        by viewer: Viewer
    ) async throws -> ProjectImportRecord {
        try prepareToImport(for: organisation, by: viewer)
        let name = name.trimmingSpaces()
        _ = try file.kind(name: name, declared: declared, of: [.csv, .text, .xlsx])
        _ = try list(file, name: name, by: viewer)
        let moment = now
        let record = ProjectImportRecord(
            id: newID(), organisation: organisation, person: viewer.person, digest: file.digest, fileName: name,
            createdAt: moment)
        try await database.write { transaction in
            try transaction.keep(file, at: moment)
            try transaction.projectImports.insert(record)
        }
        return record
    }

    /// What taking a list would do, as things stand now.
    public func importPlan(_ id: ID<ProjectImportRecord>, by viewer: Viewer) async throws -> ProjectImportPlan {
        try await planned(id, by: viewer).plan
    }

    /// Takes a list in: each line without fault is registered or revised, all or nothing, with one act for each project.
    /// - Parameter digest: The digest of the plan that the viewer looked at.
    /// - Throws: `PlatformFault.conflict` where things stand otherwise than in that plan, or it was taken already.
    public func takeImport(
        _ id: ID<ProjectImportRecord>, plan digest: String, by viewer: Viewer
    ) async throws -> ProjectImportRecord {
        let plan = try await importPlan(id, by: viewer)
        guard plan.record.takenAt == nil else { throw PlatformFault.conflict("project-import.taken") }
        guard !plan.isEmpty else { throw PlatformFault.conflict("project-import.nothing") }
        guard plan.digest == digest else { throw PlatformFault.conflict("project-import.stale") }
        guard let membership = viewer.memberships.first(where: { $0.organisation == plan.record.organisation }) else {
            throw PlatformFault.notFound
        }
        let moment = now
        return try await database.write { transaction in
            guard
                try transaction.projectImports.take(
                    id, at: moment, added: plan.additions.count, changed: plan.changes.count)
            else { throw PlatformFault.conflict("project-import.taken") }
            var deeds: [Deed] = []
            for change in plan.changes.sorted(by: { $0.record.project.id < $1.record.project.id }) {
                deeds.append(try self.take(change, of: id, transaction, at: moment, by: viewer))
            }
            for addition in plan.additions {
                let project = addition.project
                let record = ProjectRecord(
                    project: project, organisation: membership.organisation, kind: membership.kind,
                    owner: try transaction.owner(of: project, enteredBy: membership), createdAt: moment,
                    changedAt: moment)
                try transaction.projects.insert(record, person: viewer.person, act: Act.registerProject.rawValue)
                deeds.append(
                    Deed(
                        .registerProject, on: project.id.text, by: viewer, for: membership.organisation,
                        ["version": 1, "digest": try project.digest, "import": .string(id.text)]))
            }
            for deed in deeds { try transaction.record(deed, at: moment) }
            guard let record = try transaction.projectImports.find(id) else { throw PlatformFault.notFound }
            return record
        }
    }

    private func take(
        _ change: ProjectImportPlan.Change, of id: ID<ProjectImportRecord>, _ transaction: any Transaction,
        at moment: Timestamp, by viewer: Viewer
    ) throws -> Deed {
        var record = try transaction.project(change.record.project.id, for: .editProject, by: viewer)
        guard record.version == change.record.version else { throw PlatformFault.conflict("project-import.stale") }
        record.project = change.project
        if record.kind != .enterprise {
            record.owner = try transaction.organisations.enterprise(change.project.owner.creditCode)?.id
        }
        guard
            try transaction.projects.update(
                record, at: moment, by: viewer.person, for: record.organisation, act: Act.editProject.rawValue,
                reason: "")
        else { throw PlatformFault.conflict("project-import.stale") }
        return Deed(
            .editProject, on: record.project.id.text, by: viewer, for: record.organisation,
            [
                "version": .integer(record.version + 1), "digest": try change.project.digest,
                "status": .string(change.project.status.rawValue), "import": .string(id.text),
            ])
    }

    // MARK: Planning

    /// A plan with the list that it was made of.
    func planned(
        _ id: ID<ProjectImportRecord>, by viewer: Viewer
    ) async throws -> (plan: ProjectImportPlan, list: ProjectList) {
        let grants = try viewer.requireGrants(for: .registerProject)
        let (record, own) = try await database.read { transaction -> (ProjectImportRecord, [Project]) in
            guard let record = try transaction.projectImports.find(id),
                grants.contains(where: { $0.organisation == record.organisation })
            else { throw PlatformFault.notFound }
            var own: [Project] = []
            try transaction.projects.eachFindable(of: record.organisation) { own.append($0.asCompared) }
            return (record, own)
        }
        var list = try list(
            try await file(limit: Self.mostImportBytes) { [digest = record.digest] in try $0.contents.piece(digest, $1)
            },
            name: record.fileName, by: viewer)
        var planner = ProjectImportPlanner(own: own, try await projectIndex.comparison())
        var plan = ProjectImportPlan(record: record, lineCount: list.lines.count)
        var targets: [(index: Int, target: ID<Project>)] = []
        for (index, line) in list.lines.enumerated() {
            guard line.faults.isEmpty, let project = line.project else { continue }
            switch planner.find(project, line: line.number) {
            case .new(let perhaps):
                plan.additions.append(.init(line: line.number, project: project, perhaps: perhaps))
            case .same(let target): targets.append((index, target))
            case .twice(let earlier):
                list.fault(
                    index, .name, at: "/name",
                    Message(key: "project-import.twice", arguments: ["line": String(earlier)]))
            }
        }
        let wanted = targets.map(\.target)
        let records = try await database.read { transaction in
            try wanted.map { try transaction.projects.find($0) }
        }
        for ((index, _), record) in zip(targets, records) {
            guard let record, let draft = list.lines[index].project else { continue }
            var project = record.project.revised(by: draft)
            project.facts = stated(project.facts, record.project.facts, by: viewer.name)
            project.dropProofs(of: record.project.facts)
            let faults = project.faults(against: register)
            for fault in faults {
                list.fault(index, ProjectColumn(path: fault.path), at: fault.path, fault.message)
            }
            guard faults.isEmpty else { continue }
            if project == record.project {
                plan.unchangedCount += 1
            } else {
                plan.changes.append(.init(line: list.lines[index].number, record: record, project: project))
            }
        }
        plan.faults = list.lines.flatMap(\.faults)
        return (plan, list)
    }

    private func list(_ file: ReceivedFile, name: String, by viewer: Viewer) throws -> ProjectList {
        let register = register
        var list = try ProjectList(
            file, name: name, library.projectSheetWords(), register, standard: Self.standardOfLists,
            statedBy: viewer.name, id: { self.newID() })
        list.state { self.stated($0, by: viewer.name) }
        return list
    }

    /// The standard whose items the column of a list names: the catalogue in force.
    static let standardOfLists = "cn.green-finance.2025"
}
