import Vocabulary

/// What a column of a table of links holds.
public enum CrosswalkColumn: String, Sendable, Hashable, CaseIterable {
    /// The code of the first standard's item, `4.1.1`, or of a row, `4.1.1/2`.
    case from
    case to
    /// How the first stands to the second.
    case relation
    /// How sure the table is, 0 to 1.
    case confidence
    case becauseChinese = "because_zh"
    case becauseEnglish = "because_en"
}

/// Which header of a table stands for which column.
public struct CrosswalkColumns: Sendable {
    /// The header by column: where none is given, the column's own name.
    public private(set) var headers: [CrosswalkColumn: String] = [:]
    /// The columns that were given a header and so must be there.
    public private(set) var given: Set<CrosswalkColumn> = []

    /// Columns that are called by their own names.
    public init() {
        for column in CrosswalkColumn.allCases { headers[column] = column.rawValue }
    }

    /// Reads `from=Code EU,to=Code China,relation=Overlap`. A comma before a known name and `=` parts two columns, any other
    /// comma belongs to a header.
    ///
    /// - Throws: `LibraryFault` where a part names no column.
    public init(_ text: String) throws(LibraryFault) {
        self.init()
        var last: CrosswalkColumn?
        for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            let name = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let column =
                name.count == 2
                ? CrosswalkColumn(rawValue: name[0].filter { !$0.isWhitespace }.lowercased()) : nil
            if let column {
                headers[column] = String(name[1])
                given.insert(column)
                last = column
            } else if let last {
                headers[last] = "\(headers[last] ?? ""),\(part)"
            } else {
                throw LibraryFault(
                    "import.unknown-column", file: "--columns",
                    ["name": part, "known": CrosswalkColumn.allCases.map(\.rawValue).joined(separator: ", ")])
            }
        }
    }

    /// The place of each column in a header, or the headers that are missing.
    func places(in fields: [String], needsRelation: Bool) -> (places: [CrosswalkColumn: Int], missing: [String]) {
        var known: [String: Int] = [:]
        for (place, field) in fields.enumerated() {
            let name = RelationWords.fold(field)
            if known[name] == nil { known[name] = place }
        }
        var needed = given.union([.from, .to])
        if needsRelation { needed.insert(.relation) }
        var places: [CrosswalkColumn: Int] = [:]
        var missing: [String] = []
        for column in CrosswalkColumn.allCases {
            let header = headers[column] ?? column.rawValue
            if let place = known[RelationWords.fold(header)] {
                places[column] = place
            } else if needed.contains(column) {
                missing.append(header)
            }
        }
        return (places, missing)
    }
}
