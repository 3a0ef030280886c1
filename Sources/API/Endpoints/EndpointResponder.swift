import Access
import HTTPTypes
import Hummingbird
import Store
import Vocabulary
import Web

/// Answers one endpoint: reads, runs the handler, prints; and does nothing twice where a key says so.
struct EndpointResponder: HTTPResponder {
    typealias Context = WebContext

    let endpoint: Endpoint
    let site: APISite
    let settings: WebSettings

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let reading = RequestReading(endpoint: endpoint, schemas: site.schemas, seal: site.cursors, settings: settings)
        let outcome = try await reading.read(request, context)
        guard let idempotent = try idempotent(request, outcome), let store = site.idempotency else {
            return try await answer(outcome, request)
        }
        switch try await store.begin(idempotent) {
        case .taken: break
        case .answered(let kept): return Self.replayed(kept)
        case .another: throw Problem(status: 422, message: Message(.idempotencyConflict))
        case .underWay:
            throw Problem(status: 409, message: Message(.idempotencyInProgress), headers: [.retryAfter: "1"])
        }
        let kept: AnswerRecord
        do {
            let answer = try await endpoint.handler(outcome.request)
            let response = try print(answer, outcome, request)
            kept = AnswerRecord(
                status: response.status.code, headers: Self.keptHeaders(response.headers),
                body: try bytes(of: answer, outcome))
        } catch {
            // Nothing was done: the client may try again with the same key, even if it went away meanwhile.
            await Task { try? await store.abandon(idempotent) }.value
            throw error
        }
        // What is done must be kept, even if the client has gone: a task of its own is not cancelled with the request.
        try await Task { try await store.finish(idempotent, kept) }.value
        return Self.response(kept)
    }

    private func answer(_ outcome: RequestReading.Outcome, _ request: Request) async throws -> Response {
        try print(try await endpoint.handler(outcome.request), outcome, request)
    }

    private func idempotent(_ request: Request, _ outcome: RequestReading.Outcome) throws(Problem) -> RepeatableRequest?
    {
        guard endpoint.idempotencyKey != .no else { return nil }
        guard let header = request.headers[HTTPField.Name(checked: Idempotency.header)] else {
            guard endpoint.idempotencyKey == .optional else {
                throw Problem(status: 400, message: Message(.missingIdempotencyKey))
            }
            return nil
        }
        let viewer = try outcome.request.signedIn()
        let asker =
            switch viewer.credential {
            case .session: viewer.person.text
            case .token(let token, _): token.text
            }
        let pieces = [
            Array(request.uri.string.utf8), Array((request.headers[.ifMatch] ?? "").utf8), outcome.bodyBytes,
        ]
        return RepeatableRequest(
            asker: asker, operation: endpoint.operation, key: try Idempotency.key(header),
            digest: Idempotency.digest(pieces))
    }

    private func print(
        _ answer: EndpointResponse, _ outcome: RequestReading.Outcome, _ request: Request
    ) throws -> Response {
        if site.checksAnswers {
            try ResponseCheck(endpoint: endpoint, schemas: site.schemas).check(answer, value(answer, outcome))
        }
        var headers = answer.headers
        if let tag = answer.tag {
            headers[.eTag] = tag.text
            if endpoint.method == .get && Precondition.isUnchanged(request.headers, tag: tag) {
                return Response(status: .notModified, headers: headers)
            }
        }
        let status = HTTPResponse.Status(code: answer.status)
        if case .bytes(let body, let mediaType) = answer.content {
            headers[.contentType] = mediaType
            return Response(status: status, headers: headers, body: body)
        }
        guard let value = value(answer, outcome) else { return Response(status: status, headers: headers) }
        headers[.contentType] = "application/json"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try value.canonicalBytes())))
    }

    private func value(_ answer: EndpointResponse, _ outcome: RequestReading.Outcome) -> JSONValue? {
        switch answer.content {
        case .nothing, .bytes: return nil
        case .json(let value): return value
        case .page(let page):
            let next = page.next.flatMap { site.cursors.seal($0, list: outcome.list) }
            return ["items": .array(page.items), "next": JSONValue(next)]
        }
    }

    private func bytes(of answer: EndpointResponse, _ outcome: RequestReading.Outcome) throws -> [UInt8] {
        try value(answer, outcome)?.canonicalBytes() ?? []
    }

    // MARK: Answers that are kept

    private static let kept: [HTTPField.Name] = [.contentType, .location, .eTag]

    private static func keptHeaders(_ headers: HTTPFields) -> [String: String] {
        var result: [String: String] = [:]
        for name in kept { result[name.canonicalName] = headers[name] }
        return result
    }

    private static func response(_ kept: AnswerRecord) -> Response {
        var headers = HTTPFields()
        for name in Self.kept { headers[name] = kept.headers[name.canonicalName] }
        return Response(
            status: .init(code: kept.status), headers: headers,
            body: kept.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: kept.body)))
    }

    private static func replayed(_ kept: AnswerRecord) -> Response {
        var response = response(kept)
        response.headers[HTTPField.Name(checked: "Idempotency-Replayed")] = "true"
        return response
    }
}
