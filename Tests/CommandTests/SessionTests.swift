import Foundation
import Testing

@Suite("The command, as a person at a shell meets it")
struct SessionTests {
    private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    private static let sessions: [String] = {
        let folder = here.appendingPathComponent("sessions").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".session") }.sorted()
    }()

    /// The program beside the test bundle.
    private static var program: String? {
        for argument in CommandLine.arguments {
            guard let range = argument.range(of: ".xctest") else { continue }
            let bundle = URL(fileURLWithPath: String(argument[..<range.upperBound]))
            let program = bundle.deletingLastPathComponent().appendingPathComponent("jialing").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
        }
        return nil
    }

    @Test("There are sessions")
    func some() {
        #expect(Self.sessions.count >= 8)
    }

    @Test("What a session expects, happens", .serialized, arguments: sessions)
    func session(_ name: String) async throws {
        let text = try String(contentsOf: Self.here.appendingPathComponent("sessions/\(name)"), encoding: .utf8)
        let session = try Session(name: name, text)
        let program = try #require(Self.program, "the jialing program must be built")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jialing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for line in session.lines {
            switch line {
            case .file(let name, let bytes):
                let file = folder.appendingPathComponent(name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            case .command(let command):
                let ended = try await run(command, program, in: folder)
                if let reason = command.knownIssue {
                    withKnownIssue("\(reason)", isIntermittent: true) { check(command, ended, folder) }
                } else {
                    check(command, ended, folder)
                }
            }
        }
    }

    private struct Ended {
        let status: Int32
        let out: String
        let err: String
    }

    private func run(_ command: Session.Command, _ program: String, in folder: URL) async throws -> Ended {
        // Files, not pipes: a program that says much must not wait for a reader.
        func file(_ name: String) throws -> FileHandle {
            let url = folder.appendingPathComponent(name)
            try Data().write(to: url)
            return try FileHandle(forWritingTo: url)
        }
        let outName = command.output ?? ".stdout"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = command.arguments
        process.currentDirectoryURL = folder
        let library = Self.here.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Library")
        process.environment = ["JIALING_LIBRARY": library.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        process.standardOutput = try file(outName)
        process.standardError = try file(".stderr")
        process.standardInput =
            try command.input.map { try FileHandle(forReadingFrom: folder.appendingPathComponent($0)) }
            ?? FileHandle.nullDevice
        // Waiting holds no thread that other tests share.
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
        }
        #expect(process.terminationReason == .exit, "line \(command.line): the program crashed")
        return Ended(status: process.terminationStatus, out: try text(outName), err: try text(".stderr"))
    }

    private func check(_ command: Session.Command, _ ended: Ended, _ folder: URL) {
        func bytes(_ name: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(name)) }
        for (word, rest) in command.expectations {
            let place: Comment =
                "line \(command.line): \(word) \(rest)\n\(ended.out.prefix(400))\n\(ended.err.prefix(400))"
            let names = rest.split(separator: " ").map(String.init)
            switch word {
            case "status": #expect(ended.status == Int32(rest), place)
            case "out": #expect(ended.out.contains(rest), place)
            case "err": #expect(ended.err.contains(rest), place)
            case "no-err": #expect(!ended.err.contains(rest), place)
            case "file": #expect(bytes(rest) != nil, place)
            case "no-file": #expect(bytes(rest) == nil, place)
            case "same": #expect(bytes(names[0]) != nil && bytes(names[0]) == bytes(names[1]), place)
            case "differ": #expect(bytes(names[0]) != bytes(names[1]), place)
            case "lines": #expect(bytes(names[0])?.count { $0 == 10 } == Int(names[1]), place)
            default: Issue.record("unknown expectation: \(word)")
            }
        }
    }
}
