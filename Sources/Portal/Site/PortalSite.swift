import Access
import Hummingbird
import Platform
import Vocabulary
import Web

/// The pages for people: what stands at which address.
///
/// Every page works without JavaScript. A form that was right answers with a redirect (303), so that going back or reloading never
/// sends it twice; one that was wrong comes back filled, with what is wrong beside each field.
public struct PortalSite: Sendable {
    let platform: Platform
    let settings: WebSettings
    /// Whether the data are invented: then every page says so.
    let isDemonstration: Bool
    private let style: [UInt8]
    let verdicts = VerdictMemory()

    /// - Parameter style: The style sheet: Library/portal/style.css.
    public init(platform: Platform, settings: WebSettings, style: [UInt8], isDemonstration: Bool) {
        self.platform = platform
        self.settings = settings
        self.style = style
        self.isDemonstration = isDemonstration
    }

    /// Adds all pages.
    public func add(to router: WebRouter) {
        router.add(middleware: SignInFirst())
        let tag = EntityTag(of: style)
        let style = style
        router.on("/assets/style.css", method: .get, rules: .open) { request, _ in
            let headers: HTTPFields = [
                .contentType: "text/css; charset=utf-8", .eTag: tag.text, .cacheControl: "no-cache",
            ]
            guard !Precondition.isUnchanged(request.headers, tag: tag) else {
                return Response(status: .notModified, headers: headers)
            }
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: style)))
        }
        addFront(to: router)
        addCheck(to: router)
        addAccount(to: router)
        addOrganisations(to: router)
        addProjects(to: router)
        addDocuments(to: router)
        addImports(to: router)
        addDuplicates(to: router)
        addBooks(to: router)
        addReview(to: router)
        addModels(to: router)
        addStatistics(to: router)
        addOverfinancings(to: router)
        addExposures(to: router)
        addReleases(to: router)
        addReturns(to: router)
        addSearch(to: router)
        addNotices(to: router)
    }

    private func addFront(to router: WebRouter) {
        router.get("/") { request, context in
            let visit = Visit(self, request, context)
            let words = visit.words
            let mine: HTML
            if let viewer = context.viewer {
                let unread = try await platform.notices(limit: 1, by: viewer).unread
                mine =
                    viewer.memberships.isEmpty
                    ? "<p>\(words("portal.no-membership"))</p>"
                    : "<p><a href=\"/notices\">\(words("notice.unread", ["count": String(unread)]))</a></p>"
            } else {
                mine = "<p><a href=\"/sign-in\">\(words("portal.sign-in"))</a></p>"
            }
            return visit.page(
                Page(
                    "portal.welcome",
                    "<p>\(words("portal.what"))</p><p><a href=\"/check\">\(words("check.title"))</a> · <a href=\"/open\">\(words("release.title"))</a></p>\(mine)"
                ))
        }
        router.post("/language") { request, context in
            var request = request
            let fields = try await FormFields.read(&request)
            guard let language = fields["language"].flatMap(Language.init(rawValue:)) else { throw Problem.badRequest }
            var response = Response.redirect(to: Visit.localPath(fields["back"]))
            response.headers[values: .setCookie].append(
                LanguageChoice.setCookie(language, isHTTPS: settings.isHTTPS))
            return response
        }
    }
}

extension Response {
    /// A workbook to be kept.
    static func workbook(_ bytes: [UInt8], named name: String) -> Response {
        Response(
            status: .ok, headers: Download.headers(fileName: name, mediaType: DocumentKind.xlsx.mediaType),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// To another page, by GET.
    static func redirect(to path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
