import Vocabulary

/// A sign-in that has not ended. Its id is no secret; the key in the cookie is.
public enum Session: Identified {
    public static let idPrefix = "ses"
}

/// A key for programs. Its id is no secret.
public enum Token: Identified {
    public static let idPrefix = "tok"
}

/// Who is asking: a person, for which organisations, and how that is known. Nobody signed in is no viewer.
public struct Viewer: Sendable, Hashable {
    /// A person's place in one organisation.
    public struct Membership: Sendable, Hashable {
        public let organisation: ID<Organisation>
        public let kind: OrganisationKind
        /// The organisation's region: where a regulator or district answers for everything at or below it.
        public let region: RegionCode
        public let roles: Set<Role>

        public init(organisation: ID<Organisation>, kind: OrganisationKind, region: RegionCode, roles: Set<Role>) {
            self.organisation = organisation
            self.kind = kind
            self.region = region
            self.roles = roles
        }
    }

    /// How it is known who asks.
    public enum Credential: Sendable, Hashable {
        case session(ID<Session>)
        /// A token stands for its organisation alone, in the roles of ``Scope/roles``, and does no more than its scopes say.
        case token(ID<Token>, scopes: Set<Scope>)
    }

    public let person: ID<Person>
    public let name: String
    public let language: Language
    public let memberships: [Membership]
    public let credential: Credential

    public init(
        person: ID<Person>, name: String, language: Language, memberships: [Membership], credential: Credential
    ) {
        self.person = person
        self.name = name
        self.language = language
        self.memberships = memberships
        self.credential = credential
    }
}

/// What a token may be used for, within what its owner may do.
public enum Scope: String, Sendable, Hashable, CaseIterable {
    case projectsRead = "projects:read"
    case projectsWrite = "projects:write"
    case booksRead = "books:read"
    case booksWrite = "books:write"
    case statisticsRead = "statistics:read"
    case peopleRead = "people:read"
    case peopleWrite = "people:write"

    /// The roles in which a token acts: never as reviewer, for a second pair of eyes is a person's.
    public static let roles: Set<Role> = [.administrator, .officer, .reader]
}
