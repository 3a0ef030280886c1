import Vocabulary

extension LedgerMapping {
    /// The most lines that a text may have.
    private static let mostLines = 300
    private static let mostCharacters = 300

    /// Reads a mapping as people write it into a form, a line for each column: ours, a colon, the header as it stands in the file, and for
    /// money its unit in brackets where the header does not say it.
    ///
    ///     loan_id: 流水键
    ///     balance_yuan: 月末数 [万元]
    ///     fact:installed_capacity: 装机容量
    ///
    /// Blank lines and those that begin with `#` are passed over.
    /// - Throws: `MappingFault` with the first line that cannot be read.
    public static func parse(_ text: String) throws(MappingFault) -> LedgerMapping {
        var headers: [String: String] = [:]
        var units: [LedgerColumn: MoneyUnit] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            func fault(_ key: String, _ arguments: [String: String] = [:]) -> MappingFault {
                let all = ["line": String(index + 1), "text": String(line.prefix(80))].merging(arguments) { $1 }
                return MappingFault(line: index + 1, message: Message(key: key, arguments: all))
            }
            guard index < mostLines, line.count <= mostCharacters else { throw fault("ledger.mapping-too-long") }
            let content = String(line).trimmingSpaces()
            if content.isEmpty || content.hasPrefix("#") { continue }
            // The id of a fact has a colon of its own.
            let start = content.hasPrefix("fact:") ? content.index(content.startIndex, offsetBy: 5) : content.startIndex
            guard let colon = content[start...].firstIndex(where: { $0 == ":" || $0 == "：" }) else {
                throw fault("ledger.mapping-line")
            }
            let ours = String(content[..<colon]).trimmingSpaces()
            var header = String(content[content.index(after: colon)...]).trimmingSpaces()
            let column = LedgerColumn(rawValue: ours)
            guard column != nil || ours.hasPrefix("fact:") else {
                throw fault("ledger.mapping-column", ["name": ours])
            }
            if let column, column.isMoney, header.hasSuffix("]"), let bracket = header.lastIndex(of: "[") {
                let name = String(header[header.index(after: bracket)...].dropLast()).trimmingSpaces()
                guard let unit = MoneyUnit(rawValue: name) else { throw fault("ledger.mapping-unit", ["name": name]) }
                units[column] = unit
                header = String(header[..<bracket]).trimmingSpaces()
            }
            guard !header.isEmpty else { throw fault("ledger.mapping-line") }
            guard headers.updateValue(header, forKey: ours) == nil else {
                throw fault("ledger.mapping-twice", ["name": ours])
            }
        }
        return LedgerMapping(headers: headers, units: units)
    }
}

/// A line of a mapping that cannot be read.
public struct MappingFault: Error, Sendable, Hashable {
    /// From 1.
    public let line: Int
    public let message: Message
}
