import Dispatch
import Foundation

/// Ctrl-C and a polite kill cancel the task instead of the process, so that it can clear away what it began.
enum Interruption {
    static func cancelling<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        // A queue of its own: the global one waits for the very workers that are to be stopped.
        let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { task.cancel() }
            source.resume()
            sources.append(source)
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
