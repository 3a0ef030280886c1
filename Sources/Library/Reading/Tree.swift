import Yams

/// A YAML document as it is read here: texts, lists and mappings, each with its line. No types are guessed: every scalar is a
/// text, and whoever asks for a number says so.
struct Tree {
    enum Content {
        case text(String)
        case list([Tree])
        case mapping([Pair])
    }

    struct Pair {
        let key: String
        let keyLine: Int32
        let value: Tree
    }

    let line: Int32
    let content: Content

    /// More nodes than any rule file has: a document whose aliases multiply is refused before it fills the memory.
    static let mostNodes = 2_000_000
    static let deepest = 64

    /// - Throws: `LibraryFault` for what is no YAML, a key that is no text, and a document that is too large or too deep.
    static func parse(_ text: String, file: String) throws(LibraryFault) -> Tree {
        if let line = AliasedKeys(text).line {
            throw LibraryFault("library.not-a-mapping", file: file, line: line, ["field": "/"])
        }
        do {
            guard let node = try Yams.compose(yaml: text, .basic) else {
                throw LibraryFault("library.empty", file: file, ["field": "/"])
            }
            var count = 0
            return try Tree(node, file, depth: 0, &count)
        } catch let fault as LibraryFault {
            throw fault
        } catch let error as YamlError {
            throw error.placed(in: file)
        } catch {
            throw LibraryFault("library.yaml", file: file, ["problem": "\(error)"])
        }
    }

    private init(_ node: Node, _ file: String, depth: Int, _ count: inout Int) throws(LibraryFault) {
        count += 1
        let line = node.mark?.line ?? 0
        guard count <= Self.mostNodes, depth < Self.deepest else {
            throw LibraryFault("library.too-large", file: file, line: line)
        }
        self.line = Int32(truncatingIfNeeded: line)
        switch node {
        case .scalar(let scalar): content = .text(scalar.string)
        case .sequence(let sequence):
            var parts: [Tree] = []
            parts.reserveCapacity(sequence.count)
            for part in sequence { parts.append(try Tree(part, file, depth: depth + 1, &count)) }
            content = .list(parts)
        case .mapping(let mapping):
            var pairs: [Pair] = []
            pairs.reserveCapacity(mapping.count)
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    throw LibraryFault("library.not-a-mapping", file: file, line: key.mark?.line, ["field": "/"])
                }
                pairs.append(
                    Pair(
                        key: name, keyLine: Int32(truncatingIfNeeded: key.mark?.line ?? line),
                        value: try Tree(value, file, depth: depth + 1, &count)))
            }
            content = .mapping(pairs)
        case .alias:
            throw LibraryFault("library.yaml", file: file, line: line, ["problem": "alias"])
        }
    }

    init(line: Int32, content: Content) {
        self.line = line
        self.content = content
    }
}

extension YamlError {
    /// The reader's own word for a syntax error, with its line.
    fileprivate func placed(in file: String) -> LibraryFault {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            LibraryFault("library.yaml", file: file, line: mark.line, ["problem": problem])
        case .duplicatedKeysInMapping(let keys, let context):
            LibraryFault(
                "library.yaml-duplicate", file: file, line: context.mark.line,
                ["name": keys.joined(separator: ", ")])
        default:
            LibraryFault("library.yaml", file: file, ["problem": "\(self)"])
        }
    }
}
