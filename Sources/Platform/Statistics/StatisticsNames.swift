import Access
import Library
import Standards
import Statistics
import Vocabulary

extension StatisticsQuestion {
    /// What stands in a query for loans of which a value is not stated.
    public static let notStated = "-"

    /// Reads a question as addresses of pages and of the API ask it: `period`, `by`, `lender`, `standard` and a value for each
    /// dimension by its name.
    /// - Parameter asked: The value of a name; nil where it is missing.
    /// - Throws: `PlatformFault.invalid` for what is no value of its name.
    public init(asked: (String) -> String?) throws(PlatformFault) {
        var by = CubeGrouping.chapter
        if let text = asked("by") {
            guard let known = CubeGrouping(rawValue: text) else { throw PlatformFault.invalid("/by", "json.bad-value") }
            by = known
        }
        self.init(by: by)
        if let text = asked("period") {
            guard let month = try? ReportingPeriod.parse(text) else {
                throw PlatformFault.invalid("/period", "book.not-a-month")
            }
            period = month
        }
        if let text = asked("lender") {
            guard let id = ID<Organisation>(text) else { throw PlatformFault.invalid("/lender", "json.bad-value") }
            lender = id
        }
        standard = asked("standard")
        for dimension in CubeDimension.allCases {
            guard let value = asked(dimension.rawValue) else { continue }
            filters[dimension] = value == Self.notStated ? "" : value
        }
    }
}

extension Platform {
    /// What a line of an answer is called; nil where its value is its own name, as a month's, or no name is known.
    public func name(of row: StatisticsRow, by: CubeGrouping, in language: Language) -> String? {
        row.lender?.name ?? name(of: row.value, standard: row.standard, by: by, in: language)
    }

    /// What a value is called; nil where it is its own name, as a month's, or no name is known.
    /// - Parameter standard: The edition whose item or chapter it is.
    public func name(of value: String, standard: String?, by: CubeGrouping, in language: Language) -> String? {
        func say(_ key: String) -> String { library.phrasebook.text(Message(key: key, arguments: [:]), in: language) }
        guard !value.isEmpty else {
            return say(by == .mark ? "statement.mark.undetermined" : "statistics.not-stated")
        }
        switch by {
        case .month, .lender: return nil
        case .chapter:
            let heading = standard.flatMap(library.pack)?.chapters.first { $0.code == value }
            return heading.map { $0.name[language] }
        case .item:
            guard let code = ItemCode(value) else { return nil }
            return standard.flatMap(library.pack)?[code].map { $0.name[language] }
        case .mark: return say("statement.mark.\(value)")
        case .quality: return say("statement.quality.\(value)")
        case .size: return say("statement.size.\(value)")
        case .industry: return IndustrySection.allCases.first { String($0.letter) == value }.map { say($0.phrase) }
        case .province, .prefecture, .region:
            return Int(value).flatMap { RegionCode($0) }.flatMap { library.regions.region($0)?.name }
        }
    }
}
