import Standards
import Vocabulary
import Yams

/// One node of a YAML file that knows where it stands, so that every mistake is told with its line.
struct Entry {
    let node: Node
    let file: String
    let path: String

    /// Reads the text of a file; its size was bounded when it was read (64 MiB).
    static func root(of text: String, file: String) throws(LibraryFault) -> Entry {
        do {
            // Every scalar is read as text and given its type by whoever asks: guessing types costs a regular expression each.
            guard let node = try Yams.compose(yaml: text, .basic) else {
                throw LibraryFault("library.empty", file: file)
            }
            return Entry(node: node, file: file, path: "")
        } catch let fault as LibraryFault {
            throw fault
        } catch let error as YamlError {
            throw error.placed(in: file)
        } catch {
            throw LibraryFault("library.yaml", file: file, ["problem": "\(error)"])
        }
    }

    var line: Int? { node.mark?.line }

    func fault(_ key: String, _ arguments: [String: String] = [:]) -> LibraryFault {
        var arguments = arguments
        arguments["field"] = path.isEmpty ? "/" : path
        return LibraryFault(key, file: file, line: line, arguments)
    }

    func fault(_ message: Message) -> LibraryFault {
        LibraryFault(file: file, line: line, message: message)
    }

    /// Runs a domain initialiser and gives its error this entry's place.
    func place<Value, Fault: Error>(
        _ explain: (Fault) -> Message, _ body: () throws(Fault) -> Value
    ) throws(LibraryFault) -> Value {
        do {
            return try body()
        } catch {
            throw fault(explain(error))
        }
    }

    func optional(_ key: String) throws(LibraryFault) -> Entry? {
        guard let mapping = node.mapping else { throw fault("library.not-a-mapping") }
        guard let value = mapping[Node(key)] else { return nil }
        return Entry(node: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }

    func required(_ key: String) throws(LibraryFault) -> Entry {
        guard let entry = try optional(key) else { throw fault("library.missing-field", ["name": key]) }
        return entry
    }

    /// Refuses keys that nobody reads: a misspelt key must not be silently without effect.
    func allow(_ keys: Set<String>) throws(LibraryFault) {
        guard let mapping = node.mapping else { throw fault("library.not-a-mapping") }
        for (key, _) in mapping {
            guard let name = key.scalar?.string else { throw fault("library.not-a-mapping") }
            guard !keys.contains(name) else { continue }
            // The line of the key: that of the mapping may be hundreds of lines above.
            throw LibraryFault(
                "library.unknown-field", file: file, line: key.mark?.line ?? line,
                ["name": name, "field": path.isEmpty ? "/" : path])
        }
    }

    func pairs() throws(LibraryFault) -> [(key: String, value: Entry)] {
        guard let mapping = node.mapping else { throw fault("library.not-a-mapping") }
        var result: [(key: String, value: Entry)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw fault("library.not-a-mapping") }
            result.append((name, Entry(node: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")))
        }
        return result
    }

    func list() throws(LibraryFault) -> [Entry] {
        guard let sequence = node.sequence else { throw fault("library.not-a-list") }
        return sequence.enumerated().map { Entry(node: $1, file: file, path: "\(path)[\($0 + 1)]") }
    }

    func text() throws(LibraryFault) -> String {
        guard let scalar = node.scalar else { throw fault("library.not-a-text") }
        guard !scalar.string.isEmpty else { throw fault("library.empty-text") }
        return scalar.string
    }

    func number() throws(LibraryFault) -> Double {
        guard let scalar = node.scalar, let value = Double(scalar.string), value.isFinite else {
            throw fault("library.not-a-number")
        }
        return value
    }

    func integer() throws(LibraryFault) -> Int {
        guard let scalar = node.scalar, let value = Int(scalar.string) else {
            throw fault("library.not-a-whole-number")
        }
        return value
    }

    func yesNo() throws(LibraryFault) -> Bool {
        switch node.scalar?.string {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw fault("library.not-yes-no")
        }
    }

    /// `{zh: …, en: …}`, both required.
    func bilingual() throws(LibraryFault) -> BilingualText {
        try allow(["zh", "en"])
        return BilingualText(zh: try required("zh").text(), en: try required("en").text())
    }

    func choice<Value: RawRepresentable & CaseIterable>(_: Value.Type) throws(LibraryFault) -> Value
    where Value.RawValue == String {
        let raw = try text()
        guard let value = Value(rawValue: raw) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("library.not-one-of", ["value": raw, "known": known])
        }
        return value
    }

    func date() throws(LibraryFault) -> CalendarDate {
        let raw = try text()
        return try place(\.message) { () throws(ParseFault) in try CalendarDate.parse(raw) }
    }

    func unit() throws(LibraryFault) -> Unit {
        let raw = try text()
        return try place(\.message) { () throws(ParseFault) in try Unit.parse(raw) }
    }

    func quantity() throws(LibraryFault) -> Quantity {
        let raw = try text()
        return try place(\.message) { () throws(ParseFault) in try Quantity.parse(raw) }
    }

    func itemCode() throws(LibraryFault) -> ItemCode {
        let raw = try text()
        guard let code = ItemCode(raw) else { throw fault("library.not-an-item-code", ["value": raw]) }
        return code
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
