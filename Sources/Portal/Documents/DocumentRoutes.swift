import Access
import HTTPTypes
import Hummingbird
import Platform
import Projects
import Standards
import Vocabulary
import Web

extension PortalSite {
    /// The documents of projects.
    func addDocuments(to router: WebRouter) {
        // Beside the file a form has a few short fields.
        let rules = RouteRules(bodyBytes: Platform.mostDocumentBytes + 65_536, answerSeconds: 600)
        router.on("/projects/{id}/documents", method: .post, rules: rules) { request, context in
            let visit = Visit(self, request, context)
            let id: ID<Project> = try visit.id("id")
            let viewer = try visit.viewer()
            try await platform.prepareToAttach(to: id, by: viewer)
            let upload = try await Upload(request, limit: Platform.mostDocumentBytes)
            do {
                _ = try await platform.attach(
                    try upload.file(), name: upload.name, declared: upload.declared,
                    proving: Set(upload.fields.values("proves").prefix(1000).map { FactID($0) }), to: id, by: viewer)
            } catch let fault as PlatformFault {
                let state = try FormState(upload.fields, refused: fault)
                return try await visit.page(
                    projectPage(visit, .empty, upload: state), status: .unprocessableContent)
            }
            return visit.redirect(to: "/projects/\(id.text)", done: "project.attached")
        }
        router.post("/projects/{id}/documents/{digest}/detach") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Project> = try visit.id("id")
                _ = try await platform.detach(
                    try Self.digest(visit), from: id, version: try Self.version(fields), by: try visit.viewer())
                return visit.redirect(to: "/projects/\(id.text)", done: "document.detached")
            } again: { visit, state in
                try await projectPage(visit, .empty, upload: state)
            }
        }
        router.get("/projects/{id}/documents/{digest}") { request, context in
            let visit = Visit(self, request, context)
            let stored = try await platform.document(
                try Self.digest(visit), of: try visit.id("id"), by: try visit.viewer())
            let (document, platform) = (stored.document, platform)
            return Response(
                status: .ok, headers: Download.headers(fileName: document.fileName, mediaType: document.mediaType),
                body: Download.body(bytes: Int(document.byteCount), pieces: stored.pieceCount) {
                    try await platform.piece($0, of: stored)
                })
        }
    }

    /// The digest in the path: 64 lower-case hexadecimal digits.
    private static func digest(_ visit: Visit) throws -> String {
        guard let digest = visit.context.parameters.get("digest"), digest.utf8.count == 64 else {
            throw Problem.notFound
        }
        return digest
    }
}
