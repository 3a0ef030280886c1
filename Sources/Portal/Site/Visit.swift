import Access
import HTTPTypes
import Hummingbird
import Platform
import Vocabulary
import Web

/// One request for a page: who asks, in which language, and how the answer is framed.
struct Visit: Sendable {
    let site: PortalSite
    let context: WebContext
    private let path: String
    private let query: FormFields

    init(_ site: PortalSite, _ request: Request, _ context: WebContext) {
        self.site = site
        self.context = context
        path = request.uri.path
        // What cannot be read as a query says nothing.
        query =
            (try? FormFields.parse((request.uri.query ?? "").utf8, mostFields: 50, mostBytes: 2000)) ?? FormFields()
    }

    var platform: Platform { site.platform }
    var words: Words { Words(phrasebook: platform.library.phrasebook, language: context.language) }

    var frame: Frame {
        Frame(
            words: words, viewer: context.viewer, formToken: context.formToken ?? "", address: path,
            isDemonstration: site.isDemonstration)
    }

    /// A value of the query; nil where it is missing or empty.
    func asked(_ name: String) -> String? {
        guard let value = query[name], !value.isEmpty else { return nil }
        return value
    }

    /// The address of this page with another value of the query.
    func address(with name: String, _ value: String) -> String {
        var pairs = query.all.filter { $0.name != name && $0.name != "done" }
        pairs.append((name, value))
        return path + "?" + PercentEncoding.query(pairs)
    }

    /// `period id` of the last row of the page before; nil for the first page.
    func periodPlace<Subject: Identified>(
        _ name: String, of kind: Subject.Type = Subject.self
    ) -> (period: ReportingPeriod, id: ID<Subject>)? {
        let parts = (asked(name) ?? "").split(separator: " ").map(String.init)
        guard parts.count == 2, let period = try? ReportingPeriod.parse(parts[0]), let id = ID<Subject>(parts[1]) else {
            return nil
        }
        return (period, id)
    }

    /// The rows of one page, and the address of the next where more were found than one page shows.
    /// - Parameters:
    ///   - name: The value of the query that says where the next page begins.
    ///   - place: What it says after a row.
    func split<Row>(
        _ found: [Row], _ name: String, after place: (Row) -> String
    ) -> (shown: [Row], next: String?) {
        let shown = Array(found.prefix(PortalSite.rowsOnPage))
        let next = found.count > shown.count ? shown.last.map { address(with: name, place($0)) } : nil
        return (shown, next)
    }

    /// What was just done, as the redirect here says; only what this program says itself.
    var notice: Message? {
        guard let key = asked("done"), Self.notices.contains(key) else { return nil }
        return Message(key: key, arguments: [:])
    }

    private static let notices: Set<String> = [
        "portal.saved", "account.password-changed", "account.session-ended", "authenticator.removed",
        "organisation.created", "invitation.welcome", "project.saved", "project.attached",
        "document.detached", "project-import.done", "merging.done", "merging.undone",
        "book.sent", "book.cancel-asked", "review.done", "review.done-proposed", "review.answered", "review.counting",
        "model.started", "model.switched", "release.done", "return.done", "return.discarded",
    ]

    func page(_ page: Page, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: frame.html(page).markup)))
    }

    /// To another page, with what was done.
    func redirect(to path: String, done: String? = nil) -> Response {
        .redirect(to: done.map { "\(path)?done=\($0)" } ?? path)
    }

    /// An id in the path.
    /// - Throws: `Problem` 404 where it is none.
    func id<Subject: Identified>(_ name: String, of kind: Subject.Type = Subject.self) throws -> ID<Subject> {
        guard let id = context.parameters.get(name).flatMap({ ID<Subject>($0) }) else { throw Problem.notFound }
        return id
    }

    /// The viewer.
    /// - Throws: `Problem` 401, which leads to the page for signing in and back here (`SignInFirst`).
    func viewer() throws -> Viewer {
        guard let viewer = context.viewer else { throw Problem.notSignedIn }
        return viewer
    }

    /// A path of this site, to go back to; the front page for whatever could lead elsewhere.
    static func localPath(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count <= 2000,
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return path
    }
}

extension FormState {
    /// What was sent; of several values of one name all, parted by blanks.
    init(_ fields: FormFields, faults: [FieldFault] = [], fault: Message? = nil) {
        var values: [String: String] = [:]
        for (name, value) in fields.all where name != FormTokens.field {
            values[name] = values[name].map { "\($0) \(value)" } ?? value
        }
        self.init(values: values, faults: faults, fault: fault)
    }

    /// What was sent, with what a use case said of it.
    /// - Throws: What no form can show: that there is no such thing, that it is forbidden, that the system is busy.
    init(_ fields: FormFields, refused fault: PlatformFault) throws {
        switch fault {
        case .invalid(let faults): self.init(fields, faults: faults)
        case .conflict(let message): self.init(fields, fault: message)
        case .changedMeanwhile: self.init(fields, fault: Message(key: "portal.changed-meanwhile", arguments: [:]))
        case .throttled(let until):
            self.init(fields, fault: Message(key: "account.throttled", arguments: ["time": until.localText]))
        case .signInRefused: self.init(fields, fault: Message(key: "account.refused", arguments: [:]))
        case .secondFactorNeeded: self.init(fields, fault: Message(key: "account.code-needed", arguments: [:]))
        case .busy: self.init(fields, fault: Message(key: "account.busy", arguments: [:]))
        case .notFound, .forbidden, .signInNeeded: throw fault
        }
    }
}
