import Vocabulary

extension StandardPack {
    /// What an author of the pack should look at, in the order of the codes.
    public func findings(_ dictionary: FactDictionary) -> [PackFinding] {
        numbering() + translations() + items.flatMap { conditions(of: $0, dictionary) }
    }

    private func conditions(of item: Item, _ dictionary: FactDictionary) -> [PackFinding] {
        var findings: [PackFinding] = []
        var checked: Set<Criterion> = []
        for activity in item.activities {
            func note(_ reason: PackFinding.Reason, _ subject: String = "") {
                findings.append(PackFinding(reason, item: item.code, row: activity.row, subject: subject))
            }
            guard activity.criterion != nil else {
                note(.noCriterion)
                continue
            }
            let criteria =
                activity.tiers.isEmpty ? [activity.criterion].compactMap { $0 } : activity.tiers.map(\.criterion)
            for criterion in criteria where checked.insert(criterion).inserted {
                let years = years(of: criterion).union([header.effective.year])
                let worlds = years.map { Satisfiability(dictionary, year: $0, resolve: self.criterion(of:)) }
                func isPossible(_ criterion: Criterion, holds: Bool = true) -> Bool {
                    worlds.contains { $0.isPossible([Satisfiability.Goal(criterion, holds: holds)]) }
                }
                guard isPossible(criterion) else {
                    note(.contradictory, criterion.outline)
                    continue
                }
                // What is met through another item whose subject alone suffices is no mistake.
                if criterion != .subject, criterion.references.isEmpty, !isPossible(criterion, holds: false) {
                    note(.alwaysMet, criterion.outline)
                }
                for (whole, branch) in criterion.narrowedAlternatives() where !isPossible(whole) {
                    note(.unreachable, branch.outline)
                }
            }
        }
        return findings
    }

    /// The years in which a condition changes, also behind what it refers to.
    private func years(of criterion: Criterion) -> Set<Int> {
        var years = Set(criterion.years)
        var seen: Set<ItemReference> = []
        var open = criterion.references
        while let reference = open.popLast() {
            guard seen.insert(reference).inserted, let other = self.criterion(of: reference) else { continue }
            years.formUnion(other.years)
            open += other.references
        }
        return years
    }

    private func numbering() -> [PackFinding] {
        var findings: [PackFinding] = []
        var known: Set<String> = []
        for heading in chapters + groups where !known.insert(heading.code).inserted {
            findings.append(PackFinding(.duplicateHeading, heading: heading.code, subject: heading.code))
        }
        let groupCodes = groups.compactMap { ItemCode($0.code) }
        let filled = Set(items.map(\.code.group) + (items.map(\.code) + groupCodes).map(\.chapter))
        for heading in chapters + groups where !filled.contains(heading.code) {
            findings.append(PackFinding(.emptyHeading, heading: heading.code, subject: heading.code))
        }
        findings += Self.gaps(items.map { ($0.code.group, $0.code.number, $0.code) }).map { missing, item in
            PackFinding(.gap, item: item, subject: missing)
        }
        let headings =
            Self.gaps(groupCodes.map { ($0.group, $0.number, $0.text) })
            + Self.gaps(chapters.compactMap { heading in Int(heading.code).map { ("", $0, heading.code) } })
        return findings + headings.map { missing, heading in PackFinding(.gap, heading: heading, subject: missing) }
    }

    /// The first number that is left out of each gap, with the code after it.
    private static func gaps<Code>(
        _ codes: [(above: String, number: Int, code: Code)]
    ) -> [(missing: String, next: Code)] {
        var found: [(missing: String, next: Code)] = []
        for (above, members) in Dictionary(grouping: codes, by: \.above).sorted(by: { $0.key < $1.key }) {
            var expected = 1
            for (_, number, code) in members.sorted(by: { $0.number < $1.number }) {
                if number > expected { found.append((above.isEmpty ? "\(expected)" : "\(above).\(expected)", code)) }
                expected = max(expected, number + 1)
            }
        }
        return found
    }

    /// English that is still Chinese, and Chinese that is only the English again.
    private func translations() -> [PackFinding] {
        var findings: [PackFinding] = []
        func look(_ text: BilingualText, _ item: ItemCode? = nil, _ row: Int? = nil, heading: String? = nil) {
            if !text.isTranslated {
                findings.append(PackFinding(.untranslated, item: item, row: row, heading: heading, subject: text.en))
            }
        }
        for text in [header.name, header.issuer, header.source] + header.objectives + header.tiers.map(\.name) {
            look(text)
        }
        for heading in chapters + groups { look(heading.name, heading: heading.code) }
        for item in items {
            look(item.name, item.code)
            look(item.subject, item.code)
            for activity in item.activities {
                if activity.subject != item.subject { look(activity.subject, item.code, activity.row) }
                // A note may quote what the source prints.
                if let note = activity.note, note.zh == note.en { look(note, item.code, activity.row) }
            }
        }
        return findings
    }
}

extension BilingualText {
    /// Whether the English has left the Chinese characters behind (a quoted term in brackets or quotation marks may keep
    /// them) and the Chinese is not just the English again.
    public var isTranslated: Bool {
        var depth = 0
        var isQuoted = false
        for scalar in en.unicodeScalars {
            switch scalar {
            case "(", "（", "“", "《", "‘": depth += 1
            // An apostrophe and the mark after a letter of a list close nothing.
            case ")", "）", "”", "》", "’": depth = max(0, depth - 1)
            case "\"": isQuoted.toggle()
            case "\u{3400}"..."\u{9FFF}": if depth == 0, !isQuoted { return false }
            default: break
            }
        }
        return zh != en || !zh.unicodeScalars.contains { ("a"..."z").contains($0) }
    }
}

extension Criterion {
    /// The years from which a threshold in it changes or a tier closes.
    var years: [Int] {
        switch self {
        case .compare(_, _, let threshold): threshold.changes ? threshold.steps.map(\.from) : []
        case .until(let year, let part): [year, year + 1] + part.years
        default: parts.flatMap(\.years)
        }
    }

    /// For each alternative of each `any`: the whole criterion with only that alternative left, and the alternative.
    func narrowedAlternatives() -> [(whole: Criterion, branch: Criterion)] {
        switch self {
        case .any(let parts):
            parts.flatMap { part in [(part, part)] + part.narrowedAlternatives() }
        case .all(let parts):
            parts.indices.flatMap { index in
                parts[index].narrowedAlternatives().map { narrowed in
                    var all = parts
                    all[index] = narrowed.whole
                    return (.all(all), narrowed.branch)
                }
            }
        case .until(let year, let part):
            part.narrowedAlternatives().map { (.until(year: year, $0.whole), $0.branch) }
        case .not, .compare, .holds, .oneOf, .complies, .see: []
        }
    }

    /// The condition in the words of a pack, short enough for a message.
    public var outline: String {
        switch self {
        case .all(let parts): parts.isEmpty ? "subject" : "all[" + parts.map(\.outline).joined(separator: ", ") + "]"
        case .any(let parts): "any[" + parts.map(\.outline).joined(separator: ", ") + "]"
        case .not(let part): "not \(part.outline)"
        case .compare(let fact, let comparison, let threshold):
            "\(fact) \(comparison.rawValue) \(threshold.outline)"
        case .holds(let fact): fact.name
        case .oneOf(let fact, let choices): "\(fact) ∈ {\(choices.joined(separator: ", "))}"
        case .complies(let standard, .conforms): standard
        case .complies(let standard, .grade(let grade)): "\(standard) ≤ \(grade)"
        case .complies(let standard, .level(let level)): "\(standard) \(level)"
        case .see(let reference): "see \(reference)"
        case .until(let year, let part): "until \(year): \(part.outline)"
        }
    }
}

extension Threshold {
    /// `5 MW`, or each step with its year.
    public var outline: String {
        changes
            ? steps.map { "\($0.from): \($0.quantity)" }.joined(separator: ", ")
            : steps.first?.quantity.description ?? ""
    }
}
