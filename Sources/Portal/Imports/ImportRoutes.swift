import Access
import Hummingbird
import Platform
import Store
import Vocabulary
import Web

extension PortalSite {
    /// Lists of projects: handed in, looked at, taken.
    func addImports(to router: WebRouter) {
        router.get("/projects/import") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(importForm(visit, .empty))
        }
        let rules = RouteRules(bodyBytes: Platform.mostImportBytes + 65_536, answerSeconds: 120)
        router.on("/projects/import", method: .post, rules: rules) { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            guard !viewer.grants(for: .registerProject).isEmpty else { throw PlatformFault.forbidden(.registerProject) }
            let upload = try await Upload(request, limit: Platform.mostImportBytes)
            do {
                guard let organisation = upload.fields["organisation"].flatMap({ ID<Organisation>($0) }) else {
                    throw PlatformFault.invalid([FieldFault("/organisation", "json.bad-value")])
                }
                let record = try await platform.handIn(
                    try upload.file(), name: upload.name, declared: upload.declared, for: organisation, by: viewer)
                return visit.redirect(to: "/projects/import/\(record.id.text)")
            } catch let fault as PlatformFault {
                let state = try FormState(upload.fields, refused: fault)
                return try await visit.page(importForm(visit, state), status: .unprocessableContent)
            }
        }
        router.on("/projects/import/{import}", method: .get, rules: RouteRules(answerSeconds: 120)) {
            request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(importPreview(visit, .empty))
        }
        router.on("/projects/import/{import}", method: .post, rules: RouteRules(answerSeconds: 120)) {
            request, context in
            try await submit(request, context) { visit, fields in
                _ = try await platform.takeImport(
                    try visit.id("import"), plan: fields["plan"] ?? "", by: try visit.viewer())
                return visit.redirect(to: "/projects", done: "project-import.done")
            } again: { visit, state in
                try await importPreview(visit, state)
            }
        }
        router.on("/projects/import/{import}/faults", method: .get, rules: RouteRules(answerSeconds: 120)) {
            request, context in
            let visit = Visit(self, request, context)
            let file = try await platform.faultyLines(
                of: try visit.id("import"), in: visit.context.language, by: try visit.viewer())
            return Response(
                status: .ok, headers: Download.headers(fileName: file.fileName, mediaType: file.mediaType),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
        }
    }

    private func importForm(_ visit: Visit, _ state: FormState) async throws -> Page {
        ImportPages(frame: visit.frame).form(try await organisations(for: .registerProject, visit), state)
    }

    private func importPreview(_ visit: Visit, _ state: FormState) async throws -> Page {
        let id: ID<ProjectImportRecord> = try visit.id("import")
        return ImportPages(frame: visit.frame).preview(
            try await platform.importPlan(id, by: try visit.viewer()), state)
    }
}
