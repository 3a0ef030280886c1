import Credit
import Vocabulary

extension Entry {
    /// Reads what invented loans are made of.
    func generatorWords(_ regions: RegionTable) throws(LibraryFault) -> GeneratorWords {
        try allow(["name_heads", "name_tails", "name_ends", "phases", "green", "ordinary", "short"])
        let places = regions.regions.filter { $0.status == .current && $0.code.level == .county }
        guard !places.isEmpty else { throw fault("library.no-places") }
        return GeneratorWords(
            nameHeads: try required("name_heads").texts(), nameTails: try required("name_tails").texts(),
            nameEnds: try required("name_ends").texts(), phases: try required("phases").texts(),
            green: try required("green").generatorKinds(), ordinary: try required("ordinary").generatorKinds(),
            short: try required("short").texts(), places: places.map { ($0.name, $0.code.description) })
    }

    private func texts() throws(LibraryFault) -> [String] {
        var result: [String] = []
        for entry in try list() { result.append(try entry.text()) }
        guard !result.isEmpty else { throw fault("library.empty") }
        return result
    }

    private func generatorKinds() throws(LibraryFault) -> [GeneratorWords.Kind] {
        var kinds: [GeneratorWords.Kind] = []
        for entry in try list() {
            try entry.allow(["weight", "industry", "project", "purpose", "facts"])
            var facts: [(id: String, low: Double, high: Double)] = []
            for (id, range) in try entry.optional("facts")?.pairs() ?? [] {
                let bounds = try range.list()
                guard bounds.count == 2 else { throw range.fault("library.not-a-list") }
                facts.append((id, try bounds[0].number(), try bounds[1].number()))
            }
            let weight = try entry.required("weight")
            let times = try weight.integer()
            guard (1...1_000).contains(times) else { throw weight.fault("library.not-a-weight") }
            kinds.append(
                GeneratorWords.Kind(
                    weight: times, industry: try entry.required("industry").text(),
                    project: try entry.optional("project")?.word ?? "",
                    purposes: try entry.required("purpose").texts(), facts: facts))
        }
        guard !kinds.isEmpty else { throw fault("library.empty") }
        return kinds
    }
}

extension RuleLibrary {
    /// What invented loans are made of.
    public func generatorWords() throws(LibraryFault) -> GeneratorWords {
        try LibraryFiles(root: root).entry("ledger/generator.yaml").generatorWords(regions)
    }
}
