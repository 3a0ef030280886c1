import Credit
import Standards
import Vocabulary

/// The headings of an edition, which are the lines of its tables by purpose.
public struct ReturnCatalogue: Sendable {
    public let standard: String
    /// The catalogue that it changes, where it is a region's overlay; else itself.
    public let catalogue: String
    public let chapters: [Heading]
    public let groups: [Heading]

    public init(standard: String, catalogue: String, chapters: [Heading], groups: [Heading]) {
        self.standard = standard
        self.catalogue = catalogue
        self.chapters = chapters
        self.groups = groups
    }

    public init(_ pack: StandardPack) {
        self.init(standard: pack.id, catalogue: pack.header.catalogue, chapters: pack.chapters, groups: pack.groups)
    }
}

extension ReturnCatalogue {
    /// The groups of a chapter.
    fileprivate func groups(of chapter: String) -> [Heading] {
        groups.filter { $0.code.hasPrefix(chapter + ".") }
    }
}

extension ReturnForm {
    /// The tables of a return, counted.
    /// - Parameters:
    ///   - catalogues: Those whose tables the return has: of one without loans all figures are nothing, which is handed in too.
    ///   - units: The symbols of the indicators' units by their ids.
    public func tables(
        of cells: ReturnCells, under catalogues: [ReturnCatalogue], units: [String: String]
    ) -> ReturnTables {
        let editions = catalogues.map { catalogue in
            let sums = cells.sums.filter { $0.key.standard == catalogue.standard }
            return ReturnEdition(
                standard: catalogue.standard,
                tables: tables.map { table(of: $0, sums, catalogue, units, hasOpening: cells.hasOpening) })
        }
        return ReturnTables(form: id, formVersion: version, editions: editions)
    }

    private func table(
        of form: ReturnTableForm, _ sums: [ReturnKey: ReturnSums], _ catalogue: ReturnCatalogue,
        _ units: [String: String], hasOpening: Bool
    ) -> ReturnTable {
        var lines = lines(form.axis, sums.keys, catalogue)
        var positions: [String: Int] = [:]
        for (position, line) in lines.enumerated() { positions[line.key] = position }
        let empty: [Int128?] = form.columns.map { $0.measure.isOfFlow && !hasOpening ? nil : 0 }
        for line in lines.indices { lines[line].figures = empty }
        for (key, sum) in sums {
            let kind = kind(ofChapter: key.item.chapter, in: catalogue.catalogue)
            guard let line = positions[Self.line(of: key, kind, form.axis, catalogue)] else { continue }
            for (position, column) in form.columns.enumerated() where column.holds(of: key, kind) {
                guard let before = lines[line].figures[position] else { continue }
                lines[line].figures[position] = before + sum.figure(column.measure)
            }
        }
        var table = ReturnTable(
            id: form.id, name: form.name, axis: form.axis,
            columns: form.columns.map { column in
                ReturnTable.Column(
                    id: column.id, name: column.name, unit: column.measure.unit(units), sumOf: column.sumOf)
            }, lines: lines)
        table.addUp()
        return table
    }

    /// The lines of a table, with those of items that no heading is known of.
    private func lines(
        _ axis: ReturnTableForm.Axis, _ keys: some Collection<ReturnKey>, _ catalogue: ReturnCatalogue
    ) -> [ReturnTable.Line] {
        func line(_ key: String, _ name: BilingualText?, _ level: Int = 1) -> ReturnTable.Line {
            ReturnTable.Line(key: key, name: name, level: level, figures: [])
        }
        var lines = [line(ReturnTable.total, nil, 0)]
        switch axis {
        case .group, .chapter:
            let known = Set(catalogue.chapters.map(\.code))
            let others = Set(keys.map(\.item.chapter)).subtracting(known).sorted()
            for chapter in catalogue.chapters + others.map({ Heading(code: $0, name: BilingualText(zh: $0, en: $0)) }) {
                lines.append(line(chapter.code, chapter.name))
                guard axis == .group else { continue }
                let groups = catalogue.groups(of: chapter.code)
                lines += groups.map { line($0.code, $0.name, 2) }
                let used = keys.filter { $0.item.chapter == chapter.code }.map {
                    Self.line(of: $0, nil, axis, catalogue)
                }
                lines += Set(used).subtracting(groups.map(\.code)).subtracting([chapter.code]).sorted().map {
                    line($0, BilingualText(zh: $0, en: $0), 2)
                }
            }
        case .industry: lines += IndustrySection.allCases.map { line(String($0.letter), nil) } + [line("", nil)]
        case .quality: lines += LoanQuality.allCases.map { line($0.rawValue, nil) } + [line("", nil)]
        case .mark: lines += Mark.allCases.map { line($0.rawValue, nil) } + [line("", nil)]
        case .kind: lines += kinds.map { line($0.id, $0.name) } + [line("", nil)]
        }
        return lines
    }

    /// The line in which loans of a key are counted.
    private static func line(
        of key: ReturnKey, _ kind: String?, _ axis: ReturnTableForm.Axis, _ catalogue: ReturnCatalogue
    ) -> String {
        switch axis {
        case .group:
            // An item right below a chapter that has groups is in none of them.
            key.item.group == key.item.chapter && !catalogue.groups(of: key.item.chapter).isEmpty
                ? "\(key.item.chapter).-" : key.item.group
        case .chapter: key.item.chapter
        case .industry: key.industry.map { String($0.letter) } ?? ""
        case .quality: key.quality?.rawValue ?? ""
        case .mark: key.mark?.rawValue ?? ""
        case .kind: kind ?? ""
        }
    }
}

extension ReturnColumn {
    /// Whether loans of a key are counted in it.
    fileprivate func holds(of key: ReturnKey, _ kind: String?) -> Bool {
        guard sumOf.isEmpty else { return false }
        if let kinds = condition.kinds, !(kind.map(kinds.contains) ?? false) { return false }
        if let marks = condition.marks, !(key.mark.map(marks.contains) ?? false) { return false }
        if let qualities = condition.qualities, !(key.quality.map(qualities.contains) ?? false) { return false }
        if let isAligned = condition.isAligned, isAligned != key.isAligned { return false }
        return true
    }
}

extension ReturnMeasure {
    fileprivate func unit(_ units: [String: String]) -> ReturnUnit {
        switch self {
        case .loans: .count
        case .benefit(let indicator): .indicator(units[indicator] ?? indicator)
        case .closing, .opening, .drawn, .repaid, .gone, .entered, .reclassified, .byHand: .money
        }
    }
}
