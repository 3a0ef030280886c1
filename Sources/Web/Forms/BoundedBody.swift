import HTTPTypes
import Hummingbird

/// The bound on the bytes of a body, told or not.
public enum BoundedBody {
    /// Makes a body fail with 413 as soon as it passes a limit.
    /// - Throws: ``Problem`` 413 at once, where the length that is told is beyond the limit.
    static func apply(limit: Int, to request: inout Request) throws(Problem) {
        if let told = request.headers[.contentLength].flatMap({ Int($0) }) {
            guard told <= limit else { throw Problem.bodyTooLarge(limit: limit) }
            if told == 0 { return }
        }
        request.body = RequestBody(asyncSequence: Counted(body: request.body, limit: limit))
    }

    /// The whole body. It is kept in the request, so that it can be read again.
    /// - Throws: ``Problem`` 413 above the limit of the route.
    public static func collect(_ request: inout Request) async throws -> [UInt8] {
        var buffer = ByteBuffer()
        for try await var chunk in request.body { buffer.writeBuffer(&chunk) }
        request.body = RequestBody(buffer: buffer)
        return Array(buffer.readableBytesView)
    }

    private struct Counted: AsyncSequence, Sendable {
        typealias Element = ByteBuffer

        let body: RequestBody
        let limit: Int

        struct Iterator: AsyncIteratorProtocol {
            var rest: RequestBody.AsyncIterator
            let limit: Int
            var count = 0

            mutating func next() async throws -> ByteBuffer? {
                guard let chunk = try await rest.next() else { return nil }
                count += chunk.readableBytes
                guard count <= limit else { throw Problem.bodyTooLarge(limit: limit) }
                return chunk
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(rest: body.makeAsyncIterator(), limit: limit) }
    }
}
