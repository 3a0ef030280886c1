import Access
import HTTPTypes
import Hummingbird

/// Refuses what another site makes a visitor's browser send (CSRF).
///
/// Requests that change something and carry no bearer token must come from our own pages as far as the browser tells, and
/// with a session they must bring the form token: in the header, in the form, or as the first part of a multipart form. It
/// is checked before the handler runs, whether or not the handler reads the body.
struct SiteCheck {
    let gate: Gate

    func check(_ request: inout Request, _ context: WebContext) async throws {
        guard ![.get, .head, .options].contains(request.method) else { return }
        // A browser never adds a bearer token by itself, so a request with one cannot be forged.
        guard request.headers[.authorization] == nil else { return }
        try checkOrigin(request.headers, authority: request.head.authority)
        guard let session = context.session else { return }
        let token = try await token(of: &request)
        do {
            try CrossSiteToken(session: session).check(token)
        } catch {
            throw Problem(403, .formToken)
        }
    }

    private func checkOrigin(_ headers: HTTPFields, authority: String?) throws(Problem) {
        if let site = headers[HTTPField.Name(checked: "Sec-Fetch-Site")] {
            guard site == "same-origin" || site == "none" else { throw Problem(403, .otherSite) }
        }
        if let origin = headers[.origin]?.lowercased() {
            let ours: Bool
            if let expected = gate.dependencies.settings.origin {
                ours = origin == expected
            } else {
                ours = authority.map { origin == "http://\($0.lowercased())" } ?? false
            }
            guard ours else { throw Problem(403, .otherSite) }
        }
    }

    private func token(of request: inout Request) async throws -> String? {
        if let token = request.headers[HTTPField.Name(checked: FormTokens.header)] { return token }
        guard let type = MediaTypeText(request.headers[.contentType]) else { return nil }
        switch type.essence {
        case FormFields.mediaType:
            let settings = gate.dependencies.settings
            let form = try FormFields.parse(
                try await BoundedBody.collect(&request), mostFields: settings.formFields,
                mostBytes: settings.formFieldBytes)
            return form[FormTokens.field]
        case MultipartReader.mediaType:
            guard let boundary = type.parameters["boundary"] else { return nil }
            return try await firstPart(of: &request, boundary: boundary)
        default:
            return nil
        }
    }

    /// Reads the first part of a multipart body and puts what was read back before the rest.
    private func firstPart(of request: inout Request, boundary: String) async throws -> String? {
        var parser = try MultipartParser(boundary: boundary)
        var iterator = request.body.makeAsyncIterator()
        var read: [ByteBuffer] = []
        var text: [UInt8] = []
        var isOurs = false
        reading: while let chunk = try await iterator.next() {
            read.append(chunk)
            for event in try parser.feed(chunk.readableBytesView) {
                switch event {
                case .part(let part): isOurs = part.name == FormTokens.field && part.fileName == nil
                case .bytes(let bytes): text += bytes
                case .partEnd: break reading
                }
                guard isOurs, text.count <= 512 else { throw Problem(403, .formToken) }
            }
        }
        request.body = RequestBody(asyncSequence: ResumedBody(read: read, rest: iterator))
        return isOurs ? String(validating: text, as: UTF8.self) : nil
    }
}

/// A body of which the beginning has been read already.
private struct ResumedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let read: [ByteBuffer]
    let rest: RestBox

    init(read: [ByteBuffer], rest: RequestBody.AsyncIterator) {
        self.read = read
        self.rest = RestBox(rest)
    }

    /// The iterator of a body is not Sendable, but moves to one new reader only: a body is read once.
    final class RestBox: @unchecked Sendable {
        var iterator: RequestBody.AsyncIterator
        init(_ iterator: RequestBody.AsyncIterator) { self.iterator = iterator }
    }

    struct Iterator: AsyncIteratorProtocol {
        var read: ArraySlice<ByteBuffer>
        let rest: RestBox

        mutating func next() async throws -> ByteBuffer? {
            if let first = read.popFirst() { return first }
            return try await rest.iterator.next()
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(read: read[...], rest: rest) }
}
