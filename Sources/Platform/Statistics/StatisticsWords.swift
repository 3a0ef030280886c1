import Statistics
import Vocabulary

extension CubeGrouping {
    /// The key of its name in the phrasebook.
    public var phrase: String {
        switch self {
        case .month: "statistics.by-month"
        case .lender: "statistics.by-lender"
        case .chapter: "statistics.by-chapter"
        case .item: "statistics.by-item"
        case .mark: "statistics.by-mark"
        case .quality: "statistics.by-quality"
        case .province: "statistics.by-province"
        case .prefecture: "statistics.by-prefecture"
        case .region: "statistics.by-region"
        case .industry: "statistics.by-industry"
        case .size: "statistics.by-size"
        }
    }
}

extension CubeGrouping {
    /// The key of what its values are.
    public var column: String {
        switch self {
        case .month: "statistics.month"
        case .lender: "statistics.of-lender"
        default: dimension?.phrase ?? phrase
        }
    }
}

extension CubeDimension {
    /// The key of its name in the phrasebook.
    public var phrase: String {
        switch self {
        case .item: "statistics.of-item"
        case .chapter: "statistics.of-chapter"
        case .mark: "statistics.of-mark"
        case .quality: "statistics.of-quality"
        case .region: "statistics.of-region"
        case .industry: "statistics.of-industry"
        case .size: "statistics.of-size"
        }
    }
}

extension IndustrySection {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .agriculture: "industry.agriculture"
        case .mining: "industry.mining"
        case .manufacturing: "industry.manufacturing"
        case .utilities: "industry.utilities"
        case .construction: "industry.construction"
        case .trade: "industry.trade"
        case .transport: "industry.transport"
        case .accommodationAndCatering: "industry.accommodation-and-catering"
        case .informationTechnology: "industry.information-technology"
        case .finance: "industry.finance"
        case .realEstate: "industry.real-estate"
        case .businessServices: "industry.business-services"
        case .researchAndTechnicalServices: "industry.research-and-technical-services"
        case .environmentAndPublicFacilities: "industry.environment-and-public-facilities"
        case .residentServices: "industry.resident-services"
        case .education: "industry.education"
        case .healthAndSocialWork: "industry.health-and-social-work"
        case .cultureSportsAndEntertainment: "industry.culture-sports-and-entertainment"
        case .publicAdministration: "industry.public-administration"
        case .internationalOrganisations: "industry.international-organisations"
        }
    }
}
