import Foundation
import Hummingbird
import Vocabulary

/// What machines ask of the process: whether it lives, whether it can work, and how it is doing.
public struct WatchRoutes: Sendable {
    /// Why the process cannot work now; empty when it can.
    public var reasonsNotReady: @Sendable () async -> [Message]
    /// Further values for `/metrics`, such as the length of a queue.
    public var gauges: @Sendable () async -> [(name: String, value: Double)]

    public init(
        reasonsNotReady: @escaping @Sendable () async -> [Message] = { [] },
        gauges: @escaping @Sendable () async -> [(name: String, value: Double)] = { [] }
    ) {
        self.reasonsNotReady = reasonsNotReady
        self.gauges = gauges
    }

    /// Adds `/health`, `/ready` and `/metrics`.
    public func add(to router: WebRouter, _ dependencies: WebDependencies) {
        let routes = self
        router.on("/health", method: .get, rules: .open) { _, _ in
            Self.json(.ok, ["status": "ok"])
        }
        router.on("/ready", method: .get, rules: .open) { _, context in
            let reasons = await routes.reasonsNotReady()
            guard !reasons.isEmpty else { return Self.json(.ok, ["status": "ready"]) }
            let list = reasons.prefix(Problem.mostDetails).map { reason -> JSONValue in
                [
                    "code": .string(reason.key),
                    "message": .string(dependencies.phrasebook.text(reason, in: context.language)),
                ]
            }
            return Self.json(.serviceUnavailable, ["status": "not-ready", "reasons": .array(list)])
        }
        router.on("/metrics", method: .get, rules: .open) { request, context in
            // Whoever may not read it need not know that it is there.
            // A proxy that the settings do not know of makes the whole world look like its own address.
            let settings = dependencies.settings
            let isUnknownProxy = settings.trustedProxies == 0 && request.headers[.xForwardedFor] != nil
            guard settings.metricsAddresses.contains(context.peer), !isUnknownProxy else { throw Problem.notFound }
            var gauges = await routes.gauges()
            if let bytes = ProcessMemory.resident() {
                gauges.append((name: "process_resident_memory_bytes", value: Double(bytes)))
            }
            let text = dependencies.metrics.text(gauges: gauges)
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: text)))
        }
    }

    private static func json(_ status: HTTPResponse.Status, _ value: JSONValue) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: JSONBytes.write(value))))
    }
}

enum ProcessMemory {
    /// Bytes of this process in memory (proc(5), statm); nil where the system does not say.
    static func resident() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
