import Projects
import Vocabulary

extension RuleLibrary {
    /// What lists of projects call their columns, stages and kinds of financing.
    public func projectSheetWords() throws(LibraryFault) -> ProjectSheetWords {
        try LibraryFiles(root: root).entry("projects/columns.yaml").projectSheetWords()
    }

    /// What projects are checked against: this library's facts, regions, industries and packs.
    public var projectRegister: ProjectRegister {
        ProjectRegister(dictionary: facts, regions: regions, industries: industries, packs: packs)
    }
}

extension Entry {
    fileprivate func projectSheetWords() throws(LibraryFault) -> ProjectSheetWords {
        try allow(["columns", "stages", "needs"])
        let headers = try required("columns").wordLists(ProjectColumn.self)
        let stages = try required("stages").wordLists(ProjectStage.self)
        let needs = try required("needs").wordLists(FinancingNeed.Kind.self)
        do {
            return try ProjectSheetWords(headers: headers, stages: stages, needs: needs)
        } catch {
            throw fault(error.message(titles: [:]))
        }
    }

    private func wordLists<Key: RawRepresentable & Hashable>(
        _: Key.Type
    ) throws(LibraryFault) -> [Key: [String]] where Key.RawValue == String {
        var result: [Key: [String]] = [:]
        for (name, list) in try pairs() {
            guard let key = Key(rawValue: name) else { throw list.fault("library.unknown-field", ["name": name]) }
            var words: [String] = []
            for word in try list.list() { words.append(try word.text()) }
            result[key] = words
        }
        return result
    }
}
