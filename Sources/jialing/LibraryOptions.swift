import ArgumentParser
import Foundation
import Library
import Vocabulary

/// Where the rules are and in which language to speak: the same for every command.
struct LibraryOptions: ParsableArguments {
    @Option(help: "Folder of the rule library (default: Library beside the program or in a folder above).")
    var library: String?

    @Option(help: "Language of messages and reasons: zh or en.")
    var language: Language = .zh

    /// The library's folder: as given, in the environment, or found from the current folder and the program upwards.
    func root() -> String {
        if let library { return library }
        if let named = ProcessInfo.processInfo.environment["JIALING_LIBRARY"], !named.isEmpty { return named }
        let program = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        for start in [program, here] {
            var folder = start.standardizedFileURL
            for _ in 0..<8 {
                let candidate = folder.appendingPathComponent("Library").path
                if FileManager.default.fileExists(atPath: candidate + "/standards") { return candidate }
                folder.deleteLastPathComponent()
            }
        }
        return "Library"
    }

    /// Loads the library, or says why not and ends.
    func loadOrExit() throws -> RuleLibrary {
        do {
            return try load()
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }

    func load() throws -> RuleLibrary {
        let root = root()
        do {
            return try RuleLibrary.load(
                root: root, cache: RuleLibrary.userCache(ProcessInfo.processInfo.environment))
        } catch {
            let phrases = try? RuleLibrary.phrases(root: root)
            throw CommandFailure(phrases.map { error.text($0, in: language) } ?? "\(error)", status: 2)
        }
    }
}

extension Language: ExpressibleByArgument {}

/// A message for standard error and the status to end with.
struct CommandFailure: Error {
    let text: String
    let status: Int32

    init(_ text: String, status: Int32) {
        self.text = text
        self.status = status
    }

    /// Says it and ends.
    func exit() -> ExitCode {
        Console.say("jialing: " + text)
        return ExitCode(status)
    }
}

/// What a program says to people goes to standard error; results go to standard output or files.
enum Console {
    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func sayInPlace(_ text: String) {
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + text).utf8))
    }

    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static var isTerminal: Bool { isatty(2) == 1 }
}
