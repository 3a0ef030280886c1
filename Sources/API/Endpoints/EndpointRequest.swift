import Access
import Hummingbird
import Vocabulary
import Web

/// A request that has passed all checks of its endpoint.
public struct EndpointRequest: Sendable {
    /// Who asks; never nil where the endpoint asks for somebody signed in.
    public let viewer: Viewer?
    /// The values of parameters that were given, by their names. Text that stands for an integer or a truth value is one.
    public let parameters: [String: JSONValue]
    /// The body as JSON; nil where the endpoint takes none.
    public let body: JSONValue?
    /// The body as it arrives, of endpoints that take bytes.
    public let bytes: RequestBody?
    /// The media type of the body without parameters; nil without a body.
    public let mediaType: String?
    /// The states that the client has seen, where it says so.
    public let ifMatch: EntityTagList?
    /// The page that is asked for; nil for endpoints that are not paged.
    public let page: PageRequest?
    public let language: Language
    public let requestID: String
    /// What a script on a page sends as `X-Form-Token` with whatever changes something; nil without a session.
    public let formToken: String?

    /// The text of a parameter; nil where it was not given.
    public func text(_ name: String) -> String? { parameters[name]?.text }

    /// The viewer.
    /// - Throws: ``Problem`` 401 where nobody is signed in.
    public func signedIn() throws(Problem) -> Viewer {
        guard let viewer else { throw Problem.notSignedIn }
        return viewer
    }

    /// An id in a parameter.
    /// - Throws: ``Problem`` 404 where it is none: there is no such thing then.
    public func id<Subject: Identified>(_ name: String, of kind: Subject.Type = Subject.self) throws(Problem) -> ID<
        Subject
    > {
        guard let id = text(name).flatMap({ ID<Subject>($0) }) else { throw Problem.notFound }
        return id
    }

    /// Checks that the client has seen the present state of what it changes.
    /// - Throws: ``Problem`` 412 where it has not. Without `If-Match` all is well: that it is there was checked before.
    public func checkUnchanged(_ tag: EntityTag) throws(Problem) {
        switch ifMatch {
        case nil, .any: return
        case .tags(let tags):
            guard tags.contains(where: { $0.isSame(as: tag) }) else { throw Problem.preconditionFailed }
        }
    }
}

/// What a handler answers.
public struct EndpointResponse: Sendable {
    public enum Content: Sendable {
        case nothing
        case json(JSONValue)
        case page(Page)
        case bytes(ResponseBody, mediaType: String)
    }

    public var status: Int
    public var content: Content
    public var headers: HTTPFields
    /// The state of the thing: goes out as `ETag`, and a reader who has it gets 304.
    public var tag: EntityTag?

    public init(status: Int = 200, _ content: Content, headers: HTTPFields = [:], tag: EntityTag? = nil) {
        self.status = status
        self.content = content
        self.headers = headers
        self.tag = tag
    }

    public static func json(_ value: JSONValue, status: Int = 200, tag: EntityTag? = nil) -> EndpointResponse {
        EndpointResponse(status: status, .json(value), tag: tag)
    }

    /// 201 with the address of what was made.
    /// - Parameter path: Behind `/api/v1`.
    public static func created(_ value: JSONValue, path: String, tag: EntityTag? = nil) -> EndpointResponse {
        EndpointResponse(status: 201, .json(value), headers: [.location: "/api/v1\(path)"], tag: tag)
    }

    public static let noContent = EndpointResponse(status: 204, .nothing)

    public static func page(_ page: Page) -> EndpointResponse { EndpointResponse(.page(page)) }

    /// A file to be saved under a name.
    public static func download(_ body: ResponseBody, fileName: String, mediaType: String) -> EndpointResponse {
        EndpointResponse(
            .bytes(body, mediaType: mediaType), headers: Download.headers(fileName: fileName, mediaType: mediaType))
    }
}
