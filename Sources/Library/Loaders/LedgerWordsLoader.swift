import Credit
import Vocabulary

/// The two files under ledger/: what columns are called, and what cells say.
struct LedgerWordFiles {
    let columns: Entry
    let cells: Entry

    func words() throws(LibraryFault) -> LedgerWords {
        try columns.allow(["columns"])
        try cells.allow(["quality", "borrower_size", "currency"])
        let headers = try Self.lists(try columns.required("columns"), LedgerColumn.init(rawValue:))
        let qualities = try Self.lists(try cells.required("quality"), LoanQuality.init(rawValue:))
        let sizes = try Self.lists(try cells.required("borrower_size"), BorrowerSize.init(rawValue:))
        let currencies = try Self.lists(try cells.required("currency")) { $0 }
        do {
            return try LedgerWords(headers: headers, qualities: qualities, sizes: sizes, currencies: currencies)
        } catch {
            throw columns.fault(error.message(titles: [:]))
        }
    }

    private static func lists<Key: Hashable>(
        _ entry: Entry, _ key: (String) -> Key?
    ) throws(LibraryFault) -> [Key: [String]] {
        var result: [Key: [String]] = [:]
        for (name, list) in try entry.pairs() {
            guard let key = key(name) else { throw list.fault("library.unknown-field", ["name": name]) }
            var words: [String] = []
            for word in try list.list() { words.append(try word.text()) }
            result[key] = words
        }
        return result
    }
}

extension Entry {
    /// A mapping that a user gives: `columns: {loan_id: 业务流水号}` and `units: {balance_yuan: 万元}`.
    func ledgerMapping() throws(LibraryFault) -> LedgerMapping {
        try allow(["columns", "units"])
        var headers: [String: String] = [:]
        for (ours, theirs) in try optional("columns")?.pairs() ?? [] {
            guard LedgerColumn(rawValue: ours) != nil || ours.hasPrefix("fact:") else {
                throw theirs.fault(LayoutFault.unknownMappedColumn(ours).message(titles: [:]))
            }
            headers[ours] = try theirs.text()
        }
        var units: [LedgerColumn: MoneyUnit] = [:]
        for (name, entry) in try optional("units")?.pairs() ?? [] {
            guard let column = LedgerColumn(rawValue: name), column.isMoney else {
                throw entry.fault(LayoutFault.unknownMappedColumn(name).message(titles: [:]))
            }
            units[column] = try entry.choice(MoneyUnit.self)
        }
        return LedgerMapping(headers: headers, units: units)
    }
}
