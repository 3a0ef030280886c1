import Foundation

/// A shell session as a file states it. Lines that begin with
///
/// - `#`: a comment; `about`: what the session shows;
/// - `write NAME`: a file, with the folders above it, made of the lines behind it that begin with `| ` (or of `bytes` in hexadecimal);
/// - `$ jialing …`: a command, with `< NAME` and `> NAME` at its end;
/// - `status N`, `out TEXT`, `err TEXT`, `no-err TEXT`: what it must end with and what must (not) stand in its output;
/// - `file NAME`, `no-file NAME`, `same NAME NAME`, `differ NAME NAME`, `lines NAME N`: what must be there afterwards;
/// - `known TEXT`: the command's expectations are known to fail, with the reason.
struct Session: Sendable, CustomStringConvertible {
    enum Line: Sendable {
        case file(String, [UInt8])
        case command(Command)
    }

    struct Command: Sendable {
        var arguments: [String]
        var input: String?
        var output: String?
        var expectations: [(word: String, rest: String)] = []
        var knownIssue: String?
        var line: Int
    }

    let name: String
    let lines: [Line]
    var description: String { name }

    struct Malformed: Error {
        let line: String
    }

    init(name: String, _ text: String) throws {
        self.name = name
        var lines: [Line] = []
        var file: (name: String, bytes: [UInt8])?
        var known: String?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            .enumerated()
        {
            if line.hasPrefix("|") {
                guard file != nil else { throw Malformed(line: line) }
                file?.bytes += Array(line.dropFirst(line.hasPrefix("| ") ? 2 : 1).utf8) + [10]
                continue
            }
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let word = parts.first else { continue }
            let rest = parts.count > 1 ? parts[1] : ""
            if word == "bytes" {
                file?.bytes += rest.split(separator: " ").compactMap { UInt8($0, radix: 16) }
                continue
            }
            if let done = file { lines.append(.file(done.name, done.bytes)) }
            file = nil
            switch word {
            case "#", "about": break
            case "write": file = (rest, [])
            case "known": known = rest
            case "$":
                var command = try Self.command(rest)
                command.line = number + 1
                command.knownIssue = known
                known = nil
                lines.append(.command(command))
            default:
                guard case .command(var command) = lines.last else { throw Malformed(line: line) }
                command.expectations.append((word, rest))
                lines[lines.count - 1] = .command(command)
            }
        }
        self.lines = lines
    }

    private static func command(_ text: String) throws -> Command {
        var words: [String] = []
        var word = ""
        var quoted = false
        var began = false
        for character in text {
            switch character {
            case "'": (quoted, began) = (!quoted, true)
            case " " where !quoted:
                if began { words.append(word) }
                (word, began) = ("", false)
            default:
                word.append(character)
                began = true
            }
        }
        if began { words.append(word) }
        guard words.first == "jialing" else { throw Malformed(line: text) }
        var command = Command(arguments: [], line: 0)
        var rest = words.dropFirst()
        while let next = rest.popFirst() {
            switch next {
            case "<": command.input = rest.popFirst()
            case ">": command.output = rest.popFirst()
            default: command.arguments.append(next)
            }
        }
        return command
    }
}
