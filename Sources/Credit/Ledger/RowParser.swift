import Standards
import Vocabulary

/// Turns the fields of one record into a loan.
///
/// A bad value in a needed column rejects the row; a bad value elsewhere becomes nil with a warning.
public struct RowParser: Sendable {
    public let layout: LedgerLayout
    private let words: LedgerWords
    private let dictionary: FactDictionary
    private let regions: RegionTable
    private let industries: IndustryTable
    private let epoch: SpreadsheetEpoch
    /// Yuan for one unit of a foreign currency, by ISO 4217 code.
    private let rates: [String: Ratio]
    private let origin: FactOrigin

    /// What every fact of a ledger has in common.
    private struct FactOrigin: Sendable {
        let statedBy: String
    }

    public init(
        layout: LedgerLayout, words: LedgerWords, dictionary: FactDictionary, regions: RegionTable,
        industries: IndustryTable, epoch: SpreadsheetEpoch, rates: [String: Ratio], statedBy: String
    ) {
        self.layout = layout
        self.words = words
        self.dictionary = dictionary
        self.regions = regions
        self.industries = industries
        self.epoch = epoch
        self.rates = rates
        origin = FactOrigin(statedBy: statedBy)
    }

    /// - Parameters:
    ///   - fields: The byte ranges of the record's fields in `bytes`, quotes taken off.
    ///   - line: The record's first physical line.
    ///   - row: Is overwritten; passing the same one again saves its memory.
    /// - Throws: `Rejection`.
    public func parse(
        _ fields: borrowing [Range<Int>], of bytes: Span<UInt8>, line: Int, into row: inout LoanRow
    ) throws(Rejection) {
        row.line = line
        // The row before is kept elsewhere by now: emptying what it shares would copy it first.
        if !row.warnings.isEmpty { row.warnings = [] }
        if !row.facts.isEmpty { row.facts = FactSheet() }
        row.loanID = try text(.loanID, fields, bytes, line)
        try checkLoanID(row.loanID, bytes, line)
        row.borrower = try text(.borrower, fields, bytes, line)
        row.purpose = try text(.purpose, fields, bytes, line)
        row.projectName = range(.projectName, fields, bytes) ?? 0..<0

        let rate = try currencyRate(fields, bytes, line)
        row.balance = try balance(fields, bytes, line, rate)
        row.amount = money(.amount, fields, bytes, rate, &row)
        row.totalInvestment = money(.totalInvestment, fields, bytes, rate, &row)

        row.projectCode = value(.projectCode, fields, bytes, &row) { span throws(ParseFault) in
            try ProjectCode.parse(span)
        }
        row.organisation = value(.uscc, fields, bytes, &row) { span throws(ParseFault) in
            try UnifiedSocialCreditCode.parse(span)
        }
        row.industry = value(.industryCode, fields, bytes, &row) { span throws(ParseFault) in
            try IndustryCode.parse(span)
        }
        if let industry = row.industry, industry.level == .class, !industries.contains(industry) {
            warn(.industryCode, Message(key: "row.unlisted-industry", arguments: ["value": industry.description]), &row)
        }
        row.region = region(fields, bytes, &row)
        row.approvedOn = date(.approvedOn, fields, bytes, &row)
        row.issuedOn = date(.issuedOn, fields, bytes, &row)
        row.maturesOn = date(.maturesOn, fields, bytes, &row)
        row.rate = value(.rate, fields, bytes, &row) { span throws(ParseFault) in
            try DecimalNumber.parse(span, percentSign: .ignored)
        }
        row.quality = word(.quality, words.qualities, fields, bytes, &row)
        row.size = word(.borrowerSize, words.sizes, fields, bytes, &row)
        for (field, id) in layout.facts where field < fields.count && !fields[field].isEmpty {
            let range = Self.trim(fields[field], bytes)
            if !range.isEmpty { readFact(id, range, bytes, &row) }
        }
    }

    // MARK: Needed columns

    private func text(
        _ column: LedgerColumn, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ line: Int
    ) throws(Rejection) -> Range<Int> {
        guard let range = range(column, fields, bytes) else {
            throw Rejection(line: line, column: title(column), value: "", message: Message(key: "row.empty"))
        }
        return range
    }

    /// A spreadsheet that took the number for a quantity has cut it to 15 digits; the loans can't be told apart.
    private func checkLoanID(_ range: Range<Int>, _ bytes: Span<UInt8>, _ line: Int) throws(Rejection) {
        guard range.count <= 128 else {
            throw rejection(.loanID, range, bytes, line, Message(key: "row.loan-id-too-long"))
        }
        guard range.count >= 5, range.count < 24 else { return }
        // 2.02510E+14, or 2E+14 where nothing but noughts was cut; 2E14 alone may be a number that a bank gave.
        var sawExponent = false
        var sawPointOrSign = false
        for (place, index) in range.enumerated() {
            switch bytes[index] {
            case UInt8(ascii: "E"), UInt8(ascii: "e"):
                guard place > 0, !sawExponent else { return }
                sawExponent = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ".") where place == 1: sawPointOrSign = true
            case UInt8(ascii: "+") where place > 0: sawPointOrSign = true
            default: return
            }
        }
        if sawExponent, sawPointOrSign {
            throw rejection(.loanID, range, bytes, line, Message(key: "row.loan-id-rounded"))
        }
    }

    private func balance(
        _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ line: Int, _ rate: Ratio?
    ) throws(Rejection) -> Money {
        let range = try text(.balance, fields, bytes, line)
        do {
            let money = try Money.parse(bytes.extracting(range), unit: layout.units[LedgerColumn.balance.position])
            guard !money.isNegative else {
                throw rejection(.balance, range, bytes, line, Message(key: "row.negative-balance"))
            }
            guard let rate else { return money }
            return try money.multiplied(by: rate)
        } catch let fault as ParseFault {
            throw rejection(.balance, range, bytes, line, fault.message)
        } catch let fault as MoneyOverflow {
            throw rejection(.balance, range, bytes, line, fault.message)
        } catch let fault as Rejection {
            throw fault
        } catch {
            throw rejection(.balance, range, bytes, line, Message(key: "row.empty"))
        }
    }

    /// The rate into yuan, or nil for yuan itself.
    private func currencyRate(
        _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ line: Int
    ) throws(Rejection) -> Ratio? {
        guard let range = range(.currency, fields, bytes) else { return nil }
        let span = bytes.extracting(range)
        if span.count == 3, span[0] == UInt8(ascii: "C"), span[1] == UInt8(ascii: "N"), span[2] == UInt8(ascii: "Y") {
            return nil
        }
        let text = Self.string(bytes, range)
        let code = words.currencies[LedgerWords.fold(text)] ?? text.uppercased()
        if code == "CNY" { return nil }
        guard let rate = rates[code] else {
            throw rejection(.currency, range, bytes, line, Message(key: "row.no-rate", arguments: ["currency": code]))
        }
        return rate
    }

    private func rejection(
        _ column: LedgerColumn, _ range: Range<Int>, _ bytes: Span<UInt8>, _ line: Int, _ message: Message
    ) -> Rejection {
        Rejection(line: line, column: title(column), value: Self.string(bytes, range), message: message)
    }

    // MARK: Other columns

    private func money(
        _ column: LedgerColumn, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ rate: Ratio?,
        _ row: inout LoanRow
    ) -> Money? {
        let unit = layout.units[column.position]
        let money = value(column, fields, bytes, &row) { span throws(ParseFault) in
            try Money.parse(span, unit: unit)
        }
        guard let money else { return nil }
        guard !money.isNegative else {
            warn(column, Message(key: "row.negative", arguments: ["value": money.description]), &row)
            return nil
        }
        guard let rate else { return money }
        do {
            return try money.multiplied(by: rate)
        } catch {
            warn(column, error.message, &row)
            return nil
        }
    }

    private func date(
        _ column: LedgerColumn, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ row: inout LoanRow
    ) -> CalendarDate? {
        value(column, fields, bytes, &row) { span throws(ParseFault) in try CalendarDate.parse(span, epoch: epoch) }
    }

    private func value<Value>(
        _ column: LedgerColumn, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ row: inout LoanRow,
        _ parse: (Span<UInt8>) throws(ParseFault) -> Value
    ) -> Value? {
        guard let range = range(column, fields, bytes) else { return nil }
        do {
            return try parse(bytes.extracting(range))
        } catch {
            warn(column, error.message, &row)
            return nil
        }
    }

    private func region(
        _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>, _ row: inout LoanRow
    ) -> RegionCode? {
        guard let range = range(.regionCode, fields, bytes) else { return nil }
        if Self.beginsWithDigit(range, bytes) {
            let code = value(.regionCode, fields, bytes, &row) { span throws(ParseFault) in try RegionCode.parse(span) }
            if let code, regions.region(code) == nil, regions.listsCounties(of: code.province) {
                warn(.regionCode, Message(key: "row.unlisted-region", arguments: ["value": code.description]), &row)
            }
            return code
        }
        let name = Self.string(bytes, range)
        if let known = regions.region(named: name) { return known.code }
        warn(.regionCode, Message(key: "row.unknown-region", arguments: ["value": name]), &row)
        return nil
    }

    /// Whether the text begins with a digit, also a full-width one (EF BC 90 … EF BC 99).
    private static func beginsWithDigit(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        let first = bytes[range.lowerBound]
        if first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") { return true }
        return range.count >= 3 && first == 0xEF && bytes[range.lowerBound + 1] == 0xBC
            && (0x90...0x99).contains(bytes[range.lowerBound + 2])
    }

    private func word<Value: Sendable & Hashable>(
        _ column: LedgerColumn, _ words: WordList<Value>, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>,
        _ row: inout LoanRow
    ) -> Value? {
        guard let range = range(column, fields, bytes) else { return nil }
        if let value = words.value(of: bytes.extracting(range)) { return value }
        let text = Self.string(bytes, range)
        warn(column, Message(key: "row.unknown-word", arguments: ["value": text]), &row)
        return nil
    }

    private func readFact(_ id: FactID, _ range: Range<Int>, _ bytes: Span<UInt8>, _ row: inout LoanRow) {
        do {
            let value = try dictionary.value(of: id, from: Self.string(bytes, range))
            row.facts[id] = Fact(value, statedBy: origin.statedBy)
        } catch {
            row.warnings.append(RowWarning(column: "fact:\(id.name)", message: error.message))
        }
    }

    private func warn(_ column: LedgerColumn, _ message: Message, _ row: inout LoanRow) {
        row.warnings.append(RowWarning(column: title(column), message: message))
    }

    private func title(_ column: LedgerColumn) -> String {
        layout.field(column).map { layout.headers[$0] } ?? column.rawValue
    }

    // MARK: Fields

    /// The trimmed field of a column, or nil where the column is absent or empty.
    private func range(
        _ column: LedgerColumn, _ fields: borrowing [Range<Int>], _ bytes: Span<UInt8>
    ) -> Range<Int>? {
        let field = layout.fields[column.position]
        guard field >= 0, field < fields.count else { return nil }
        let range = Self.trim(fields[field], bytes)
        return range.isEmpty ? nil : range
    }

    /// Without spaces, tabs, line ends, no-break and ideographic spaces, and a spreadsheet's text mark at the ends.
    static func trim(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper {
            if bytes[lower] <= 0x20 {
                lower += 1
            } else if upper - lower >= 3, bytes[lower] == 0xE3, bytes[lower + 1] == 0x80, bytes[lower + 2] == 0x80 {
                lower += 3
            } else if upper - lower >= 2, bytes[lower] == 0xC2, bytes[lower + 1] == 0xA0 {
                lower += 2
            } else if bytes[lower] == UInt8(ascii: "'") || bytes[lower] == UInt8(ascii: "`") {
                lower += 1
            } else {
                break
            }
        }
        while lower < upper {
            if bytes[upper - 1] <= 0x20 {
                upper -= 1
            } else if upper - lower >= 3, bytes[upper - 3] == 0xE3, bytes[upper - 2] == 0x80, bytes[upper - 1] == 0x80 {
                upper -= 3
            } else if upper - lower >= 2, bytes[upper - 2] == 0xC2, bytes[upper - 1] == 0xA0 {
                upper -= 2
            } else {
                break
            }
        }
        return lower..<upper
    }

    static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
