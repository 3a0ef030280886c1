import Projects
import Vocabulary

extension RuleLibrary {
    /// The words of company and project names, for finding the same one again.
    public func nameWords() throws(LibraryFault) -> NameWords {
        let files = LibraryFiles(root: root)
        var lists = try files.entry("projects/names.yaml").nameLists()
        let readings = try files.text("projects/readings.tsv").split(separator: "\n").dropFirst()
        lists.homophones = readings.compactMap { $0.split(separator: "\t").last.map { String($0) } }
        return NameWords(lists, regions: regions)
    }

    /// What reasons for two companies, and for two projects, being the same weigh.
    public func likenessWeights() throws(LibraryFault) -> (companies: LikenessWeights, projects: LikenessWeights) {
        let file = try LibraryFiles(root: root).entry("projects/weights.yaml")
        try file.allow(["company", "project"])
        return (try file.required("company").likenessWeights(), try file.required("project").likenessWeights())
    }

    /// How companies and projects are compared.
    public func projectComparison() throws(LibraryFault) -> ProjectComparison {
        let weights = try likenessWeights()
        return ProjectComparison(words: try nameWords(), projects: weights.projects, companies: weights.companies)
    }

    /// The labelled pairs of a set, `train` or `test`.
    public func labelledPairs(_ set: String) throws(LibraryFault) -> [LabelledPair] {
        let file = "projects/duplicates/\(set).tsv"
        let lines = try LibraryFiles(root: root).text(file).split(
            separator: "\n", omittingEmptySubsequences: false)
        var pairs: [LabelledPair] = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            if index == 0, cells == LabelledPair.columns { continue }
            guard let pair = LabelledPair(cells: cells) else {
                throw LibraryFault("library.not-a-pair", file: file, line: index + 1, [:])
            }
            pairs.append(pair)
        }
        return pairs
    }
}

extension Entry {
    fileprivate func words() throws(LibraryFault) -> [String] {
        var result: [String] = []
        for entry in try list() { result.append(try entry.text()) }
        guard !result.isEmpty else { throw fault("library.empty") }
        return result
    }

    fileprivate func nameLists() throws(LibraryFault) -> NameWords.Lists {
        try allow(["traditional", "lookalikes", "company", "project"])
        var lists = NameWords.Lists()
        lists.traditional = try required("traditional").text()
        lists.lookalikes = try required("lookalikes").words()
        let company = try required("company")
        try company.allow(["forms", "group", "branches", "former", "short", "trades"])
        for (name, entry) in try company.required("forms").pairs() {
            guard let form = NameWords.LegalForm(rawValue: name) else {
                throw entry.fault("library.unknown-field", ["name": name])
            }
            lists.forms[form] = try entry.words()
        }
        lists.group = try company.required("group").words()
        lists.branches = try company.required("branches").words()
        lists.former = try company.required("former").words()
        lists.short = try company.required("short").words()
        lists.trades = try company.required("trades").words()
        let project = try required("project")
        try project.allow([
            "openings", "endings", "contracts", "extensions", "links", "synonyms", "subjects", "localities",
            "capacities",
        ])
        lists.openings = try project.required("openings").words()
        lists.endings = try project.required("endings").words()
        lists.contracts = try project.required("contracts").words()
        lists.extensions = try project.required("extensions").words()
        lists.links = try project.required("links").words()
        lists.localities = try project.required("localities").words()
        lists.subjects = try project.required("subjects").words()
        for group in try project.required("synonyms").list() { lists.synonyms.append(try group.words()) }
        for (kind, units) in try project.required("capacities").pairs() {
            for (unit, scale) in try units.pairs() { lists.capacities[kind, default: [:]][unit] = try scale.number() }
        }
        return lists
    }

    fileprivate func likenessWeights() throws(LibraryFault) -> LikenessWeights {
        var weights: [LikenessReason: Double] = [:]
        var bias = 0.0
        for (name, entry) in try pairs() {
            if name == "bias" {
                bias = try entry.number()
                continue
            }
            guard let reason = LikenessReason(rawValue: "likeness." + name) else {
                throw entry.fault("library.unknown-field", ["name": name])
            }
            weights[reason] = try entry.number()
        }
        return LikenessWeights(bias: bias, weights: weights)
    }
}
