/// The names of industry codes (GB/T 4754-2017), as another room loads them from a file.
public struct IndustryTable: Sendable {
    private let names: [IndustryCode: String]
    private let byName: [String: [IndustryCode]]
    /// All codes of the table in the order of the standard.
    public let codes: [IndustryCode]

    /// Makes a table.
    public init(names: [IndustryCode: String]) {
        self.names = names
        codes = names.keys.sorted()
        var byName: [String: [IndustryCode]] = [:]
        for code in codes { byName[names[code] ?? "", default: []].append(code) }
        self.byName = byName
    }

    /// The Chinese name of a code; nil if the table lacks the code.
    public func name(of code: IndustryCode) -> String? { names[code] }

    /// Whether the table has the code. A code can be well formed and yet not be in the standard.
    public func contains(_ code: IndustryCode) -> Bool { names[code] != nil }

    /// The codes with exactly this Chinese name, in the order of the standard: a group and its only class share one.
    public func codes(named name: String) -> [IndustryCode] { byName[name] ?? [] }

    /// The codes of the table under a code, itself included.
    public func codes(under code: IndustryCode) -> [IndustryCode] { codes.filter(code.contains) }

    /// The codes of the table in a section.
    public func codes(in section: IndustrySection) -> [IndustryCode] { codes.filter { $0.section == section } }

    /// Reads a table: tab-separated with the header `code name`.
    /// - Parameter bytes: UTF-8 text of at most 8 MiB.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> IndustryTable {
        let table = try TabSeparatedText(bytes, columns: ["code", "name"])
        var names: [IndustryCode: String] = [:]
        for row in table.rows {
            let code = try table.value(IndustryCode.self, at: 0, of: row)
            guard names[code] == nil else { throw table.duplicate(code.description, in: row) }
            guard !row.cells[1].isEmpty else { throw table.fault(at: 1, of: row, cause: "empty") }
            names[code] = row.cells[1]
        }
        return IndustryTable(names: names)
    }

    /// Reads a table from a String.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parse(_ text: String) throws(ParseFault) -> IndustryTable {
        try parse(text.utf8Span.span)
    }
}
