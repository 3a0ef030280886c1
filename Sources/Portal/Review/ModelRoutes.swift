import Access
import HTTPTypes
import Hummingbird
import Platform
import Store
import Vocabulary
import Web

extension PortalSite {
    /// Seconds after which the page of a model in training is asked for again.
    private static let refreshSeconds = 5

    /// Lenders' own models.
    func addModels(to router: WebRouter) {
        router.get("/organisations/{id}/models") { request, context in
            let visit = Visit(self, request, context)
            let (page, isTraining) = try await modelPage(visit, .empty, notice: visit.notice)
            var response = visit.page(page)
            if isTraining, let name = HTTPField.Name("Refresh") {
                response.headers[name] =
                    "\(Self.refreshSeconds); url=/organisations/\(try visit.id("id", of: Organisation.self).text)/models"
            }
            return response
        }
        router.post("/organisations/{id}/models") { request, context in
            try await submit(request, context) { visit, _ in
                let id: ID<Organisation> = try visit.id("id")
                _ = try await platform.trainModel(for: id, by: try visit.viewer())
                return visit.redirect(to: ModelPages.address(id), done: "model.started")
            } again: { visit, state in
                try await modelPage(visit, state).page
            }
        }
        router.post("/organisations/{id}/models/in-use") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                let text = fields["model"] ?? ""
                let model = ID<ModelRecord>(text)
                guard text.isEmpty || model != nil else { throw Problem.notFound }
                try await platform.useModel(model, for: id, by: try visit.viewer())
                return visit.redirect(to: ModelPages.address(id), done: "model.switched")
            } again: { visit, state in
                try await modelPage(visit, state).page
            }
        }
        router.get("/organisations/{id}/models/examples") { request, context in
            let visit = Visit(self, request, context)
            let bytes = try await platform.labelledExamples(of: try visit.id("id"), by: try visit.viewer())
            return Response(
                status: .ok,
                headers: Download.headers(
                    fileName: "examples.tsv", mediaType: "text/tab-separated-values; charset=utf-8"),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    private func modelPage(
        _ visit: Visit, _ state: FormState, notice: Message? = nil
    ) async throws -> (page: Page, isTraining: Bool) {
        let viewer = try visit.viewer()
        let id: ID<Organisation> = try visit.id("id")
        let lender = try await platform.organisation(id, by: viewer).organisation
        let entries = try await platform.models(of: id, by: viewer)
        return (
            ModelPages(frame: visit.frame).list(lender, entries, state, notice: notice),
            entries.contains { $0.model.state == .underWay }
        )
    }
}
