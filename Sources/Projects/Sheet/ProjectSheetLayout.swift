import Standards
import Vocabulary

/// Which field of a record of a list of projects holds what. Made once from the header.
public struct ProjectSheetLayout: Sendable {
    public let headers: [String]
    /// The field of each column.
    public let fields: [ProjectColumn: Int]
    /// The unit of each column of money, as its header says.
    public let units: [ProjectColumn: MoneyUnit]
    public let facts: [(field: Int, id: FactID)]
    /// Whether the header of the tenor speaks of years.
    let isTenorInYears: Bool

    /// More columns than any list has.
    public static let mostColumns = 1000

    /// - Throws: `ProjectSheetFault` where a needed column is not there, one stands twice, or a fact or a unit is unknown.
    public init(
        headers: [String], words: ProjectSheetWords, dictionary: FactDictionary
    ) throws(ProjectSheetFault) {
        guard headers.count <= Self.mostColumns else { throw .tooManyColumns(headers.count) }
        self.headers = headers
        var fields: [ProjectColumn: Int] = [:]
        var units: [ProjectColumn: MoneyUnit] = [:]
        var facts: [(field: Int, id: FactID)] = []
        for (field, header) in headers.enumerated() {
            let folded = HeaderText.fold(header)
            if folded.hasPrefix("fact:") {
                // The id as it stands: folding takes its underscores away.
                let name = header.split(separator: ":", maxSplits: 1).last.map { String($0).trimmingSpaces() } ?? ""
                let id = FactID(name)
                guard dictionary[id] != nil else { throw .unknownFact(header) }
                guard !facts.contains(where: { $0.id == id }) else { throw .factTwice(id, header) }
                facts.append((field, id))
                continue
            }
            guard let column = Self.column(folded, words) else { continue }
            if let earlier = fields[column] { throw .columnTwice(column, headers[earlier], header) }
            fields[column] = field
            if column.isMoney {
                switch HeaderUnit(folded) {
                case .none: units[column] = .yuan
                case .known(_, let unit): units[column] = unit
                case .unknown: throw .unknownUnit(header)
                }
            }
        }
        let missing = ProjectColumn.needed.filter { fields[$0] == nil }
        guard missing.isEmpty else { throw .columnsMissing(missing, headers) }
        self.fields = fields
        self.units = units
        self.facts = facts
        let tenor = fields[.needTenor].map { HeaderText.fold(headers[$0]) } ?? ""
        isTenorInYears = ["年)", "年]", "years)"].contains(where: tenor.hasSuffix)
    }

    /// The column of a header, with or without a unit or a remark in brackets behind its name.
    private static func column(_ folded: String, _ words: ProjectSheetWords) -> ProjectColumn? {
        if let column = words.headers[folded] { return column }
        if case .known(let bare, _) = HeaderUnit(folded), let column = words.headers[bare] { return column }
        guard let open = folded.firstIndex(where: HeaderUnit.isOpening) else { return nil }
        return words.headers[String(folded[..<open])]
    }
}

/// Why a file's header does not make a list of projects.
public enum ProjectSheetFault: Error, Sendable, Hashable {
    case columnsMissing([ProjectColumn], [String])
    case columnTwice(ProjectColumn, String, String)
    case factTwice(FactID, String)
    case unknownFact(String)
    case ambiguousWord(String)
    case unknownUnit(String)
    case tooManyColumns(Int)

    /// - Parameter titles: The names of our columns for people, `ProjectSheetWords.titles`.
    public func message(titles: [ProjectColumn: String]) -> Message {
        switch self {
        case .columnsMissing(let columns, let headers):
            let wanted = columns.map { "\($0.rawValue) (\(titles[$0] ?? ""))" }.joined(separator: ", ")
            let found = headers.prefix(40).map { String($0.prefix(40)) }.joined(separator: " | ")
            return Message(key: "project-sheet.columns-missing", arguments: ["columns": wanted, "found": found])
        case .columnTwice(let column, let first, let second):
            return Message(
                key: "project-sheet.column-twice",
                arguments: ["column": titles[column] ?? column.rawValue, "first": first, "second": second])
        case .factTwice(let id, let header):
            return Message(key: "project-sheet.fact-twice", arguments: ["fact": id.name, "header": header])
        case .unknownFact(let header):
            return Message(key: "project-sheet.unknown-fact", arguments: ["header": String(header.prefix(80))])
        case .ambiguousWord(let word):
            return Message(key: "project-sheet.ambiguous-word", arguments: ["word": word])
        case .unknownUnit(let header):
            return Message(key: "project-sheet.unknown-unit", arguments: ["header": String(header.prefix(80))])
        case .tooManyColumns(let count):
            return Message(
                key: "project-sheet.too-many-columns",
                arguments: ["count": String(count), "limit": String(ProjectSheetLayout.mostColumns)])
        }
    }
}
