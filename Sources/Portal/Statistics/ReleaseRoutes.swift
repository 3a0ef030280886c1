import Access
import Hummingbird
import Platform
import Store
import Vocabulary
import Web

extension PortalSite {
    /// What supervisors publish for everybody.
    func addReleases(to router: WebRouter) {
        router.on("/open", method: .get, rules: .open) { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.releases(
                before: visit.periodPlace("before"), limit: Self.rowsOnPage + 1)
            let (shown, next) = visit.split(found, "before") { "\($0.period) \($0.id.text)" }
            return visit.page(pages(visit).list(shown, next: next))
        }
        router.on("/open/{id}", method: .get, rules: .open) { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.release(try visit.id("id"))
            return visit.page(pages(visit).one(found.release, versions: found.versions, notice: visit.notice))
        }
        router.get("/organisations/{id}/releases/{period}") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(draftPage(visit, .empty))
        }
        router.post("/organisations/{id}/releases/{period}") { request, context in
            try await submit(request, context) { visit, fields in
                let release = try await platform.publishRelease(
                    of: try visit.id("id"), try Self.month(context.parameters.get("period")),
                    reason: fields["reason"] ?? "", after: fields["after"].flatMap { Int($0) }, by: try visit.viewer())
                return visit.redirect(to: ReleasePages.address(release.id), done: "release.done")
            } again: { visit, state in
                try await draftPage(visit, state)
            }
        }
    }

    private func draftPage(_ visit: Visit, _ state: FormState) async throws -> Page {
        let draft = try await platform.releaseDraft(
            of: try visit.id("id"), try Self.month(visit.context.parameters.get("period")), by: try visit.viewer())
        return pages(visit).draft(draft, state)
    }

    private func pages(_ visit: Visit) -> ReleasePages { ReleasePages(frame: visit.frame, platform: platform) }
}
