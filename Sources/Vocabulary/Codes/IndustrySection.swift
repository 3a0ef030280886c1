/// The twenty sections of the classification of the national economy (GB/T 4754-2017), A to T.
public enum IndustrySection: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    /// 农、林、牧、渔业, divisions 01–05.
    case agriculture = 0x41
    /// 采矿业, 06–12.
    case mining
    /// 制造业, 13–43.
    case manufacturing
    /// 电力、热力、燃气及水生产和供应业, 44–46.
    case utilities
    /// 建筑业, 47–50.
    case construction
    /// 批发和零售业, 51–52.
    case trade
    /// 交通运输、仓储和邮政业, 53–60.
    case transport
    /// 住宿和餐饮业, 61–62.
    case accommodationAndCatering
    /// 信息传输、软件和信息技术服务业, 63–65.
    case informationTechnology
    /// 金融业, 66–69.
    case finance
    /// 房地产业, 70.
    case realEstate
    /// 租赁和商务服务业, 71–72.
    case businessServices
    /// 科学研究和技术服务业, 73–75.
    case researchAndTechnicalServices
    /// 水利、环境和公共设施管理业, 76–79.
    case environmentAndPublicFacilities
    /// 居民服务、修理和其他服务业, 80–82.
    case residentServices
    /// 教育, 83.
    case education
    /// 卫生和社会工作, 84–85.
    case healthAndSocialWork
    /// 文化、体育和娱乐业, 86–90.
    case cultureSportsAndEntertainment
    /// 公共管理、社会保障和社会组织, 91–96.
    case publicAdministration
    /// 国际组织, 97.
    case internationalOrganisations

    /// The section of a division; nil if there is no such division.
    public init?(division: Int) {
        for letter in Self.agriculture.rawValue...Self.internationalOrganisations.rawValue {
            if let section = Self(rawValue: letter), section.divisions.contains(division) {
                self = section
                return
            }
        }
        return nil
    }

    /// The divisions of the section (GB/T 4754-2017, table 1).
    public var divisions: ClosedRange<Int> {
        switch self {
        case .agriculture: 1...5
        case .mining: 6...12
        case .manufacturing: 13...43
        case .utilities: 44...46
        case .construction: 47...50
        case .trade: 51...52
        case .transport: 53...60
        case .accommodationAndCatering: 61...62
        case .informationTechnology: 63...65
        case .finance: 66...69
        case .realEstate: 70...70
        case .businessServices: 71...72
        case .researchAndTechnicalServices: 73...75
        case .environmentAndPublicFacilities: 76...79
        case .residentServices: 80...82
        case .education: 83...83
        case .healthAndSocialWork: 84...85
        case .cultureSportsAndEntertainment: 86...90
        case .publicAdministration: 91...96
        case .internationalOrganisations: 97...97
        }
    }

    /// The letter of the section.
    public var letter: Character { Character(Unicode.Scalar(rawValue)) }

    /// Sections in the order of their letters.
    public static func < (left: IndustrySection, right: IndustrySection) -> Bool { left.rawValue < right.rawValue }
}
