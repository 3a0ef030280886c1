import Standards
import Vocabulary

/// What a column of a file means.
public enum ColumnMeaning: Sendable, Hashable {
    case column(LedgerColumn, MoneyUnit)
    case fact(FactID)
    case ignored
}

/// A mapping that a user gives for headers that nobody could know.
public struct LedgerMapping: Sendable {
    /// Header as it stands in the file, by our column name or `fact:<id>`.
    public let headers: [String: String]
    /// The unit of a money column where its header does not say it.
    public let units: [LedgerColumn: MoneyUnit]

    public init(headers: [String: String] = [:], units: [LedgerColumn: MoneyUnit] = [:]) {
        self.headers = headers
        self.units = units
    }
}

/// Which field of a record holds what. Made once from the header.
public struct LedgerLayout: Sendable {
    public let headers: [String]
    public let meanings: [ColumnMeaning]
    /// The field of each column by `LedgerColumn.position`, or -1.
    public let fields: [Int]
    public let units: [MoneyUnit]
    public let facts: [(field: Int, id: FactID)]

    /// - Parameters:
    ///   - headers: The fields of the header record.
    ///   - mapping: The user's own, which goes before the synonyms.
    /// - Throws: `LayoutFault` where a needed column is not there, one stands twice, or a fact or a unit of money is
    ///   unknown.
    public init(
        headers: [String], words: LedgerWords, mapping: LedgerMapping, dictionary: FactDictionary
    ) throws(LayoutFault) {
        self.headers = headers
        var meanings: [ColumnMeaning] = []
        var fields = [Int](repeating: -1, count: LedgerColumn.allCases.count)
        var units = [MoneyUnit](repeating: .yuan, count: LedgerColumn.allCases.count)
        var facts: [(field: Int, id: FactID)] = []
        var mapped: [String: String] = [:]
        for (ours, theirs) in mapping.headers { mapped[LedgerWords.fold(theirs)] = ours }
        for (field, header) in headers.enumerated() {
            let meaning = try Self.meaning(
                of: header, words: words, mapped: mapped, mapping: mapping, dictionary: dictionary)
            switch meaning {
            case .column(let column, let unit):
                guard fields[column.position] < 0 else {
                    throw .columnTwice(column, headers[fields[column.position]], header)
                }
                fields[column.position] = field
                units[column.position] = unit
            case .fact(let id):
                if let earlier = facts.first(where: { $0.id == id }) {
                    throw .factTwice(id, headers[earlier.field])
                }
                facts.append((field, id))
            case .ignored: break
            }
            meanings.append(meaning)
        }
        for theirs in mapping.headers.values
        where !headers.contains(where: { LedgerWords.fold($0) == LedgerWords.fold(theirs) }) {
            throw .mappedHeaderMissing(theirs)
        }
        // One contract has many drawdowns, so the drawdown's number is the loan; without one, the contract's is.
        if fields[LedgerColumn.loanID.position] < 0 {
            fields[LedgerColumn.loanID.position] = fields[LedgerColumn.contractID.position]
        }
        let missing = LedgerColumn.needed.filter { fields[$0.position] < 0 }
        guard missing.isEmpty else { throw .columnsMissing(missing, headers) }
        self.meanings = meanings
        self.fields = fields
        self.units = units
        self.facts = facts
    }

    public func field(_ column: LedgerColumn) -> Int? {
        let field = fields[column.position]
        return field < 0 ? nil : field
    }

    private static func meaning(
        of header: String, words: LedgerWords, mapped: [String: String], mapping: LedgerMapping,
        dictionary: FactDictionary
    ) throws(LayoutFault) -> ColumnMeaning {
        let folded = LedgerWords.fold(header)
        if let ours = mapped[folded] {
            guard let column = LedgerColumn(rawValue: ours) else { return .fact(try fact(named: ours, dictionary)) }
            return .column(column, try unit(of: column, header, mapping))
        }
        if folded.hasPrefix("fact:") { return .fact(try fact(named: header, dictionary)) }
        guard let column = column(named: folded, words) else { return .ignored }
        // The user said which header it is, so that a second one with a familiar name is not meant.
        if mapping.headers[column.rawValue] != nil { return .ignored }
        return .column(column, try unit(of: column, header, mapping))
    }

    /// The column of a header, with or without a unit or a remark in brackets behind its name.
    private static func column(named folded: String, _ words: LedgerWords) -> LedgerColumn? {
        if let column = words.headers[folded] { return column }
        if case .known(let bare, _) = HeaderUnit(folded), let column = words.headers[bare] { return column }
        guard let open = folded.firstIndex(where: HeaderUnit.isOpening) else { return nil }
        return words.headers[String(folded[..<open])]
    }

    /// - Throws: `LayoutFault.unknownUnit` where a header names a unit that is none of ours: read as yuan, a book in
    ///   千元 would be wrong by a factor of a thousand.
    private static func unit(
        of column: LedgerColumn, _ header: String, _ mapping: LedgerMapping
    ) throws(LayoutFault) -> MoneyUnit {
        guard column.isMoney else { return .yuan }
        if let given = mapping.units[column] { return given }
        switch HeaderUnit(LedgerWords.fold(header)) {
        case .none: return .yuan
        case .known(_, let unit): return unit
        case .unknown: throw .unknownUnit(header)
        }
    }

    private static func fact(named text: String, _ dictionary: FactDictionary) throws(LayoutFault) -> FactID {
        var name = text.trimmingSpaces()
        if let colon = name.firstIndex(of: ":") { name = String(name[name.index(after: colon)...]) }
        let id = FactID(name.trimmingSpaces())
        guard dictionary[id] != nil else { throw .unknownFact(text) }
        return id
    }
}

/// Why a file's header does not make a ledger.
public enum LayoutFault: Error, Sendable, Hashable {
    case columnsMissing([LedgerColumn], [String])
    case columnTwice(LedgerColumn, String, String)
    case factTwice(FactID, String)
    case unknownFact(String)
    case mappedHeaderMissing(String)
    case unknownMappedColumn(String)
    case ambiguousWord(String)
    /// The header of a money column names a unit that is not understood.
    case unknownUnit(String)

    public func message(titles: [LedgerColumn: String]) -> Message {
        switch self {
        case .columnsMissing(let columns, let headers):
            let wanted = columns.map { "\($0.rawValue) (\(titles[$0] ?? ""))" }.joined(separator: ", ")
            let found = headers.prefix(40).map { String($0.prefix(40)) }.joined(separator: " | ")
            return Message(key: "ledger.columns-missing", arguments: ["columns": wanted, "found": found])
        case .columnTwice(let column, let first, let second):
            return Message(
                key: "ledger.column-twice", arguments: ["column": column.rawValue, "first": first, "second": second])
        case .factTwice(let id, let header):
            return Message(key: "ledger.fact-twice", arguments: ["fact": id.name, "header": header])
        case .unknownFact(let header):
            return Message(key: "ledger.unknown-fact", arguments: ["header": header])
        case .mappedHeaderMissing(let header):
            return Message(key: "ledger.mapped-header-missing", arguments: ["header": header])
        case .unknownMappedColumn(let name):
            return Message(key: "ledger.unknown-mapped-column", arguments: ["name": name])
        case .ambiguousWord(let word):
            return Message(key: "ledger.ambiguous-word", arguments: ["word": word])
        case .unknownUnit(let header):
            return Message(key: "ledger.unknown-unit", arguments: ["header": header])
        }
    }
}
