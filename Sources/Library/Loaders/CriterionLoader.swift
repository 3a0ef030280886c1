import Standards
import Vocabulary

extension Entry {
    /// Reads a criterion and checks it against the dictionary: every fact known, every unit of the fact's dimension,
    /// every choice one of the fact's.
    func criterion(_ facts: FactDictionary, depth: Int = 0) throws(LibraryFault) -> Criterion {
        guard depth < 16 else { throw fault("criterion.too-deep") }
        let pairs = try pairs()
        guard let (key, value) = pairs.first, pairs.count == 1 else { throw fault("criterion.one-key") }
        switch key {
        case "all": return .all(try value.parts(facts, depth))
        case "any":
            let parts = try value.parts(facts, depth)
            guard !parts.isEmpty else { throw value.fault("criterion.empty-any") }
            return .any(parts)
        case "not": return .not(try value.criterion(facts, depth: depth + 1))
        case "holds":
            let id = FactID(try value.text())
            guard case .yesNo = try value.definition(id, facts).kind else { throw value.fault("criterion.not-yes-no") }
            return .holds(id)
        case "one_of": return try value.oneOf(facts)
        case "compare": return try value.comparison(facts)
        case "complies": return try value.compliance(facts)
        case "see": return .see(try value.itemCode())
        default: throw fault("criterion.unknown-key", ["name": key])
        }
    }

    private func parts(_ facts: FactDictionary, _ depth: Int) throws(LibraryFault) -> [Criterion] {
        var parts: [Criterion] = []
        for entry in try list() { parts.append(try entry.criterion(facts, depth: depth + 1)) }
        return parts
    }

    private func definition(_ id: FactID, _ facts: FactDictionary) throws(LibraryFault) -> FactDefinition {
        guard let definition = facts[id] else { throw fault("criterion.unknown-fact", ["fact": id.name]) }
        return definition
    }

    private func oneOf(_ facts: FactDictionary) throws(LibraryFault) -> Criterion {
        try allow(["fact", "choices"])
        let id = FactID(try required("fact").text())
        guard case .choice(let known) = try definition(id, facts).kind else { throw fault("criterion.not-a-choice") }
        var choices: [String] = []
        for entry in try required("choices").list() {
            let choice = try entry.text()
            guard known.contains(where: { $0.id == choice }) else {
                throw entry.fault("criterion.unknown-choice", ["value": choice])
            }
            choices.append(choice)
        }
        return .oneOf(id, choices)
    }

    private func comparison(_ facts: FactDictionary) throws(LibraryFault) -> Criterion {
        try allow(["fact", "is", "value"])
        let id = FactID(try required("fact").text())
        guard let unit = try definition(id, facts).unit else { throw fault("criterion.not-a-number") }
        let threshold = try required("value").quantity()
        let converted = try place(\.message) { () throws(DimensionMismatch) in try threshold.converted(to: unit) }
        return .compare(id, try required("is").choice(Comparison.self), converted)
    }

    private func compliance(_ facts: FactDictionary) throws(LibraryFault) -> Criterion {
        try allow(["standard", "grade", "level"])
        let standard = try required("standard").text()
        let compliance: Compliance
        if let grade = try optional("grade") {
            compliance = .grade(atLeast: try grade.integer())
        } else if let level = try optional("level") {
            compliance = .level(try level.text())
        } else {
            compliance = .conforms
        }
        let kind = try definition(Criterion.fact(of: standard, compliance), facts).kind
        switch (compliance, kind) {
        case (.grade, .number), (.conforms, .yesNo), (.level, .yesNo): break
        default: throw fault("criterion.wrong-kind", ["standard": standard])
        }
        return .complies(standard: standard, compliance)
    }
}
