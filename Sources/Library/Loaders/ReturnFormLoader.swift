import Credit
import Standards
import Statistics
import Vocabulary

extension RuleLibrary {
    static func returnForms(
        _ files: LibraryFiles, indicators: Set<String>
    ) throws(LibraryFault) -> [ReturnForm] {
        var forms: [ReturnForm] = []
        for name in files.names(in: "statistics/returns", ending: ".yaml") {
            let entry = try files.entry(name)
            let form = try ReturnFormReader(indicators: indicators).form(entry)
            guard !forms.contains(where: { $0.id == form.id }) else {
                throw entry.fault("library.named-twice", ["name": form.id])
            }
            forms.append(form)
        }
        return forms
    }
}

/// Reads a form, and refuses what could not be counted or checked.
private struct ReturnFormReader {
    let indicators: Set<String>

    func form(_ entry: Entry) throws(LibraryFault) -> ReturnForm {
        try entry.allow([
            "id", "version", "name", "confirmed", "note", "frequency", "kinds", "tables", "checks",
        ])
        var kinds: [ReturnForm.Kind] = []
        for part in try entry.required("kinds").list() { kinds.append(try kind(part, beside: kinds)) }
        var tables: [ReturnTableForm] = []
        for part in try entry.required("tables").list() {
            let table = try table(part, Set(kinds.map(\.id)))
            try requireNew(table.id, tables.map(\.id), part)
            tables.append(table)
        }
        var checks: [ReturnCheck] = []
        for part in try entry.required("checks").list() {
            let check = try check(part, tables)
            try requireNew(check.id, checks.map(\.id), part)
            checks.append(check)
        }
        let frequency = try entry.required("frequency")
        let periods: [String: ReportingPeriod.Kind] = [
            "month": .month, "quarter": .quarter, "half": .half, "year": .year,
        ]
        guard let length = periods[try frequency.text()] else {
            throw frequency.fault(
                "library.not-one-of",
                ["value": try frequency.text(), "known": periods.keys.sorted().joined(separator: ", ")])
        }
        return ReturnForm(
            id: try identifier(entry), version: try entry.required("version").text(),
            name: try entry.required("name").bilingual(), isConfirmed: try entry.required("confirmed").yesNo(),
            note: try entry.required("note").bilingual(), frequency: length, kinds: kinds, tables: tables,
            checks: checks)
    }

    /// A name for machines: letters, digits, `_` and `-`, so that it can stand in addresses and before a point in a check.
    private func identifier(_ entry: Entry) throws(LibraryFault) -> String {
        let field = try entry.required("id")
        let text = try field.text()
        guard text.utf8.count <= 64, text != ReturnTable.total,
            text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45 })
        else { throw field.fault("library.not-an-id", ["value": text]) }
        return text
    }

    private func requireNew(_ id: String, _ known: [String], _ entry: Entry) throws(LibraryFault) {
        guard !known.contains(id) else { throw entry.fault("library.named-twice", ["name": id]) }
    }

    private func kind(_ entry: Entry, beside others: [ReturnForm.Kind]) throws(LibraryFault) -> ReturnForm.Kind {
        try entry.allow(["id", "name", "chapters"])
        let id = try identifier(entry)
        try requireNew(id, others.map(\.id), entry)
        var chapters: [String: Set<String>] = [:]
        for (catalogue, list) in try entry.required("chapters").pairs() {
            for chapter in try list.list() {
                let code = try chapter.text()
                // A loan is of one kind.
                guard !others.contains(where: { $0.chapters[catalogue]?.contains(code) ?? false }),
                    chapters[catalogue, default: []].insert(code).inserted
                else { throw chapter.fault("library.named-twice", ["name": code]) }
            }
        }
        return ReturnForm.Kind(id: id, name: try entry.required("name").bilingual(), chapters: chapters)
    }

    private func table(_ entry: Entry, _ kinds: Set<String>) throws(LibraryFault) -> ReturnTableForm {
        try entry.allow(["id", "name", "lines", "columns"])
        var columns: [ReturnColumn] = []
        for part in try entry.required("columns").list() {
            let column = try column(part, columns, kinds)
            try requireNew(column.id, columns.map(\.id), part)
            columns.append(column)
        }
        return ReturnTableForm(
            id: try identifier(entry), name: try entry.required("name").bilingual(),
            axis: try entry.required("lines").choice(ReturnTableForm.Axis.self), columns: columns)
    }

    private func column(
        _ entry: Entry, _ before: [ReturnColumn], _ kinds: Set<String>
    ) throws(LibraryFault) -> ReturnColumn {
        try entry.allow(["id", "name", "measure", "sum_of", "kinds", "marks", "qualities", "aligned"])
        let (id, name) = (try identifier(entry), try entry.required("name").bilingual())
        if let sum = try entry.optional("sum_of") {
            try entry.allow(["id", "name", "sum_of"])
            var parts: [ReturnColumn] = []
            for part in try sum.list() {
                let word = try part.text()
                guard let column = before.first(where: { $0.id == word && $0.sumOf.isEmpty }) else {
                    throw part.fault("library.unknown-name", ["name": word])
                }
                parts.append(column)
            }
            guard let first = parts.first, parts.allSatisfy({ $0.measure.hasUnit(of: first.measure) }) else {
                throw sum.fault("library.out-of-range")
            }
            return ReturnColumn(id: id, name: name, measure: first.measure, sumOf: parts.map(\.id))
        }
        let field = try entry.required("measure")
        guard let measure = ReturnMeasure(try field.text()) else {
            throw field.fault("library.unknown-name", ["name": try field.text()])
        }
        if case .benefit(let indicator) = measure, !indicators.contains(indicator) {
            throw field.fault("library.unknown-name", ["name": indicator])
        }
        var condition = ReturnColumn.Condition()
        condition.kinds = try words(entry, "kinds") { kinds.contains($0) ? $0 : nil }
        condition.marks = try words(entry, "marks", Mark.init(rawValue:))
        condition.qualities = try words(entry, "qualities", LoanQuality.init(rawValue:))
        condition.isAligned = try entry.optional("aligned")?.yesNo()
        return ReturnColumn(id: id, name: name, measure: measure, condition: condition)
    }

    private func words<Word: Hashable>(
        _ entry: Entry, _ name: String, _ word: (String) -> Word?
    ) throws(LibraryFault) -> Set<Word>? {
        guard let list = try entry.optional(name) else { return nil }
        var words: Set<Word> = []
        for part in try list.list() {
            guard let word = word(try part.text()) else {
                throw part.fault("library.unknown-name", ["name": try part.text()])
            }
            words.insert(word)
        }
        return words
    }

    private func check(_ entry: Entry, _ tables: [ReturnTableForm]) throws(LibraryFault) -> ReturnCheck {
        try entry.allow(["id", "name", "lines", "left", "relation", "right", "severity"])
        let lines = try entry.optional("lines")
        if let lines, !tables.contains(where: { $0.id == lines.word }) {
            throw lines.fault("library.unknown-name", ["name": try lines.text()])
        }
        let left = try terms(try entry.required("left"), tables)
        let right = try terms(try entry.required("right"), tables)
        guard !left.isEmpty else { throw entry.fault("library.missing-field", ["name": "left"]) }
        return ReturnCheck(
            id: try identifier(entry), name: try entry.required("name").bilingual(), lines: try lines?.text(),
            left: left, relation: try entry.required("relation").choice(ReturnCheck.Relation.self), right: right,
            severity: try entry.required("severity").choice(ReturnCheck.Severity.self))
    }

    private func terms(_ entry: Entry, _ tables: [ReturnTableForm]) throws(LibraryFault) -> [ReturnCheck.Term] {
        var terms: [ReturnCheck.Term] = []
        for part in try entry.list() {
            guard let term = ReturnCheck.Term(try part.text()) else {
                throw part.fault("library.unknown-name", ["name": try part.text()])
            }
            let isKnown =
                switch term.source {
                case .own(let table, let column), .earlier(let table, let column):
                    tables.first { $0.id == table }?.column(column) != nil
                case .database(let name): ReturnForm.databaseFigures.contains(name) || indicators.contains(name)
                }
            guard isKnown else { throw part.fault("library.unknown-name", ["name": try part.text()]) }
            terms.append(term)
        }
        return terms
    }
}

extension ReturnMeasure {
    /// Whether two measures can be added.
    fileprivate func hasUnit(of other: ReturnMeasure) -> Bool {
        switch (self, other) {
        case (.benefit(let one), .benefit(let another)): one == another
        case (.loans, .loans): true
        case (.loans, _), (_, .loans), (.benefit, _), (_, .benefit): false
        default: true
        }
    }
}
