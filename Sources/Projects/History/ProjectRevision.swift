import Vocabulary

/// What changed between two versions of a project, field by field, for its history.
public struct ProjectRevision: Sendable, Hashable {
    /// One field that says something else than before.
    public struct Change: Sendable, Hashable {
        public let field: ProjectField
        /// Which of several facts, subjects or documents; empty elsewhere.
        public let key: String
        /// nil where the field said nothing before.
        public let before: FieldText?
        /// nil where the field says nothing any more.
        public let after: FieldText?

        /// The sentence of the change. Its values are put in by `text(_:_:in:)`, since some are words of ours.
        public func text(_ phrasebook: Phrasebook, in language: Language) -> String {
            func say(_ text: FieldText?) -> String {
                switch text {
                case .text(let text): text
                case .phrase(let message): phrasebook.text(message, in: language)
                case nil: ""
                }
            }
            let name = phrasebook.text(field.title, in: language) + (key.isEmpty ? "" : " \(key)")
            let phrase =
                switch (before, after) {
                case (nil, _): "project.change.added"
                case (_, nil): "project.change.removed"
                default: "project.change.changed"
                }
            let arguments = ["field": name, "before": say(before), "after": say(after)]
            return phrasebook.text(Message(key: phrase, arguments: arguments), in: language)
        }
    }

    /// In the order of the form.
    public let changes: [Change]

    public var isEmpty: Bool { changes.isEmpty }

    public init(from before: Project, to after: Project) {
        struct Place: Hashable {
            let field: ProjectField
            let key: String
        }
        func texts(_ project: Project) -> [Place: FieldText] {
            var texts: [Place: FieldText] = [:]
            // A document that stands twice is a fault of its own; the first speaks.
            for entry in project.entries {
                let place = Place(field: entry.field, key: entry.key)
                if texts[place] == nil { texts[place] = entry.text }
            }
            return texts
        }
        let (old, new) = (texts(before), texts(after))
        let order = Dictionary(uniqueKeysWithValues: ProjectField.allCases.enumerated().map { ($1, $0) })
        changes = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
            .sorted { (order[$0.field] ?? 0, $0.key) < (order[$1.field] ?? 0, $1.key) }
            .map { Change(field: $0.field, key: $0.key, before: old[$0], after: new[$0]) }
    }
}
