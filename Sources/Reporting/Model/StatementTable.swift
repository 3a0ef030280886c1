import Standards

/// A value in a table of the statement, before anybody decides how it looks.
public enum StatementCell: Sendable, Hashable {
    case empty
    case text(String)
    case bilingual(BilingualText)
    case integer(Int)
    /// Fen. 128 bits: a sum over millions of loans.
    case money(Int128)
    /// With the number of digits behind the point that the figure is worth.
    case decimal(Double, digits: Int)
    /// In percent.
    case percent(Double)
}

/// A column: its name in JSON, from which also the key of its title follows, and its unit where it has one.
public struct StatementColumn: Sendable, Hashable {
    public let id: String
    public let title: BilingualText

    public init(id: String, title: BilingualText) {
        self.id = id
        self.title = title
    }
}

/// One table of the statement. Page, workbook and JSON are made from the same tables, so that they cannot disagree.
public struct StatementTable: Sendable {
    public let id: String
    public let title: BilingualText
    /// What a reader must know to read it right; empty where nothing.
    public let note: BilingualText?
    public let columns: [StatementColumn]
    public let rows: [[StatementCell]]

    public init(
        id: String, title: BilingualText, note: BilingualText? = nil, columns: [StatementColumn],
        rows: [[StatementCell]]
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.columns = columns
        self.rows = rows
    }
}

/// A statement: what a ledger came to, from what, under which rules.
public struct Statement: Sendable {
    public let title: BilingualText
    public let subtitle: BilingualText
    /// Single figures, in order: shown first.
    public let summary: StatementTable
    public let tables: [StatementTable]
    /// What was assumed, and what is not confirmed, in sentences.
    public let assumptions: [BilingualText]
    public let openedLoans: [OpenedLoanView]
    public let bars: [BarChart]
}

/// A chart of horizontal bars in two parts: aligned, and eligible behind it.
public struct BarChart: Sendable {
    public struct Bar: Sendable {
        public let label: BilingualText
        public let aligned: Double
        public let eligible: Double
    }

    public let title: BilingualText
    public let unit: BilingualText
    public let bars: [Bar]
}

/// A loan whose figures are laid open.
public struct OpenedLoanView: Sendable {
    public struct Line: Sendable {
        public let name: BilingualText
        public let value: String
        public let unit: String
        /// Where it comes from: the fact and who stated it, the factor with year and document, or the formula.
        public let origin: BilingualText
    }

    public let heading: BilingualText
    public let method: BilingualText
    public let inputs: [Line]
    public let results: [Line]
}
