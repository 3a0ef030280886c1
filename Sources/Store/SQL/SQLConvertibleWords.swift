import Access
import Credit
import Projects
import Standards
import Vocabulary

// How the words of the house stand in columns.

extension Timestamp: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }
    public init?(_ value: SQLValue) {
        guard let milliseconds = Int64(value) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension CalendarDate: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let date = try? CalendarDate.parse(text) else { return nil }
        self = date
    }
}

extension ReportingPeriod: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let period = try? ReportingPeriod.parse(text) else { return nil }
        self = period
    }
}

extension ID: SQLConvertible {
    public var sqlValue: SQLValue { .text(text) }
    public init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        self.init(text)
    }
}

extension Money: SQLConvertible {
    public var sqlValue: SQLValue { .integer(fen) }
    public init?(_ value: SQLValue) {
        guard let fen = Int64(value) else { return nil }
        self.init(fen: fen)
    }
}

extension RegionCode: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(number)) }
    public init?(_ value: SQLValue) {
        guard let number = Int(value) else { return nil }
        self.init(number)
    }
}

extension UnifiedSocialCreditCode: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let code = try? UnifiedSocialCreditCode.parse(text) else { return nil }
        self = code
    }
}

extension ItemCode: SQLConvertible {
    public var sqlValue: SQLValue { .text(text) }
    public init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        self.init(text)
    }
}

extension ProjectCode: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let code = try? ProjectCode.parse(text) else { return nil }
        self = code
    }
}

extension IndustryCode: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let code = try? IndustryCode.parse(text) else { return nil }
        self = code
    }
}

extension EmailAddress: SQLConvertible {
    public var sqlValue: SQLValue { .text(text) }
    public init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        self.init(text)
    }
}

/// A word of a closed list stands as itself.
extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    public var sqlValue: SQLValue { .text(rawValue) }
    public init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        self.init(rawValue: text)
    }
}

extension OrganisationKind: SQLConvertible {}
extension Language: SQLConvertible {}
extension ProjectStage: SQLConvertible {}
extension ProjectStatus: SQLConvertible {}
extension LoanDecision: SQLConvertible {}
extension LoanQuality: SQLConvertible {}
extension BorrowerSize: SQLConvertible {}
extension VerdictKind: SQLConvertible {}
extension Mark: SQLConvertible {}

/// A set of words of a closed list stands as the words in order, parted by blanks.
struct WordSet<Word: RawRepresentable & Hashable & Sendable>: SQLConvertible where Word.RawValue == String {
    let words: Set<Word>

    init(_ words: Set<Word>) { self.words = words }

    var sqlValue: SQLValue { .text(words.map(\.rawValue).sorted().joined(separator: " ")) }

    /// Nil if a word is not of the list: it was written by a newer version, and passing it over might grant or take too much.
    init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        var words: Set<Word> = []
        for part in text.split(separator: " ") {
            guard let word = Word(rawValue: String(part)) else { return nil }
            words.insert(word)
        }
        self.words = words
    }
}
