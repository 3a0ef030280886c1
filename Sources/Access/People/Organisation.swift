import Vocabulary

/// A member of the platform: a bank, a regulator, a district's government, a company.
public struct Organisation: Sendable, Hashable, Identified {
    public static let idPrefix = "org"

    public let id: ID<Organisation>
    public var kind: OrganisationKind
    /// The name as registered, in Chinese.
    public var name: String
    /// Its name in English; nil where it has none.
    public var englishName: String?
    /// 统一社会信用代码; nil for what is not told yet.
    public var creditCode: UnifiedSocialCreditCode?
    /// The region where it sits, or, of a regulator or district, that it answers for: everything at or below it.
    public var region: RegionCode
    /// Closed organisations keep their history, but nobody acts for them.
    public var closedAt: Timestamp?

    public init(
        id: ID<Organisation>, kind: OrganisationKind, name: String, englishName: String? = nil,
        creditCode: UnifiedSocialCreditCode? = nil, region: RegionCode, closedAt: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.englishName = englishName
        self.creditCode = creditCode
        self.region = region
        self.closedAt = closedAt
    }
}
