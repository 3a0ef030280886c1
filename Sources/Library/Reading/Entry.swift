import Standards
import Vocabulary

/// One node of a YAML file that knows where it stands, so that every mistake is told with its line.
struct Entry {
    let tree: Tree
    let file: String
    private let trail: Trail

    /// Reads the text of a file; its size was bounded when it was read (64 MiB).
    static func root(of text: String, file: String) throws(LibraryFault) -> Entry {
        Entry(tree: try Tree.parse(text, file: file), file: file)
    }

    init(tree: Tree, file: String) {
        self.init(tree: tree, file: file, trail: .root)
    }

    private init(tree: Tree, file: String, trail: Trail) {
        self.tree = tree
        self.file = file
        self.trail = trail
    }

    /// The way from the root to a node, put into words only when there is a mistake to tell.
    private indirect enum Trail {
        case root
        case key(Trail, String)
        case index(Trail, Int)

        var path: String {
            switch self {
            case .root: ""
            case .key(.root, let key): key
            case .key(let above, let key): "\(above.path).\(key)"
            case .index(let above, let position): "\(above.path)[\(position)]"
            }
        }
    }

    /// Where the node stands, e.g. `groups[1].items[3].activities[2]`; `/` for the whole file.
    var path: String {
        let path = trail.path
        return path.isEmpty ? "/" : path
    }

    var line: Int? { tree.line > 0 ? Int(tree.line) : nil }

    private var mapping: [Tree.Pair]? {
        guard case .mapping(let pairs) = tree.content else { return nil }
        return pairs
    }

    private var scalar: String? {
        guard case .text(let text) = tree.content else { return nil }
        return text
    }

    private func child(_ tree: Tree, _ key: String) -> Entry {
        Entry(tree: tree, file: file, trail: .key(trail, key))
    }

    func fault(_ key: String, _ arguments: [String: String] = [:]) -> LibraryFault {
        var arguments = arguments
        arguments["field"] = path
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
        guard let mapping else { throw fault("library.not-a-mapping") }
        return mapping.first { $0.key == key }.map { child($0.value, key) }
    }

    func required(_ key: String) throws(LibraryFault) -> Entry {
        guard let entry = try optional(key) else { throw fault("library.missing-field", ["name": key]) }
        return entry
    }

    /// Refuses keys that nobody reads: a misspelt key must not be silently without effect.
    func allow(_ keys: Set<String>) throws(LibraryFault) {
        guard let mapping else { throw fault("library.not-a-mapping") }
        for pair in mapping where !keys.contains(pair.key) {
            // The line of the key: that of the mapping may be hundreds of lines above.
            throw LibraryFault(
                "library.unknown-field", file: file, line: pair.keyLine > 0 ? Int(pair.keyLine) : line,
                ["name": pair.key, "field": path])
        }
    }

    func pairs() throws(LibraryFault) -> [(key: String, value: Entry)] {
        guard let mapping else { throw fault("library.not-a-mapping") }
        return mapping.map { ($0.key, child($0.value, $0.key)) }
    }

    /// The text where the node is one, for nodes that may be a word or a mapping.
    var word: String? { scalar }

    var isMapping: Bool { mapping != nil }

    func list() throws(LibraryFault) -> [Entry] {
        guard case .list(let parts) = tree.content else { throw fault("library.not-a-list") }
        return parts.enumerated().map { Entry(tree: $1, file: file, trail: .index(trail, $0 + 1)) }
    }

    func text() throws(LibraryFault) -> String {
        guard let scalar else { throw fault("library.not-a-text") }
        guard !scalar.isEmpty else { throw fault("library.empty-text") }
        return scalar
    }

    func number() throws(LibraryFault) -> Double {
        guard let scalar, let value = Double(scalar), value.isFinite else {
            throw fault("library.not-a-number")
        }
        return value
    }

    func integer() throws(LibraryFault) -> Int {
        guard let scalar, let value = Int(scalar) else {
            throw fault("library.not-a-whole-number")
        }
        return value
    }

    func yesNo() throws(LibraryFault) -> Bool {
        switch scalar {
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
