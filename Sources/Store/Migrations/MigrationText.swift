/// The text of a migration as one engine is given it.
enum MigrationText {
    /// - Throws: `StoreFault.statement` if a section is not closed, or names no engine.
    static func text(_ migration: Migration, for engine: Engine) throws(StoreFault) -> String {
        let own = try section(migration.sql, for: engine)
        return engine == .postgresql ? collated(own) : own
    }

    /// Leaves out the sections of the other engine.
    private static func section(_ text: String, for engine: Engine) throws(StoreFault) -> String {
        var kept: [Substring] = []
        var only: Engine?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            if words.starts(with: ["--", "only:"]) {
                guard only == nil, words.count == 3, let named = Engine(rawValue: String(words[2])) else {
                    throw StoreFault.statement("a section of a migration is open, or names no engine: \(line)")
                }
                only = named
            } else if words == ["--", "end"] {
                guard only != nil else {
                    throw StoreFault.statement("a section of a migration ends that did not begin")
                }
                only = nil
            } else if only == nil || only == engine {
                kept.append(line)
            }
        }
        guard only == nil else { throw StoreFault.statement("a section of a migration does not end") }
        return kept.joined(separator: "\n")
    }

    /// Gives TEXT columns of CREATE TABLE and ALTER TABLE the collation of bytes, which SQLite has anyway.
    private static func collated(_ text: String) -> String {
        var result = ""
        var words: [String] = []
        for token in SQLTokens(text) {
            result += token.text
            switch token.kind {
            case .word:
                let word = token.text.uppercased()
                // CAST(… AS TEXT) names no column.
                if word == "TEXT", ["CREATE", "ALTER"].contains(words.first), words.dropFirst().first == "TABLE",
                    words.last != "AS"
                {
                    result += " COLLATE \"C\""
                }
                words.append(word)
            case .end: words = []
            case .other: break
            }
        }
        return result
    }
}

/// The parts of a text of SQL, so far as needed to tell words from what is quoted or commented.
struct SQLTokens: Sequence, IteratorProtocol {
    enum Kind { case word, end, other }
    struct Token {
        let kind: Kind
        let text: String
    }

    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func next() -> Token? {
        guard let first = rest.first else { return nil }
        if first == ";" { return take(.end, rest.index(after: rest.startIndex)) }
        if first.isLetter || first == "_" {
            let end = rest.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? rest.endIndex
            return take(.word, end)
        }
        if first == "'" || first == "\"" {
            return take(.other, after(String(first), from: rest.index(after: rest.startIndex)))
        }
        if rest.hasPrefix("--") { return take(.other, rest.firstIndex(of: "\n") ?? rest.endIndex) }
        if rest.hasPrefix("/*") { return take(.other, after("*/", from: rest.index(rest.startIndex, offsetBy: 2))) }
        if let quote = rest.prefixMatch(of: /\$[A-Za-z_]*\$/)?.output {
            return take(.other, after(String(quote), from: quote.endIndex))
        }
        return take(.other, rest.index(after: rest.startIndex))
    }

    /// The place after the next mark; the end if there is none. A doubled quote ends one text and begins another: as good.
    private func after(_ mark: String, from start: Substring.Index) -> Substring.Index {
        rest[start...].firstRange(of: mark)?.upperBound ?? rest.endIndex
    }

    private mutating func take(_ kind: Kind, _ end: Substring.Index) -> Token {
        defer { rest = rest[end...] }
        return Token(kind: kind, text: String(rest[..<end]))
    }
}
