/// The units in which amounts of yuan are stated.
public enum MoneyUnit: String, Sendable, Hashable, CaseIterable {
    /// 元.
    case yuan = "元"
    /// 万元, 10⁴ yuan: loan books and project papers.
    case tenThousandYuan = "万元"
    /// 百万元, 10⁶ yuan: bank reports.
    case millionYuan = "百万元"
    /// 亿元, 10⁸ yuan: statistics.
    case hundredMillionYuan = "亿元"

    /// How many yuan one unit is, as a power of ten.
    public var powerOfTen: Int {
        switch self {
        case .yuan: 0
        case .tenThousandYuan: 4
        case .millionYuan: 6
        case .hundredMillionYuan: 8
        }
    }

    /// The unit as it is written behind an amount, such as 万元.
    public var symbol: String { rawValue }
}
