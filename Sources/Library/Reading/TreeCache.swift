import Crypto
import Foundation
import Vocabulary

/// Parsed documents kept between runs, so that a start doesn't parse a megabyte of YAML again.
///
/// One file in the user's cache folder. A document is found by the SHA-256 of its bytes, so a changed file is parsed anew and
/// a stale tree can never be taken; the file as a whole carries its own digest, so a damaged one is thrown away. It is written
/// beside its place and moved there: readers see the old file or the new one. What cannot be written is not missed.
final class TreeCache {
    private let file: URL?
    private var known: [Data: Range<Int>] = [:]
    private var bytes = Data()
    private var fresh: [(key: Data, body: [UInt8])] = []
    private var used: Set<Data> = []
    private var digests: [String: Data] = [:]

    private static let mark = Data("jialing-trees-1\n".utf8)
    private static let digestLength = 32

    /// - Parameter folder: Where the cache is kept; nil for none.
    /// - Parameter name: Tells one library from another.
    init(folder: URL?, name: String) {
        let key = SHA256.hash(data: Data(name.utf8)).prefix(8).hexadecimal
        file = folder?.appendingPathComponent("library-\(key).trees")
        guard let file, let data = try? Data(contentsOf: file, options: .mappedIfSafe) else { return }
        read(data)
    }

    /// `JIALING_CACHE`, else the user's cache folder as the XDG base directory specification has it. An empty
    /// `JIALING_CACHE` turns the cache off.
    static func userFolder(_ environment: [String: String]) -> URL? {
        if let named = environment["JIALING_CACHE"] { return named.isEmpty ? nil : URL(fileURLWithPath: named) }
        if let folder = environment["XDG_CACHE_HOME"], !folder.isEmpty {
            return URL(fileURLWithPath: folder).appendingPathComponent("jialing")
        }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return URL(fileURLWithPath: home).appendingPathComponent(".cache/jialing")
    }

    /// The tree of a document, from the cache or from its text.
    func tree(of document: Data, file name: String) throws(LibraryFault) -> Tree {
        let key = digest(of: document, file: name)
        used.insert(key)
        if let range = known[key], let tree = TreeBytes.tree(of: bytes[range]) { return tree }
        guard let text = String(data: document, encoding: .utf8) else {
            throw LibraryFault("library.not-utf8", file: name)
        }
        let tree = try Tree.parse(text, file: name)
        if file != nil {
            var body: [UInt8] = []
            TreeBytes.append(tree, to: &body)
            fresh.append((key, body))
        }
        return tree
    }

    /// The SHA-256 of a file's bytes, computed once a run.
    func digest(of document: Data, file name: String) -> Data {
        if let known = digests[name] { return known }
        let digest = Data(SHA256.hash(data: document))
        digests[name] = digest
        return digest
    }

    /// Writes what is new, with what was used of the old; nothing where nothing is new.
    func save() {
        guard let file, !fresh.isEmpty else { return }
        var body: [UInt8] = []
        for key in used.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let range = known[key] else { continue }
            Self.append(key, Array(bytes[range]), to: &body)
        }
        for (key, tree) in fresh { Self.append(key, tree, to: &body) }
        var out = Self.mark
        out.append(contentsOf: SHA256.hash(data: Data(body)))
        out.append(contentsOf: body)
        let manager = FileManager.default
        try? manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? out.write(to: file, options: .atomic)
    }

    private static func append(_ key: Data, _ tree: [UInt8], to out: inout [UInt8]) {
        out += key
        TreeBytes.append(UInt32(tree.count), to: &out)
        out += tree
    }

    private func read(_ data: Data) {
        let head = Self.mark.count + Self.digestLength
        guard data.count >= head, data.prefix(Self.mark.count) == Self.mark else { return }
        let body = data[head...]
        guard Data(SHA256.hash(data: body)) == data[Self.mark.count..<head] else { return }
        var position = head
        while position + Self.digestLength + 4 <= data.count {
            let key = Data(data[position..<position + Self.digestLength])
            position += Self.digestLength
            let length = data[position..<position + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
            position += 4
            guard position + length <= data.count else { return }
            known[key] = position..<position + length
            position += length
        }
        bytes = data
    }
}

/// Trees as bytes: a letter for the kind, the line, then the text or the parts.
enum TreeBytes {
    static func append(_ number: UInt32, to out: inout [UInt8]) {
        for shift in [0, 8, 16, 24] as [UInt32] { out.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    static func append(_ tree: Tree, to out: inout [UInt8]) {
        switch tree.content {
        case .text(let text):
            out.append(0)
            append(UInt32(bitPattern: tree.line), to: &out)
            append(text, to: &out)
        case .list(let parts):
            out.append(1)
            append(UInt32(bitPattern: tree.line), to: &out)
            append(UInt32(parts.count), to: &out)
            for part in parts { append(part, to: &out) }
        case .mapping(let pairs):
            out.append(2)
            append(UInt32(bitPattern: tree.line), to: &out)
            append(UInt32(pairs.count), to: &out)
            for pair in pairs {
                append(pair.key, to: &out)
                append(UInt32(bitPattern: pair.keyLine), to: &out)
                append(pair.value, to: &out)
            }
        }
    }

    private static func append(_ text: String, to out: inout [UInt8]) {
        let bytes = text.utf8
        append(UInt32(bytes.count), to: &out)
        out += bytes
    }

    /// Reads a tree back; nil for bytes that hold none. The cache's digest was checked before, so nil means another format.
    static func tree(of bytes: Data) -> Tree? {
        bytes.withUnsafeBytes { raw in
            var cursor = Cursor(raw: raw, position: 0)
            return cursor.tree(depth: 0)
        }
    }

    private struct Cursor {
        let raw: UnsafeRawBufferPointer
        var position: Int

        mutating func tree(depth: Int) -> Tree? {
            guard depth < Tree.deepest, position < raw.count else { return nil }
            let kind = raw[position]
            position += 1
            guard let line = number() else { return nil }
            let place = Int32(bitPattern: line)
            switch kind {
            case 0: return text().map { Tree(line: place, content: .text($0)) }
            case 1:
                guard let count = number(), Int(count) <= raw.count - position else { return nil }
                var parts: [Tree] = []
                parts.reserveCapacity(Int(count))
                for _ in 0..<count {
                    guard let part = tree(depth: depth + 1) else { return nil }
                    parts.append(part)
                }
                return Tree(line: place, content: .list(parts))
            case 2:
                guard let count = number(), Int(count) <= raw.count - position else { return nil }
                var pairs: [Tree.Pair] = []
                pairs.reserveCapacity(Int(count))
                for _ in 0..<count {
                    guard let key = text(), let keyLine = number(), let value = tree(depth: depth + 1) else {
                        return nil
                    }
                    pairs.append(Tree.Pair(key: key, keyLine: Int32(bitPattern: keyLine), value: value))
                }
                return Tree(line: place, content: .mapping(pairs))
            default: return nil
            }
        }

        private mutating func number() -> UInt32? {
            guard position + 4 <= raw.count else { return nil }
            let value = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            position += 4
            return value
        }

        private mutating func text() -> String? {
            guard let length = number(), position + Int(length) <= raw.count else { return nil }
            let slice = UnsafeRawBufferPointer(rebasing: raw[position..<position + Int(length)])
            position += Int(length)
            return String(decoding: slice, as: UTF8.self)
        }
    }
}
