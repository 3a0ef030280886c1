import Vocabulary

/// The columns of a loan ledger that Jialing understands, by the name they have in its own files.
public enum LedgerColumn: String, Sendable, Hashable, CaseIterable {
    case loanID = "loan_id"
    case contractID = "contract_id"
    case borrower
    case uscc
    case industryCode = "industry_code"
    case regionCode = "region_code"
    case purpose
    case projectName = "project_name"
    case projectCode = "project_code"
    case amount = "amount_yuan"
    case balance = "balance_yuan"
    case currency
    case approvedOn = "approved_on"
    case issuedOn = "issued_on"
    case maturesOn = "matures_on"
    case rate = "rate_pct"
    case guarantee
    case quality
    case borrowerSize = "borrower_size"
    case totalInvestment = "total_investment_yuan"

    /// The columns without which a row cannot be assessed.
    public static let needed: [LedgerColumn] = [.loanID, .borrower, .purpose, .balance]

    public var isMoney: Bool { self == .amount || self == .balance || self == .totalInvestment }

    /// The place of the column in arrays indexed by column. A switch, since it is asked twenty times a row.
    public var position: Int {
        switch self {
        case .loanID: 0
        case .contractID: 1
        case .borrower: 2
        case .uscc: 3
        case .industryCode: 4
        case .regionCode: 5
        case .purpose: 6
        case .projectName: 7
        case .projectCode: 8
        case .amount: 9
        case .balance: 10
        case .currency: 11
        case .approvedOn: 12
        case .issuedOn: 13
        case .maturesOn: 14
        case .rate: 15
        case .guarantee: 16
        case .quality: 17
        case .borrowerSize: 18
        case .totalInvestment: 19
        }
    }
}

/// The five classes of loan quality (五级分类); the last three are non-performing.
public enum LoanQuality: String, Sendable, Hashable, CaseIterable {
    case normal
    case specialMention = "special_mention"
    case substandard
    case doubtful
    case loss
}

/// The size of a borrower in the statistics of loans (大型, 中型, 小型, 微型 and those that have no size).
public enum BorrowerSize: String, Sendable, Hashable, CaseIterable {
    case large
    case medium
    case small
    case micro
    case other
}

/// The words of ledgers, as the library has them: headers, classes, currencies. Keys are folded (`LedgerWords.fold`).
public struct LedgerWords: Sendable {
    public let headers: [String: LedgerColumn]
    /// The first synonym of each column, for messages.
    public let titles: [LedgerColumn: String]
    public let qualities: WordList<LoanQuality>
    public let sizes: WordList<BorrowerSize>
    /// ISO 4217 codes by what ledgers write.
    public let currencies: [String: String]

    public init(
        headers: [LedgerColumn: [String]], qualities: [LoanQuality: [String]], sizes: [BorrowerSize: [String]],
        currencies: [String: [String]]
    ) throws(LayoutFault) {
        var byHeader: [String: LedgerColumn] = [:]
        for (column, words) in headers {
            for word in words {
                let previous = byHeader.updateValue(column, forKey: Self.fold(word))
                if let previous, previous != column { throw .ambiguousWord(word) }
            }
        }
        self.headers = byHeader
        titles = headers.compactMapValues(\.first)
        self.qualities = WordList(qualities)
        self.sizes = WordList(sizes)
        self.currencies = Self.invert(currencies)
    }

    private static func invert<Value>(_ words: [Value: [String]]) -> [String: Value] {
        var result: [String: Value] = [:]
        for (value, list) in words { for word in list { result[fold(word)] = value } }
        return result
    }

    /// Lower case, half width, without spaces, underscores and hyphens.
    public static func fold(_ text: String) -> String { HeaderText.fold(text) }
}

/// The few words that a column may hold, found by their bytes: a dictionary of strings would cost more than a look at each.
public struct WordList<Value: Sendable & Hashable>: Sendable {
    private let words: [(bytes: [UInt8], value: Value)]
    private let folded: [String: Value]

    init(_ lists: [Value: [String]]) {
        var words: [(bytes: [UInt8], value: Value)] = []
        var folded: [String: Value] = [:]
        for (value, list) in lists {
            for word in list {
                words.append((Array(word.utf8), value))
                folded[LedgerWords.fold(word)] = value
            }
        }
        self.words = words.sorted { ($0.bytes.count, $0.bytes.first ?? 0) < ($1.bytes.count, $1.bytes.first ?? 0) }
        self.folded = folded
    }

    /// The value of a word as it stands, or with width, case and spaces set aside.
    public func value(of bytes: Span<UInt8>) -> Value? {
        search: for word in words where word.bytes.count == bytes.count {
            for index in 0..<bytes.count where word.bytes[index] != bytes[index] { continue search }
            return word.value
        }
        return folded[LedgerWords.fold(bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })]
    }
}
