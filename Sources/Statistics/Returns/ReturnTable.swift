import Credit
import Standards
import Vocabulary

/// The figures of a return as they stand in its tables. It holds all names, so that it can be read as it was handed in when the form and
/// the catalogues have changed long since.
public struct ReturnTables: Sendable, Equatable {
    public let form: String
    public let formVersion: String
    /// One set of tables for each edition that judges loans; they are never added.
    public var editions: [ReturnEdition]

    public init(form: String, formVersion: String, editions: [ReturnEdition]) {
        self.form = form
        self.formVersion = formVersion
        self.editions = editions
    }

    public func edition(_ standard: String) -> ReturnEdition? { editions.first { $0.standard == standard } }
}

/// The tables of one edition.
public struct ReturnEdition: Sendable, Equatable {
    public let standard: String
    public var tables: [ReturnTable]

    public init(standard: String, tables: [ReturnTable]) {
        self.standard = standard
        self.tables = tables
    }

    public func table(_ id: String) -> ReturnTable? { tables.first { $0.id == id } }
}

public struct ReturnTable: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public let id: String
        public let name: BilingualText
        public let unit: ReturnUnit
        /// The columns that it is the sum of; empty where it is counted itself.
        public let sumOf: [String]

        public init(id: String, name: BilingualText, unit: ReturnUnit, sumOf: [String] = []) {
            self.id = id
            self.name = name
            self.unit = unit
            self.sumOf = sumOf
        }
    }

    public struct Line: Sendable, Equatable {
        /// A code, or a word of the axis; `total` of the first line, empty for what is not stated.
        public let key: String
        /// nil for what goes by its key everywhere, such as a section.
        public let name: BilingualText?
        /// 0 for the total, 1 for what it is the sum of, 2 for what a line of 1 above it is the sum of.
        public let level: Int
        /// One for each column; nil where it cannot be told.
        public var figures: [Int128?]

        public init(key: String, name: BilingualText?, level: Int, figures: [Int128?]) {
            self.key = key
            self.name = name
            self.level = level
            self.figures = figures
        }
    }

    public let id: String
    public let name: BilingualText
    public let axis: ReturnTableForm.Axis
    public let columns: [Column]
    public internal(set) var lines: [Line]

    public init(
        id: String, name: BilingualText, axis: ReturnTableForm.Axis, columns: [Column], lines: [Line]
    ) {
        self.id = id
        self.name = name
        self.axis = axis
        self.columns = columns
        self.lines = lines
    }

    /// The key of the first line, which is the sum of all.
    public static let total = "total"

    public func position(ofColumn id: String) -> Int? { columns.firstIndex { $0.id == id } }
    public func position(ofLine key: String) -> Int? { lines.firstIndex { $0.key == key } }

    /// A figure; nil where it cannot be told or there is none such.
    public func figure(_ line: String, _ column: String) -> Int128? {
        guard let row = position(ofLine: line), let position = position(ofColumn: column) else { return nil }
        return lines[row].figures[position]
    }

    /// Whether a line is counted itself, and is not the sum of others.
    public func isCounted(line position: Int) -> Bool {
        let level = lines[position].level
        guard level > 0 else { return false }
        return level == 2 || position + 1 >= lines.count || lines[position + 1].level < 2
    }

    /// Adds the lines and columns up that are sums of others, from those that are counted.
    mutating func addUp() {
        for line in lines.indices where isCounted(line: line) {
            for (position, column) in columns.enumerated() where !column.sumOf.isEmpty {
                let parts = column.sumOf.compactMap(self.position(ofColumn:))
                lines[line].figures[position] = Self.sum(parts.map { lines[line].figures[$0] })
            }
        }
        for line in lines.indices where lines[line].level == 1 && !isCounted(line: line) {
            let below = lines[(line + 1)...].prefix { $0.level == 2 }
            lines[line].figures = columns.indices.map { column in Self.sum(below.map { $0.figures[column] }) }
        }
        guard let total = lines.firstIndex(where: { $0.level == 0 }) else { return }
        let all = lines.filter { $0.level == 1 }
        lines[total].figures = columns.indices.map { column in Self.sum(all.map { $0.figures[column] }) }
    }

    /// The sum of what can be told; nil where nothing of it can.
    private static func sum(_ figures: [Int128?]) -> Int128? {
        let told = figures.compactMap { $0 }
        return told.isEmpty ? nil : told.reduce(0, +)
    }
}

/// A figure that people changed, because books do not tell all: a loan written off, or one that the books leave out.
public struct ReturnAdjustment: Sendable, Hashable {
    public var standard: String
    public var table: String
    public var line: String
    public var column: String
    /// What is added, in the smallest part of the column's unit; less than nothing takes away.
    public var amount: Int128
    public var reason: String

    public init(
        standard: String, table: String, line: String, column: String, amount: Int128, reason: String
    ) {
        self.standard = standard
        self.table = table
        self.line = line
        self.column = column
        self.amount = amount
        self.reason = reason
    }
}

extension ReturnTables {
    /// The cell that an adjustment means, if it can be adjusted: one that is counted, and not the sum of others.
    public func canAdjust(_ adjustment: ReturnAdjustment) -> Bool {
        guard let table = edition(adjustment.standard)?.table(adjustment.table),
            let line = table.position(ofLine: adjustment.line), table.isCounted(line: line),
            let column = table.position(ofColumn: adjustment.column)
        else { return false }
        return table.columns[column].sumOf.isEmpty
    }

    /// The tables with adjustments, all sums added up again. An adjustment of a cell that is not there, or not counted, changes nothing.
    public func adjusted(by adjustments: [ReturnAdjustment]) -> ReturnTables {
        var tables = self
        for adjustment in adjustments where canAdjust(adjustment) {
            guard let edition = tables.editions.firstIndex(where: { $0.standard == adjustment.standard }),
                let table = tables.editions[edition].tables.firstIndex(where: { $0.id == adjustment.table }),
                let line = tables.editions[edition].tables[table].position(ofLine: adjustment.line),
                let column = tables.editions[edition].tables[table].position(ofColumn: adjustment.column)
            else { continue }
            let before = tables.editions[edition].tables[table].lines[line].figures[column]
            tables.editions[edition].tables[table].lines[line].figures[column] = (before ?? 0) + adjustment.amount
        }
        for edition in tables.editions.indices {
            for table in tables.editions[edition].tables.indices { tables.editions[edition].tables[table].addUp() }
        }
        return tables
    }

    /// The returns of several lenders added up, cell by cell, in the columns of the latest version of the form: for whoever supervises them.
    /// - Returns: nil where they are of several forms, or there is none.
    public static func sum(_ all: [ReturnTables]) -> ReturnTables? {
        guard let latest = all.indices.max(by: { all[$0].formVersion < all[$1].formVersion }) else { return nil }
        var sum = all[latest]
        for (position, tables) in all.enumerated() where position != latest {
            guard tables.form == sum.form else { return nil }
            for edition in tables.editions { sum.add(edition) }
        }
        for edition in sum.editions.indices {
            for table in sum.editions[edition].tables.indices { sum.editions[edition].tables[table].addUp() }
        }
        return sum
    }

    private mutating func add(_ edition: ReturnEdition) {
        guard let known = editions.firstIndex(where: { $0.standard == edition.standard }) else {
            editions.append(edition)
            return
        }
        for table in edition.tables {
            guard let position = editions[known].tables.firstIndex(where: { $0.id == table.id }) else {
                editions[known].tables.append(table)
                continue
            }
            editions[known].tables[position].add(table)
        }
    }
}

extension ReturnTable {
    /// Adds the counted lines of another table of the same kind, also lines that only that one has.
    fileprivate mutating func add(_ other: ReturnTable) {
        var behind = lines.indices.first { lines[$0].level == 0 }
        for line in other.lines {
            // The columns of another version of the form may stand elsewhere.
            let figures = columns.map { column in
                other.position(ofColumn: column.id).flatMap { line.figures[$0] }
            }
            if let position = position(ofLine: line.key) {
                lines[position].figures = zip(lines[position].figures, figures).map { mine, theirs in
                    mine.map { $0 + (theirs ?? 0) } ?? theirs
                }
                behind = position
            } else {
                let position = (behind ?? lines.count - 1) + 1
                lines.insert(Line(key: line.key, name: line.name, level: line.level, figures: figures), at: position)
                behind = position
            }
        }
    }
}
