import Hummingbird
import Logging
import Synchronization

/// Follows one request to its end, then writes its line in the log and counts it, once.
final class RequestRecord: Sendable {
    private let method: String
    private let context: WebContext
    private let begin: UInt64
    private let dependencies: WebDependencies
    private let isFinished = Atomic(false)

    init(_ request: Request, _ context: WebContext, begin: UInt64, dependencies: WebDependencies) {
        // A method is text of the client's choice: only known ones are written anywhere.
        method = WebRouter.methods.contains(request.method) ? request.method.rawValue : "other"
        self.context = context
        self.begin = begin
        self.dependencies = dependencies
    }

    deinit {
        // The client was gone before the body was asked for.
        finish(status: 499, bytes: 0)
    }

    /// The same answer; the record is finished when its body has been sent.
    func follow(_ response: Response) -> Response {
        if let bytes = response.body.contentLength {
            finish(status: response.status.code, bytes: bytes)
            return response
        }
        var response = response
        let (body, status) = (response.body, response.status.code)
        response.body = ResponseBody { writer in
            let shared = ByteCount()
            defer { self.finish(status: status, bytes: shared.value) }
            try await body.write(CountingWriter(writer: writer, count: shared))
        }
        return response
    }

    func finish(status: Int, bytes: Int) {
        guard !isFinished.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let nanoseconds = dependencies.environment.uptime() &- begin
        let route = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 } ?? "unmatched"
        dependencies.metrics.requestEnded(
            method: method, route: route, status: status, seconds: Double(nanoseconds) / 1e9, bytes: bytes)
        context.logger.log(
            level: status >= 500 ? .warning : .info, "request",
            metadata: [
                "method": .string(method), "route": .string(route), "status": .stringConvertible(status),
                "ms": .stringConvertible(Double(nanoseconds / 10_000) / 100), "bytes": .stringConvertible(bytes),
            ])
    }
}

/// A count that a writer and its watcher share.
private final class ByteCount: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }
}

private struct CountingWriter: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let count: ByteCount

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await writer.write(buffer)
        count.add(buffer.readableBytes)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await writer.finish(trailingHeaders)
    }
}
