/// The authority that registered an organisation: place 1 of its unified social credit code (GB 32100-2015, table 1,
/// with the authorities added since).
public enum RegisteringAuthority: UInt8, Sendable, Hashable, CaseIterable {
    /// 机构编制: public bodies and institutions.
    case institutionalEstablishment = 0x31
    /// 外交.
    case foreignAffairs = 0x32
    /// 司法行政: law firms, notaries, arbitration.
    case judicialAdministration = 0x33
    /// 文化.
    case culture = 0x34
    /// 民政: social organisations, foundations.
    case civilAffairs = 0x35
    /// 旅游.
    case tourism = 0x36
    /// 宗教.
    case religion = 0x37
    /// 工会.
    case tradeUnions = 0x38
    /// 市场监督管理 (in the standard 工商): enterprises, sole traders, farmers' cooperatives.
    case marketRegulation = 0x39
    /// 中央军委改革和编制办公室.
    case military = 0x41
    /// 农业: collective economic organisations.
    case agriculture = 0x4E
    /// 其他.
    case other = 0x59
}
