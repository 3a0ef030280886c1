import Vocabulary

/// How far a permission goes: which records it covers, seen from the organisation that holds it.
public enum Reach: String, Sendable, Hashable, CaseIterable {
    /// What is the organisation's own: its people, and the records that it entered or that are about itself.
    case own
    /// What lies in its region and was entered by a district or an enterprise: not what a bank keeps of its customers.
    case area
    /// Everything that lies in its region, whoever entered it: a supervisor's view.
    case supervised
    /// What has been published to the members of the platform.
    case published
    /// What was given to it by name.
    case shared
    /// Everything.
    case all
}

/// Where a record stands, as far as permissions look at it.
public struct Placement: Sendable, Hashable {
    /// The organisation that entered it, with its kind.
    public let organisation: ID<Organisation>
    public let kind: OrganisationKind
    /// The organisation that it is about, such as the enterprise that owns a project; nil if it has no account here.
    public let about: ID<Organisation>?
    public let region: RegionCode?
    public let isPublished: Bool
    public let sharedWith: Set<ID<Organisation>>

    public init(
        organisation: ID<Organisation>, kind: OrganisationKind, about: ID<Organisation>? = nil,
        region: RegionCode? = nil, isPublished: Bool = false, sharedWith: Set<ID<Organisation>> = []
    ) {
        self.organisation = organisation
        self.kind = kind
        self.about = about
        self.region = region
        self.isPublished = isPublished
        self.sharedWith = sharedWith
    }
}

/// One permission of a viewer: a reach, seen from one of the viewer's organisations.
public struct Grant: Sendable, Hashable {
    public let reach: Reach
    public let organisation: ID<Organisation>
    /// The region of the organisation.
    public let region: RegionCode

    /// Whether the record is covered. The store's lists use the same rule in SQL; a property test holds the two together.
    public func covers(_ place: Placement) -> Bool {
        switch reach {
        case .all: true
        case .own: place.organisation == organisation || place.about == organisation
        case .area: place.kind.entersForEverybody && place.region.map(region.contains) ?? false
        case .supervised: place.region.map(region.contains) ?? false
        case .published: place.isPublished
        case .shared: place.sharedWith.contains(organisation)
        }
    }
}

extension OrganisationKind {
    /// Whether records that it enters are for the government of the area too: a bank's or a verifier's are not.
    public var entersForEverybody: Bool { self == .district || self == .enterprise }
}
