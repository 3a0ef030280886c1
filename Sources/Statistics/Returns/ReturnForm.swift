import Credit
import Standards
import Vocabulary

/// The layout of a statutory return (统计报表): its tables and the checks between them. It is data under Library/statistics/returns, so that
/// whoever knows the official layout changes it without a new program.
public struct ReturnForm: Sendable, Equatable {
    /// A kind of what loans are for, such as projects and services (项目, 服务).
    public struct Kind: Sendable, Equatable {
        public let id: String
        public let name: BilingualText
        /// Its chapters by the catalogue that has them.
        public let chapters: [String: Set<String>]

        public init(id: String, name: BilingualText, chapters: [String: Set<String>]) {
            self.id = id
            self.name = name
            self.chapters = chapters
        }
    }

    public let id: String
    public let version: String
    public let name: BilingualText
    /// Whether the layout was compared with the official one.
    public let isConfirmed: Bool
    /// Where it comes from, and what of it is not known.
    public let note: BilingualText
    /// How long its periods are.
    public let frequency: ReportingPeriod.Kind
    public let kinds: [Kind]
    public let tables: [ReturnTableForm]
    public let checks: [ReturnCheck]

    public init(
        id: String, version: String, name: BilingualText, isConfirmed: Bool, note: BilingualText,
        frequency: ReportingPeriod.Kind, kinds: [Kind], tables: [ReturnTableForm], checks: [ReturnCheck]
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.isConfirmed = isConfirmed
        self.note = note
        self.frequency = frequency
        self.kinds = kinds
        self.tables = tables
        self.checks = checks
    }

    /// What a check may ask of the database beside the indicators: the green money, and the number of green loans.
    public static let databaseFigures: Set<String> = ["green", "loans"]

    public func table(_ id: String) -> ReturnTableForm? { tables.first { $0.id == id } }

    /// The kind of a chapter; nil where the form names none.
    /// - Parameter catalogue: The pack, or that which it changes where it is a region's overlay.
    public func kind(ofChapter chapter: String, in catalogue: String) -> String? {
        kinds.first { $0.chapters[catalogue]?.contains(chapter) ?? false }?.id
    }
}

/// One table of a form.
public struct ReturnTableForm: Sendable, Equatable {
    /// What its lines are.
    public enum Axis: String, Sendable, CaseIterable {
        /// Chapters of the edition (用途), with the groups below them.
        case group
        /// Chapters alone.
        case chapter
        /// Sections of the industry of the borrower (GB/T 4754 门类).
        case industry
        /// The five classes.
        case quality
        /// Direct, enabling, neither.
        case mark
        /// The kinds of the form.
        case kind
    }

    public let id: String
    public let name: BilingualText
    public let axis: Axis
    public let columns: [ReturnColumn]

    public init(id: String, name: BilingualText, axis: Axis, columns: [ReturnColumn]) {
        self.id = id
        self.name = name
        self.axis = axis
        self.columns = columns
    }

    public func column(_ id: String) -> ReturnColumn? { columns.first { $0.id == id } }
}

/// One column of a table.
public struct ReturnColumn: Sendable, Equatable {
    /// Which loans it is of; nil for no condition.
    public struct Condition: Sendable, Equatable {
        public var kinds: Set<String>?
        public var marks: Set<Mark>?
        public var qualities: Set<LoanQuality>?
        /// Of loans whose every condition is shown, or of the others.
        public var isAligned: Bool?

        public init(
            kinds: Set<String>? = nil, marks: Set<Mark>? = nil, qualities: Set<LoanQuality>? = nil,
            isAligned: Bool? = nil
        ) {
            self.kinds = kinds
            self.marks = marks
            self.qualities = qualities
            self.isAligned = isAligned
        }
    }

    public let id: String
    public let name: BilingualText
    public let measure: ReturnMeasure
    public let condition: Condition
    /// The columns of the same table that it is the sum of; empty where it is counted itself.
    public let sumOf: [String]

    public init(
        id: String, name: BilingualText, measure: ReturnMeasure, condition: Condition = Condition(),
        sumOf: [String] = []
    ) {
        self.id = id
        self.name = name
        self.measure = measure
        self.condition = condition
        self.sumOf = sumOf
    }
}

/// What is counted, always of the green parts of loans.
public enum ReturnMeasure: Sendable, Hashable {
    /// The balance at the end of the period (期末余额).
    case closing
    /// The balance at the end of the month before the period (期初余额).
    case opening
    /// What was drawn in the period (本期发放).
    case drawn
    /// What was repaid in the period, loans that reached their maturity and are gone included (本期收回).
    case repaid
    /// The balances of loans that are gone before their maturity: repaid early, written off or transferred, which books do not tell.
    case gone
    /// The balances of loans that books have only now, though they were issued before: bought, or left out before.
    case entered
    /// What came from, or went to, another line or what is not green (重分类): the line's gain is another's loss.
    case reclassified
    /// What books cannot tell and people enter, such as write-offs.
    case byHand
    /// How many loans.
    case loans
    /// A yearly benefit, by the indicator's id.
    case benefit(String)

    /// The name in a form.
    public init?(_ text: String) {
        switch text {
        case "closing": self = .closing
        case "opening": self = .opening
        case "drawn": self = .drawn
        case "repaid": self = .repaid
        case "gone": self = .gone
        case "entered": self = .entered
        case "reclassified": self = .reclassified
        case "by_hand": self = .byHand
        case "loans": self = .loans
        default:
            guard text.hasPrefix("benefit:"), text.utf8.count > 8 else { return nil }
            self = .benefit(String(text.dropFirst(8)))
        }
    }

    /// Whether it needs the books of the months before.
    public var isOfFlow: Bool {
        switch self {
        case .opening, .drawn, .repaid, .gone, .entered, .reclassified: true
        case .closing, .byHand, .loans, .benefit: false
        }
    }
}
