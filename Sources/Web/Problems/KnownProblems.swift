import HTTPTypes
import Vocabulary

/// The keys of what the server itself refuses.
enum ProblemKey: String, CaseIterable {
    case badRequest = "problem.bad-request"
    case notSignedIn = "problem.not-signed-in"
    case badCredential = "problem.bad-credential"
    case forbidden = "problem.forbidden"
    case missingScope = "problem.missing-scope"
    case otherSite = "problem.other-site"
    case formToken = "problem.form-token"
    case notFound = "problem.not-found"
    case methodNotAllowed = "problem.method-not-allowed"
    case methodUnknown = "problem.method-unknown"
    case notAcceptable = "problem.not-acceptable"
    case conflict = "problem.conflict"
    case preconditionFailed = "problem.precondition-failed"
    case preconditionRequired = "problem.precondition-required"
    case bodyTooLarge = "problem.body-too-large"
    case targetTooLong = "problem.target-too-long"
    case unsupportedMedia = "problem.unsupported-media"
    case invalid = "problem.invalid"
    case headersTooLarge = "problem.headers-too-large"
    case tooManyRequests = "problem.too-many-requests"
    case formMalformed = "problem.form-malformed"
    case formTooManyFields = "problem.form-too-many-fields"
    case formFieldTooLong = "problem.form-field-too-long"
    case multipartMalformed = "problem.multipart-malformed"
    case jsonMalformed = "problem.json-malformed"
    case busy = "problem.busy"
    case tooSlow = "problem.too-slow"
    case failed = "problem.failed"
}

extension Problem {
    /// Every key that this module uses in messages, so that the phrases can be checked for completeness.
    public static var everyCode: [String] {
        ProblemKey.allCases.map(\.rawValue) + titles.values + ProblemWords.allCases.map(\.rawValue)
    }

    /// The keys of titles by status; another status takes the title of its class.
    private static let titles: [Int: String] = [
        400: "problem.status-400",
        401: "problem.status-401",
        403: "problem.status-403",
        404: "problem.status-404",
        405: "problem.status-405",
        406: "problem.status-406",
        408: "problem.status-408",
        409: "problem.status-409",
        410: "problem.status-410",
        412: "problem.status-412",
        413: "problem.status-413",
        414: "problem.status-414",
        415: "problem.status-415",
        422: "problem.status-422",
        428: "problem.status-428",
        429: "problem.status-429",
        431: "problem.status-431",
        500: "problem.status-500",
        501: "problem.status-501",
        503: "problem.status-503",
    ]

    /// The short name of the kind of problem: that of its status.
    var title: Message {
        Message(
            key: Self.titles[status] ?? ((400..<500).contains(status) ? "problem.status-400" : "problem.status-500"))
    }

    init(
        _ status: Int, _ key: ProblemKey, _ arguments: [String: String] = [:], details: [FieldFault] = [],
        headers: HTTPFields = [:]
    ) {
        self.init(
            status: status, message: Message(key: key.rawValue, arguments: arguments), details: details,
            headers: headers)
    }

    /// 400: nothing more can be said.
    public static let badRequest = Problem(400, .badRequest)
    /// 401: the route asks for somebody signed in.
    public static let notSignedIn = Problem(401, .notSignedIn, headers: [.wwwAuthenticate: "Bearer"])
    /// 401: the bearer token is unknown, ended or revoked.
    public static let badCredential = Problem(
        401, .badCredential, headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
    /// 403: the viewer may not do this.
    public static let forbidden = Problem(403, .forbidden)
    /// 404: there is no such thing, or none that the viewer may know of.
    public static let notFound = Problem(404, .notFound)
    /// 409: the state of the thing does not allow it.
    public static let conflict = Problem(409, .conflict)
    /// 412: somebody changed the thing in between (RFC 9110, 13.1.1).
    public static let preconditionFailed = Problem(412, .preconditionFailed)
    /// 428: changing this thing asks for If-Match (RFC 6585, 3).
    public static let preconditionRequired = Problem(428, .preconditionRequired)
    /// 500: our fault; the log has more under the request's id.
    public static let failed = Problem(500, .failed)
    /// 503: the handler took too long.
    public static let tooSlow = Problem(503, .tooSlow)

    /// 403: the token lacks a scope.
    public static func missingScope(_ scope: String) -> Problem {
        Problem(
            403, .missingScope, ["scope": scope],
            headers: [.wwwAuthenticate: #"Bearer error="insufficient_scope", scope="\#(scope)""#])
    }

    /// 405 with the methods that the route knows.
    public static func methodNotAllowed(allow: [String]) -> Problem {
        Problem(
            405, .methodNotAllowed, ["methods": allow.joined(separator: ", ")],
            headers: [.allow: allow.joined(separator: ", ")])
    }

    /// 406 with what could be sent.
    public static func notAcceptable(offered: [String]) -> Problem {
        Problem(406, .notAcceptable, ["offered": offered.joined(separator: ", ")])
    }

    /// 413 with the limit in bytes.
    public static func bodyTooLarge(limit: Int) -> Problem {
        Problem(413, .bodyTooLarge, ["limit": String(limit)])
    }

    /// 415 with what is taken.
    public static func unsupportedMedia(accepted: [String]) -> Problem {
        Problem(415, .unsupportedMedia, ["accepted": accepted.joined(separator: ", ")])
    }

    /// 422: the request is well-formed and wrong in these fields.
    public static func invalid(_ details: [FieldFault]) -> Problem {
        Problem(422, .invalid, ["count": String(details.count)], details: details)
    }

    /// 503 with the seconds after which to try again.
    public static func busy(retryAfter seconds: Int) -> Problem {
        Problem(503, .busy, headers: [.retryAfter: String(seconds)])
    }

    /// What a bare status means, for errors that carry nothing else.
    static func of(status: Int) -> Problem {
        switch status {
        case 401: .notSignedIn
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 412: .preconditionFailed
        case 400..<500: Problem(status, .badRequest)
        default: .failed
        }
    }
}

/// Further words of a page that tells of a problem.
enum ProblemWords: String, CaseIterable {
    case requestNumber = "problem.request-number"
    case home = "problem.home"
}
