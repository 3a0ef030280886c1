import Access
import Hummingbird
import Platform
import Projects
import Store
import Vocabulary
import Web

extension PortalSite {
    /// What the viewer is told.
    func addNotices(to router: WebRouter) {
        router.get("/notices") { request, context in
            let visit = Visit(self, request, context)
            let (found, unread) = try await platform.notices(
                before: visit.asked("before").flatMap { Int64($0) }, limit: Self.rowsOnPage + 1,
                by: try visit.viewer())
            let (shown, next) = visit.split(found, "before") { String($0.entry) }
            return visit.page(
                NoticePages(frame: visit.frame, platform: platform).list(shown, unread: unread, next: next))
        }
        router.post("/notices/reading") { request, context in
            try await submit(request, context) { visit, fields in
                guard let entry = fields["up_to"].flatMap({ Int64($0) }) else { throw Problem.badRequest }
                try await platform.markNoticesRead(upTo: entry, by: try visit.viewer())
                return visit.redirect(to: "/notices")
            } again: { visit, _ in
                NoticePages(frame: visit.frame, platform: platform).list([], unread: 0, next: nil)
            }
        }
    }
}

struct NoticePages: Sendable {
    let frame: Frame
    let platform: Platform

    private var words: Words { frame.words }

    func list(_ notices: [NoticeRecord], unread: Int, next: String?) -> Page {
        let items: [HTML] = notices.map { notice in
            let text = platform.text(of: notice, in: words.language)
            let link: HTML = Self.address(of: notice).map { "<a href=\"\($0)\">\(text)</a>" } ?? "\(text)"
            let title: HTML =
                notice.readAt == nil ? "<strong>\(words("notice.new"))</strong> \(link)" : link
            return "<li>\(title) <span class=\"quiet\">\(words(notice.at))</span></li>"
        }
        let reading: HTML =
            unread > 0
            ? """
            <form method="post" action="/notices/reading">\(frame.token)\
            <input type="hidden" name="up_to" value="\(String(notices.first?.entry ?? 0))">\
            <button class="quiet">\(words("notice.read-all"))</button></form>
            """ : .none
        return Page(
            "notice.title",
            """
            <p role="status">\(words("notice.unread", ["count": String(unread)]))</p>
            \(reading)
            \(items.isEmpty ? "<p class=\"empty\">\(words("notice.none"))</p>" as HTML : "<ul>\(items)</ul>")
            \(words.next(next, "audit.earlier"))
            """)
    }

    /// The page of what a notice is about.
    private static func address(of notice: NoticeRecord) -> String? {
        switch NoticeKind(rawValue: notice.kind) {
        case .bookAccepted?, .bookReturned?: return "/books/\(notice.subject)"
        case .decisionProposed?, .decisionAgreed?, .decisionDeclined?:
            guard let book = notice.arguments["book"].flatMap({ ID<BookRecord>($0) }),
                let line = notice.arguments["line"].flatMap({ Int($0) })
            else { return nil }
            return ReviewPages.address(book, line)
        case .modelTrained?: return notice.arguments["organisation"].map { "/organisations/\($0)/models" }
        case .returnSubmitted?: return "/returns/\(notice.subject)"
        case .projectSubmitted?, .projectPublished?, .projectReturned?: return "/projects/\(notice.subject)"
        case nil: return nil
        }
    }
}
