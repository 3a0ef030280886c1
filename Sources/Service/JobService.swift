import Foundation
import Logging
import Platform
import ServiceLifecycle
import Vocabulary

/// Works off jobs beside the server until it stops; a job under way is then given back at once.
struct JobService: Service, CustomStringConvertible {
    private let runner: JobRunner
    /// What the group of services calls it: without this it would print everything that it holds, the rules with it.
    let description = "jobs"

    init(_ platform: Platform, silence: Int64, _ log: Logger) {
        // Two processes of one host may have had the same number at different times.
        let mark = platform.surroundings.random.bytes(4).map { String($0, radix: 16) }.joined()
        let process = ProcessInfo.processInfo
        runner = JobRunner(
            platform, worker: "\(process.hostName):\(process.processIdentifier):\(mark)", silence: silence, log: log)
    }

    func run() async throws {
        let runner = runner
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}
