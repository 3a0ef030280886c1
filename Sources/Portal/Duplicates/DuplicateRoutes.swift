import Access
import Hummingbird
import Platform
import Projects
import Vocabulary
import Web

extension PortalSite {
    /// Projects that are likely the same, and putting them together.
    func addDuplicates(to router: WebRouter) {
        router.get("/projects/{id}/duplicates") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(duplicatesPage(visit, .empty, notice: visit.notice))
        }
        router.get("/projects/{id}/merge") { request, context in
            let visit = Visit(self, request, context)
            guard let other = visit.asked("with").flatMap({ ID<Project>($0) }) else { throw Problem.notFound }
            return try await visit.page(mergePage(visit, other, .empty))
        }
        router.post("/projects/{id}/merge") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Project> = try visit.id("id")
                guard let other = fields["with"].flatMap({ ID<Project>($0) }), id != other,
                    let otherVersion = fields["with_version"].flatMap({ Int64($0) })
                else { throw Problem.badRequest }
                let record = try await platform.mergeProjects(
                    [id: try Self.version(fields), other: otherVersion], choices: Self.choices(fields),
                    reason: fields["reason"] ?? "", by: try visit.viewer())
                return visit.redirect(to: "/projects/\(record.project.id.text)/duplicates", done: "merging.done")
            } again: { visit, state in
                guard let other = state.values["with"].flatMap({ ID<Project>($0) }) else { throw Problem.badRequest }
                return try await mergePage(visit, other, state)
            }
        }
        router.post("/projects/{id}/unmerge") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Project> = try visit.id("id")
                _ = try await platform.undoMerge(
                    into: id, version: try Self.version(fields), reason: fields["reason"] ?? "",
                    by: try visit.viewer())
                return visit.redirect(to: "/projects/\(id.text)/duplicates", done: "merging.undone")
            } again: { visit, state in
                try await duplicatesPage(visit, state)
            }
        }
    }

    private func duplicatesPage(_ visit: Visit, _ state: FormState, notice: Message? = nil) async throws -> Page {
        let id: ID<Project> = try visit.id("id")
        let viewer = try visit.viewer()
        let record = try await platform.project(id, by: viewer)
        return DuplicatePages(frame: visit.frame).list(
            record, try await platform.likelySame(as: id, by: viewer),
            aside: try await platform.standingAside(for: id, by: viewer), state, notice: notice)
    }

    private func mergePage(_ visit: Visit, _ other: ID<Project>, _ state: FormState) async throws -> Page {
        let proposal = try await platform.mergeProposal(
            [try visit.id("id"), other], choices: Self.choices(state.values), by: try visit.viewer())
        return DuplicatePages(frame: visit.frame).merge(proposal, asked: try visit.id("id"), state)
    }

    private static func choices(_ fields: FormFields) -> [ProjectMerge.Place: ID<Project>] {
        choices(Dictionary(fields.all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }

    /// `choice:<field>:<key>` = the id of the record that the field is taken from.
    private static func choices(_ values: [String: String]) -> [ProjectMerge.Place: ID<Project>] {
        var choices: [ProjectMerge.Place: ID<Project>] = [:]
        for (name, value) in values {
            guard let place = DuplicatePages.place(named: name), let id = ID<Project>(value) else { continue }
            choices[place] = id
        }
        return choices
    }
}
