import Standards
import Vocabulary

/// A criterion that several rows share, under a name.
struct CriterionDefinition {
    let criterion: Criterion?
    let entry: Entry
    var isUsed = false

    var line: Int { entry.line ?? 0 }
}

extension PackReader {
    /// Reads a criterion and checks it against the dictionary: every fact known, every unit of the fact's dimension,
    /// every choice one of the fact's.
    ///
    /// - Returns: nil where a part has a mistake, which is noted.
    mutating func criterion(_ entry: Entry, depth: Int = 0) -> Criterion? {
        attempt { reader throws(LibraryFault) in try reader.node(entry, depth) } ?? nil
    }

    /// Takes up the `definitions` of a file, each of which may use those before it.
    mutating func read(definitions entry: Entry) throws(LibraryFault) {
        for (name, definition) in try entry.optional("definitions")?.pairs() ?? [] {
            guard definitions[name] == nil else {
                note(definition.fault("criterion.definition-twice", ["name": name]))
                continue
            }
            definitions[name] = CriterionDefinition(criterion: criterion(definition), entry: definition)
        }
    }

    private mutating func node(_ entry: Entry, _ depth: Int) throws(LibraryFault) -> Criterion? {
        guard depth < 16 else { throw entry.fault("criterion.too-deep") }
        if entry.word == "subject" { return .subject }
        let pairs = try entry.pairs()
        guard let (key, value) = pairs.first, pairs.count == 1 else { throw entry.fault("criterion.one-key") }
        switch key {
        case "all": return try parts(value, depth).map { .all($0) }
        case "any":
            guard let parts = try parts(value, depth) else { return nil }
            guard !parts.isEmpty else { throw value.fault("criterion.empty-any") }
            return .any(parts)
        case "not": return criterion(value, depth: depth + 1).map { .not($0) }
        case "holds":
            let id = FactID(try value.text())
            guard case .yesNo = try definition(value, id).kind else { throw value.fault("criterion.not-yes-no") }
            return .holds(id)
        case "one_of": return try oneOf(value)
        case "by": return try cases(value, depth)
        case "compare": return try comparison(value)
        case "complies": return try compliance(value)
        case "see": return .see(try value.itemReference())
        case "until":
            try value.allow(["year", "criterion"])
            let year = try value.required("year").year()
            return criterion(try value.required("criterion"), depth: depth + 1).map { .until(year: year, $0) }
        case "use": return try definition(named: value)
        default: throw entry.fault("criterion.unknown-key", ["name": key])
        }
    }

    private mutating func parts(_ entry: Entry, _ depth: Int) throws(LibraryFault) -> [Criterion]? {
        let entries = try entry.list()
        let parts = entries.compactMap { criterion($0, depth: depth + 1) }
        return parts.count == entries.count ? parts : nil
    }

    private mutating func definition(named entry: Entry) throws(LibraryFault) -> Criterion? {
        let name = try entry.text()
        guard let definition = definitions[name] else {
            // It may stand in the header that could not be read.
            guard hasHeader else { return nil }
            throw entry.fault("criterion.unknown-definition", ["name": name])
        }
        definitions[name]?.isUsed = true
        return definition.criterion
    }

    private func definition(_ entry: Entry, _ id: FactID) throws(LibraryFault) -> FactDefinition {
        guard let definition = facts[id] else { throw entry.fault("criterion.unknown-fact", ["fact": id.name]) }
        return definition
    }

    private func choices(_ entry: Entry) throws(LibraryFault) -> (fact: FactID, known: [FactChoice]) {
        let id = FactID(try entry.text())
        guard case .choice(let known) = try definition(entry, id).kind else {
            throw entry.fault("criterion.not-a-choice")
        }
        return (id, known)
    }

    private func oneOf(_ entry: Entry) throws(LibraryFault) -> Criterion {
        try entry.allow(["fact", "choices"])
        let (fact, known) = try choices(try entry.required("fact"))
        var wanted: [String] = []
        for place in try entry.required("choices").list() {
            let choice = try place.text()
            guard known.contains(where: { $0.id == choice }) else {
                throw place.fault("criterion.unknown-choice", ["value": choice])
            }
            wanted.append(choice)
        }
        return .oneOf(fact, wanted)
    }

    /// `by`: a condition for each kind, read as any of "is of the kind, and meets its condition".
    private mutating func cases(_ entry: Entry, _ depth: Int) throws(LibraryFault) -> Criterion? {
        try entry.allow(["fact", "cases"])
        let (fact, known) = try choices(try entry.required("fact"))
        let entries = try entry.required("cases").pairs()
        guard !entries.isEmpty else { throw entry.fault("criterion.empty-any") }
        var parts: [Criterion] = []
        for (choice, condition) in entries {
            guard known.contains(where: { $0.id == choice }) else {
                throw condition.fault("criterion.unknown-choice", ["value": choice])
            }
            guard let part = criterion(condition, depth: depth + 1) else { continue }
            parts.append(part == .subject ? .oneOf(fact, [choice]) : .all([.oneOf(fact, [choice]), part]))
        }
        return parts.count == entries.count ? .any(parts) : nil
    }

    private func comparison(_ entry: Entry) throws(LibraryFault) -> Criterion {
        try entry.allow(["fact", "is", "value", "by_year", "until"])
        let place = try entry.required("fact")
        let id = FactID(try place.text())
        guard let unit = try definition(place, id).unit else { throw entry.fault("criterion.not-a-number") }
        func quantity(_ entry: Entry) throws(LibraryFault) -> Quantity {
            let threshold = try entry.quantity()
            return try entry.place(\.message) { () throws(DimensionMismatch) in try threshold.converted(to: unit) }
        }
        let threshold: Threshold
        if let years = try entry.optional("by_year") {
            var steps: [Threshold.Step] = []
            for (year, value) in try years.pairs() {
                guard let from = Int(year), (1900...2200).contains(from) else {
                    throw value.fault("criterion.not-a-year")
                }
                steps.append(Threshold.Step(from: from, try quantity(value)))
            }
            guard !steps.isEmpty else { throw years.fault("criterion.not-a-year") }
            threshold = Threshold(steps: steps)
        } else {
            threshold = Threshold(try quantity(try entry.required("value")))
        }
        let comparison = Criterion.compare(id, try entry.required("is").choice(Comparison.self), threshold)
        guard let last = try entry.optional("until") else { return comparison }
        return .until(year: try last.year(), comparison)
    }

    private func compliance(_ entry: Entry) throws(LibraryFault) -> Criterion {
        try entry.allow(["standard", "grade", "level"])
        let place = try entry.required("standard")
        let standard = try place.text()
        let compliance: Compliance
        if let grade = try entry.optional("grade") {
            compliance = .grade(atLeast: try grade.integer())
        } else if let level = try entry.optional("level") {
            compliance = .level(try level.text())
        } else {
            compliance = .conforms
        }
        let kind = try definition(place, Criterion.fact(of: standard, compliance)).kind
        switch (compliance, kind) {
        case (.grade, .number), (.conforms, .yesNo), (.level, .yesNo): break
        default: throw entry.fault("criterion.wrong-kind", ["standard": standard])
        }
        return .complies(standard: standard, compliance)
    }
}

extension Entry {
    fileprivate func year() throws(LibraryFault) -> Int {
        let year = try integer()
        guard (1900...2200).contains(year) else { throw fault("criterion.not-a-year") }
        return year
    }

    /// `4.1.1` or `4.1.1/2`.
    func itemReference() throws(LibraryFault) -> ItemReference {
        let raw = try text()
        guard let reference = ItemReference(raw) else { throw fault("library.not-an-item-code", ["value": raw]) }
        return reference
    }
}
