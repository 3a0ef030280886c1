/// How a sheet begins: its name, the titles over the table, the columns.
public struct SheetLayout: Sendable, Equatable {
    /// One column of the table.
    public struct Column: Sendable, Equatable {
        /// The text in the header row.
        public var header: String
        /// The width in characters of the normal font; nil for one that suits the header.
        public var width: Double?

        /// A column.
        public init(_ header: String, width: Double? = nil) {
            self.header = header
            self.width = width
        }

        /// The width to use: a Han character takes twice the room of a Latin one.
        var effectiveWidth: Double {
            if let width { return min(max(width, 0), 255) }
            let columns = header.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
            return Double(min(max(columns + 4, 10), 40))
        }
    }

    /// The sheet's name as wished for; what a workbook can't have as a name is adapted.
    public var name: String
    /// Rows over the header, each one cell merged over all columns: the title, then the unit or the date.
    public var titles: [String]
    /// The columns; without any, there is no header row.
    public var columns: [Column]

    /// A layout.
    public init(name: String, titles: [String] = [], columns: [Column]) {
        self.name = name
        self.titles = titles
        self.columns = columns
    }
}
