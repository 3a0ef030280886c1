import Vocabulary

/// The columns of a list of projects that Jialing understands, by the name they have in its own files.
public enum ProjectColumn: String, Sendable, Hashable, CaseIterable {
    case name
    case formerName = "former_name"
    case owner
    case ownerCode = "owner_code"
    case nationalCode = "national_code"
    case region
    case industry
    case purpose
    case item
    case stage
    case totalInvestment = "total_investment"
    case ownCapital = "own_capital"
    case needAmount = "need_amount"
    case needTenor = "need_tenor"
    case needKind = "need_kind"
    case needRate = "need_rate"
    case plannedStart = "planned_start"
    case plannedFinish = "planned_finish"
    case contact
    case telephone
    case email

    /// The columns without which a line is no project.
    public static let needed: [ProjectColumn] = [.name, .owner]

    public var isMoney: Bool { self == .totalInvestment || self == .ownCapital || self == .needAmount }

    /// The column that a fault of a project is about, by the path of the fault.
    public init?(path: String) {
        switch path {
        case "/name": self = .name
        case "/owner/name": self = .owner
        case "/owner/creditCode": self = .ownerCode
        case "/region": self = .region
        case "/industry": self = .industry
        case "/purpose": self = .purpose
        case "/stage": self = .stage
        case "/totalInvestment": self = .totalInvestment
        case "/ownCapital": self = .ownCapital
        case "/need", "/need/amount": self = .needAmount
        case "/need/tenorMonths": self = .needTenor
        case "/need/rateCeiling": self = .needRate
        case "/plannedFinish": self = .plannedFinish
        case "/contact/name": self = .contact
        case "/contact/telephone": self = .telephone
        case "/contact/email": self = .email
        default:
            if path.hasPrefix("/formerNames") {
                self = .formerName
            } else if path.hasPrefix("/subjects") {
                self = .item
            } else {
                return nil
            }
        }
    }
}

/// The words of lists of projects, as the library has them: headers, stages, kinds of financing.
public struct ProjectSheetWords: Sendable {
    /// By the folded header.
    public let headers: [String: ProjectColumn]
    /// The first synonym of each column, for messages.
    public let titles: [ProjectColumn: String]
    public let stages: [String: ProjectStage]
    public let needs: [String: FinancingNeed.Kind]

    /// - Throws: `ProjectSheetFault` where one word means two things.
    public init(
        headers: [ProjectColumn: [String]], stages: [ProjectStage: [String]], needs: [FinancingNeed.Kind: [String]]
    ) throws(ProjectSheetFault) {
        self.headers = try Self.invert(headers)
        titles = headers.compactMapValues(\.first)
        self.stages = try Self.invert(stages)
        self.needs = try Self.invert(needs)
    }

    private static func invert<Value: Hashable>(
        _ lists: [Value: [String]]
    ) throws(ProjectSheetFault) -> [String: Value] {
        var result: [String: Value] = [:]
        for (value, words) in lists {
            for word in words {
                let earlier = result.updateValue(value, forKey: HeaderText.fold(word))
                if let earlier, earlier != value { throw .ambiguousWord(word) }
            }
        }
        return result
    }
}
