import Standards

/// What tables call the relations of subjects: `equal`, `相同`, `=` and the like.
public struct RelationWords: Sendable {
    private var relations: [String: ScopeRelation] = [:]

    /// The relations by their own names only.
    public init() {
        for relation in ScopeRelation.allCases { relations[relation.rawValue] = relation }
    }

    /// Takes up a word, in place of what it meant before. Letters count the same small and large; white space is left out.
    public mutating func add(_ word: String, as relation: ScopeRelation) {
        relations[Self.fold(word)] = relation
    }

    /// The relation that a cell names; nil where it is none of the words.
    public subscript(cell: String) -> ScopeRelation? { relations[Self.fold(cell)] }

    static func fold(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace })
    }
}

extension RuleLibrary {
    static let relationWordsFile = "vocabulary/relation-words.yaml"

    /// The words of the library (`vocabulary/relation-words.yaml`).
    public func relationWords() throws(LibraryFault) -> RelationWords {
        var words = RelationWords()
        let entry = try LibraryFiles(root: root).entry(Self.relationWordsFile)
        try entry.allow(Set(ScopeRelation.allCases.map(\.rawValue)))
        for relation in ScopeRelation.allCases {
            for word in try entry.optional(relation.rawValue)?.list() ?? [] {
                words.add(try word.text(), as: relation)
            }
        }
        return words
    }
}
