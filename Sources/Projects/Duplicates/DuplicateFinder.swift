import Vocabulary

/// Finds the projects of a registry that may be the same as one at hand.
///
///     let finder = DuplicateFinder(projects, comparison)
///     for match in finder.matches(of: project) {
///         match.likeness.verdict          // .same, .perhaps or .related
///         match.likeness.reasonsFor       // told in words, with their weights
///     }
///
/// Projects are looked up by codes and by runs of letters that are rare among all, so that 100,000 need no 5 thousand million
/// comparisons. What shares no such run, and no code, is not found: two names that have nothing in common.
public struct DuplicateFinder: Sendable {
    /// A project that may be the same.
    public struct Match: Sendable {
        public let id: ID<Project>
        public let likeness: Likeness
    }

    private let comparison: ProjectComparison
    private var ids: [ID<Project>]
    private var profiles: [ProjectProfile]
    private var places: [ID<Project>: UInt32] = [:]
    /// Taken out again: the index keeps their numbers, nobody is told them.
    private var removed: Set<UInt32> = []
    private var index: BlockIndex

    /// Builds the index. Merged and withdrawn projects are left to the caller to leave out.
    public init(_ projects: some Sequence<Project>, _ comparison: ProjectComparison) {
        self.comparison = comparison
        ids = []
        profiles = []
        var entries: [(key: UInt64, item: UInt32)] = []
        // One owner has many projects; its name is taken apart once.
        var owners: [ProjectOwner: CompanyProfile] = [:]
        for project in projects {
            let item = UInt32(ids.count)
            let profile = Self.profile(project, comparison.words, &owners)
            if let earlier = places.updateValue(item, forKey: project.id) { removed.insert(earlier) }
            ids.append(project.id)
            profiles.append(profile)
            for key in profile.blockKeys { entries.append((key, item)) }
        }
        index = BlockIndex(&entries)
    }

    private static func profile(
        _ project: Project, _ words: NameWords, _ owners: inout [ProjectOwner: CompanyProfile]
    ) -> ProjectProfile {
        guard !project.owner.name.isEmpty else { return ProjectProfile(project, words) }
        let owner: CompanyProfile
        if let known = owners[project.owner] {
            owner = known
        } else {
            owner = CompanyProfile(
                name: project.owner.name, formerNames: project.owner.formerNames, code: project.owner.creditCode, words)
            owners[project.owner] = owner
        }
        return ProjectProfile(
            name: project.name, formerNames: project.formerNames, owner: owner, nationalCode: project.nationalCode,
            region: project.region, investment: project.totalInvestment, subjects: project.subjects, words)
    }

    /// How many projects can be found.
    public var count: Int { ids.count - removed.count }

    /// Adds a project, or puts its new version in the place of the old one.
    public mutating func insert(_ project: Project) {
        let profile = ProjectProfile(project, comparison.words)
        let item = UInt32(ids.count)
        if let earlier = places.updateValue(item, forKey: project.id) { removed.insert(earlier) }
        ids.append(project.id)
        profiles.append(profile)
        index.add(item, keys: profile.blockKeys)
    }

    /// Takes a project out.
    public mutating func remove(_ id: ID<Project>) {
        if let item = places.removeValue(forKey: id) { removed.insert(item) }
    }

    /// The projects that are the same, perhaps the same, or related, the likeliest first; never the project itself.
    /// - Parameter limit: The most that are told.
    public func matches(of project: Project, limit: Int = 20) -> [Match] {
        matches(of: ProjectProfile(project, comparison.words), except: project.id, limit: limit)
    }

    private func matches(of profile: ProjectProfile, except id: ID<Project>, limit: Int) -> [Match] {
        var matches: [Match] = []
        for item in CandidateSearch.candidates(profile.blockKeys, in: index, of: ids.count) {
            let found = ids[Int(item)]
            guard found != id, !removed.contains(item) else { continue }
            let likeness = comparison.likeness(profile, profiles[Int(item)])
            if likeness.verdict != .different { matches.append(Match(id: found, likeness: likeness)) }
        }
        matches.sort {
            ($0.likeness.verdict.rank, -$0.likeness.probability, $0.id)
                < ($1.likeness.verdict.rank, -$1.likeness.probability, $1.id)
        }
        return Array(matches.prefix(limit))
    }

    /// Every pair of the registry that is the same or perhaps the same, each once, the earlier project first.
    public func pairs() -> [(first: ID<Project>, second: ID<Project>, likeness: Likeness)] {
        var pairs: [(first: ID<Project>, second: ID<Project>, likeness: Likeness)] = []
        var seen: Set<[ID<Project>]> = []
        for (item, profile) in profiles.enumerated() where !removed.contains(UInt32(item)) {
            for match in matches(of: profile, except: ids[item], limit: CandidateSearch.mostCandidates) {
                guard match.likeness.verdict != .related else { break }
                let pair = [ids[item], match.id].sorted()
                if seen.insert(pair).inserted { pairs.append((pair[0], pair[1], match.likeness)) }
            }
        }
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}

extension LikenessVerdict {
    /// What is nearest to the same comes first.
    var rank: Int {
        switch self {
        case .same: 0
        case .perhaps: 1
        case .related: 2
        case .different: 3
        }
    }
}

extension ProjectProfile {
    /// What the project is found by.
    var blockKeys: [UInt64] {
        var keys: [UInt64] = []
        if let nationalCode {
            var key = BlockKey(1)
            for letter in Letters(literal: nationalCode.description) { key.add(letter) }
            keys.append(key.value)
        }
        for name in [name] + former {
            // The name is rare where it is; and its own words are rare anywhere.
            if let place = name.place ?? region {
                var key = BlockKey(2)
                key.add(place.number)
                BlockKey.grams(name.core, 2, from: key, into: &keys)
            }
            BlockKey.grams(name.own, 2, from: BlockKey(3), into: &keys)
            BlockKey.grams(name.core, 3, from: BlockKey(4), into: &keys)
        }
        if let owner {
            var key = BlockKey(5)
            for letter in owner.name.core { key.add(letter) }
            BlockKey.grams(name.core, 2, from: key, into: &keys)
        }
        return keys
    }
}
