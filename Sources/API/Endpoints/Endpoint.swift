import Access
import Vocabulary
import Web

/// One operation of the API, described once: the routes, all checks of requests, the OpenAPI document and the pages of the
/// reference come from this value.
public struct Endpoint: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        case get, post, put, patch, delete
    }

    /// Who may ask at all. What a person may do to a thing is decided by the use case.
    public enum Security: Sendable, Equatable {
        case anyone
        case signedIn
        /// A person signed in at a browser: what no token may do.
        case session
        /// Signed in; a token must have the scope.
        case scope(Scope)
    }

    public enum Body: Sendable, Equatable {
        case json(Schema)
        /// Bytes of one of these media types; the handler reads them as they arrive.
        case bytes(mediaTypes: [String])
    }

    /// An answer that the operation gives when all is well.
    public struct Reply: Sendable, Equatable {
        public enum Content: Sendable, Equatable {
            case nothing
            case json(Schema)
            /// A file of one of these media types.
            case bytes(mediaTypes: [String])

            static func bytes(mediaType: String) -> Content { .bytes(mediaTypes: [mediaType]) }
        }

        public let status: Int
        public let content: Content
        /// Header fields of the answer with the keys of their notes.
        public let headers: [String: String]

        public init(_ status: Int, _ content: Content = .nothing, headers: [String: String] = [:]) {
            self.status = status
            self.content = content
            self.headers = headers
        }
    }

    public enum Use: Sendable, Equatable { case no, optional, required }

    public var method: Method
    /// The path behind `/api/v1`, with `{name}` for parameters.
    public var path: String
    /// The operation's id, such as `listProjects`; it never changes.
    public var operation: String
    /// The word under which the reference lists it, as the path's first part usually is.
    public var tag: String
    /// The key of the phrase that says what it does.
    public var summary: String
    public var security: Security
    public var parameters: [Parameter]
    public var body: Body?
    public var replies: [Reply]
    /// Whether it takes `Idempotency-Key`. Only for those signed in.
    public var idempotencyKey = Use.no
    /// Whether it takes `If-Match`.
    public var ifMatch = Use.no
    /// Whether it lists things page by page: takes `cursor` and `limit`.
    public var isPaged = false
    /// Bytes of the body; nil for the usual limit.
    public var bodyBytes: Int?
    /// Seconds that it may take; nil for the usual limit.
    public var answerSeconds: Int?
    public var handler: @Sendable (EndpointRequest) async throws -> EndpointResponse

    public init(
        _ method: Method, _ path: String, operation: String, tag: String, summary: String, security: Security,
        parameters: [Parameter] = [], body: Body? = nil, replies: [Reply],
        handler: @escaping @Sendable (EndpointRequest) async throws -> EndpointResponse
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.tag = tag
        self.summary = summary
        self.security = security
        self.parameters = parameters
        self.body = body
        self.replies = replies
        self.handler = handler
    }

    /// The same endpoint with some of it changed: `Endpoint(…).with { $0.isPaged = true }`.
    public func with(_ change: (inout Endpoint) -> Void) -> Endpoint {
        var copy = self
        change(&copy)
        return copy
    }

    /// The names in braces of the path.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
            .map { String($0.dropFirst().dropLast()) }
    }

    /// All parameters, those of paging with them.
    var allParameters: [Parameter] { isPaged ? parameters + [.cursor, .limit] : parameters }
}

/// A parameter in the path, the query or a header.
public struct Parameter: Sendable, Equatable {
    public enum Place: String, Sendable { case path, query, header }

    public let name: String
    public let place: Place
    /// Of a repeated one the schema of each value.
    public let schema: Schema
    public let isRequired: Bool
    /// Whether it may stand more than once; its value is then an array.
    public let isRepeated: Bool
    /// The key of a phrase that says what it means.
    public let note: String?

    private init(
        _ name: String, _ place: Place, _ schema: Schema, _ isRequired: Bool, _ isRepeated: Bool, _ note: String?
    ) {
        self.name = name
        self.place = place
        self.schema = schema
        self.isRequired = isRequired
        self.isRepeated = isRepeated
        self.note = note
    }

    public static func path(_ name: String, _ schema: Schema, note: String? = nil) -> Parameter {
        Parameter(name, .path, schema, true, false, note)
    }

    public static func query(
        _ name: String, _ schema: Schema, isRequired: Bool = false, isRepeated: Bool = false, note: String? = nil
    ) -> Parameter {
        Parameter(name, .query, schema, isRequired, isRepeated, note)
    }

    public static func header(
        _ name: String, _ schema: Schema, isRequired: Bool = false, note: String? = nil
    ) -> Parameter {
        Parameter(name, .header, schema, isRequired, false, note)
    }

    /// Values of a repeated parameter at most.
    static let mostValues = 100

    static let cursor = Parameter.query(
        "cursor", .text(1...CursorSeal.mostCharacters), note: APIKey.cursorParameter.rawValue)
    static let limit = Parameter.query(
        "limit", .integer(1...Int64(PageRequest.mostItems)), note: APIKey.limitParameter.rawValue)
}
