import Foundation
import Glibc
import Synchronization
import Testing

/// The program `jialing` as a process, as it stands beside the tests.
enum Program {
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the tests, or what `JIALING_TEST_PROGRAM` names: a release build starts ten times as fast.
    static func path() throws -> String {
        if let named = ProcessInfo.processInfo.environment["JIALING_TEST_PROGRAM"] { return named }
        for argument in CommandLine.arguments {
            guard let range = argument.range(of: ".xctest") else { continue }
            let bundle = URL(filePath: String(argument[..<range.upperBound]))
            let program = bundle.deletingLastPathComponent().appending(path: "jialing").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
        }
        throw NotBuilt()
    }

    struct NotBuilt: Error {}

    static func environment(_ further: [String: String] = [:]) -> [String: String] {
        // The files that every start reads are parsed once for all tests.
        let cache = FileManager.default.temporaryDirectory.appending(path: "jialing-process-tests").path
        return [
            "JIALING_LIBRARY": package.appending(path: "Library").path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            "JIALING_CACHE": cache,
        ].merging(further) { $1 }
    }

    struct Ended: Sendable {
        let status: Int32
        let out: String
        let err: String
    }

    /// Runs a command to its end.
    static func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Ended {
        let process = try make(arguments, environment)
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (out, err) = (folder.appending(path: "out"), folder.appending(path: "err"))
        process.standardOutput = try emptyFile(out)
        process.standardError = try emptyFile(err)
        let status = try await ending(process) { try process.run() }
        return Ended(
            status: status, out: try String(contentsOf: out, encoding: .utf8),
            err: try String(contentsOf: err, encoding: .utf8))
    }

    static func make(_ arguments: [String], _ environment: [String: String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: try path())
        process.arguments = arguments
        process.environment = self.environment(environment)
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private static func emptyFile(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    private static func ending(_ process: Process, _ start: () throws -> Void) async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                continuation.resume(
                    returning: process.terminationReason == .exit
                        ? process.terminationStatus : -process.terminationStatus)
            }
            do { try start() } catch { continuation.resume(throwing: error) }
        }
    }
}

/// `jialing serve` as a process of its own.
final class ServerProcess: Sendable {
    let port: Int
    /// The key at the end of the link for the first administrator, where one was printed.
    let setUpKey: String?
    let pid: pid_t
    private let status: AsyncStream<Int32>
    /// Held so that the pipe stays open.
    private let output: Pipe

    /// Starts it and returns once it answers.
    /// - Parameters:
    ///   - log: A file that its log is appended to.
    ///   - isFirst: Whether it will print the link for the first administrator.
    ///   - given: Its port, where the arguments name one; nil for the port that it prints.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], log: URL, isFirst: Bool, port given: Int? = nil
    ) async throws -> ServerProcess {
        let process = try Program.make(["serve", "--empty"] + arguments, environment)
        let output = Pipe()
        process.standardOutput = output
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let errors = try FileHandle(forWritingTo: log)
        try errors.seekToEnd()
        process.standardError = errors
        let (status, ended) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            // As a shell counts: 128 and the number of the signal.
            ended.yield(
                process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
            ended.finish()
        }
        try process.run()
        try? output.fileHandleForWriting.close()
        let pid = process.processIdentifier
        let reading = output.fileHandleForReading
        let text = try await Exchange.waiting { () throws -> String in
            var text = ""
            while !text.hasSuffix("\n") || (isFirst && !text.contains("/invitation/")) {
                let data = reading.availableData
                guard !data.isEmpty else { throw DidNotStart() }
                text += String(decoding: data, as: UTF8.self)
            }
            return text
        }
        guard let port = given ?? Browser.between("http://127.0.0.1:", " ", in: text).flatMap({ Int($0) }) else {
            throw DidNotStart()
        }
        let key = Browser.between("/invitation/", "\n", in: text)
        return ServerProcess(port: port, setUpKey: key, pid: pid, status: status, output: output)
    }

    struct DidNotStart: Error {}

    private init(port: Int, setUpKey: String?, pid: pid_t, status: AsyncStream<Int32>, output: Pipe) {
        self.port = port
        self.setUpKey = setUpKey
        self.pid = pid
        self.status = status
        self.output = output
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// How it ended.
    func end() async -> Int32? {
        for await status in status { return status }
        return nil
    }

    /// Asks it to stop, and waits until it has.
    @discardableResult func stop() async -> Int32? {
        signal(SIGTERM)
        return await end()
    }
}
