import Vocabulary

/// A project as its owner or bank puts it before the standards: what it is about, and what is known of it.
public struct ProjectDossier: Sendable {
    public let id: String
    public let name: String
    /// The purpose in words, for finding the subject where none is stated.
    public let about: String
    public let borrower: String
    /// The item that somebody says the project belongs to, by the id of the standard.
    public let subjects: [String: ItemReference]
    public let facts: FactSheet

    public init(
        id: String, name: String, about: String, borrower: String, subjects: [String: ItemReference], facts: FactSheet
    ) {
        self.id = id
        self.name = name
        self.about = about
        self.borrower = borrower
        self.subjects = subjects
        self.facts = facts
    }
}

/// How it is known that a project has the subject of an item.
public enum SubjectOrigin: Sendable {
    case stated
    /// Read from the words, with the probability of the reading.
    case words(probability: Double)
    /// Through a crosswalk from the item of another standard.
    case crosswalk(from: String, item: ItemReference, Counterpart)

    /// Whether the project surely lies in the item: not where a crosswalk only says that the subjects overlap.
    public var isSettled: Bool {
        guard case .crosswalk(_, _, let counterpart) = self else { return true }
        return counterpart.relation.isWithin
    }

    /// What is nearer to what was stated comes first.
    fileprivate var distance: Int {
        guard case .crosswalk(_, _, let counterpart) = self else { return 0 }
        return (isSettled ? 0 : 10) + counterpart.path.count
    }
}

/// What one standard says of a project.
public struct StandardJudgement: Sendable {
    public let standard: String
    /// The item or row that was judged; nil where the standard has none of this subject.
    public let subject: ItemReference?
    public let origin: SubjectOrigin?
    /// The verdict on the item. Where the subject is not settled (see `origin`) it is `eligible` at best.
    public let verdict: Verdict
    /// What is still to be shown, the easiest way first: see `StandardPack.easiestWay`.
    public let easiest: [FactID]
    /// Verdicts on further items that the subject may belong to, as good or worse.
    public let others: [(subject: ItemReference, origin: SubjectOrigin, verdict: Verdict)]
}

/// Judges one project under several standards.
public struct ProjectJudge: Sendable {
    public let packs: [StandardPack]
    public let crosswalks: CrosswalkTable
    public let dictionary: FactDictionary
    public let day: CalendarDate

    public init(packs: [StandardPack], crosswalks: CrosswalkTable, dictionary: FactDictionary, day: CalendarDate) {
        self.packs = packs
        self.crosswalks = crosswalks
        self.dictionary = dictionary
        self.day = day
    }

    /// What was found, with the facts whose evidence has run out and was left aside.
    public struct Result: Sendable {
        public let judgements: [StandardJudgement]
        public let expired: [FactID]
        /// The facts that counted.
        public let facts: FactSheet
    }

    /// - Parameter read: What the words of the project were found to mean, by the id of the standard, best first. It counts
    ///   where no item of any standard is stated.
    public func judge(
        _ project: ProjectDossier, read: [String: [(item: ItemReference, probability: Double)]] = [:]
    ) -> Result {
        let (facts, expired) = project.facts.current(on: day, dictionary)
        let judgements = packs.map { judge(project, under: $0, read, facts) }
        return Result(judgements: judgements, expired: expired, facts: facts)
    }

    private func judge(
        _ project: ProjectDossier, under pack: StandardPack,
        _ read: [String: [(item: ItemReference, probability: Double)]], _ facts: FactSheet
    ) -> StandardJudgement {
        var found = subjects(of: project, under: pack, read).map { subject, origin in
            let verdict = pack.verdict(on: subject.item, activity: subject.row, facts: facts, year: day.year)
            return (subject: subject, origin: origin, verdict: origin.isSettled ? verdict : verdict.withOpenSubject)
        }
        guard !found.isEmpty else {
            return StandardJudgement(
                standard: pack.id, subject: nil, origin: nil, verdict: .notCovered, easiest: [], others: [])
        }
        func rank(_ index: Int) -> (Int, Int) {
            (found[index].origin.isSettled ? 0 : 1, Self.rank(found[index].verdict))
        }
        let best = found.indices.min { rank($0) < rank($1) } ?? 0
        let chosen = found.remove(at: best)
        return StandardJudgement(
            standard: pack.id, subject: chosen.subject, origin: chosen.origin, verdict: chosen.verdict,
            easiest: pack.easiestWay(chosen.verdict, dictionary), others: found)
    }

    private static func rank(_ verdict: Verdict) -> Int {
        switch verdict.kind {
        case .aligned: 0
        case .eligible: 1
        case .notAligned: 2
        case .notCovered: 3
        }
    }

    /// Stated, else through crosswalks from what is stated, else read from the words, else through crosswalks from these.
    private func subjects(
        of project: ProjectDossier, under pack: StandardPack,
        _ read: [String: [(item: ItemReference, probability: Double)]]
    ) -> [(ItemReference, SubjectOrigin)] {
        if let stated = project.subjects[pack.id] { return [(stated, .stated)] }
        let walked: [(ItemReference, SubjectOrigin)] = project.subjects.sorted { $0.key < $1.key }.flatMap {
            standard, item in
            counterparts(of: item, in: standard, under: pack)
        }
        // An item that was stated for some standard speaks for the project; the words don't overrule it.
        if !project.subjects.isEmpty { return Self.nearest(walked) }
        let words = read[pack.id] ?? []
        if !words.isEmpty { return words.map { ($0.item, .words(probability: $0.probability)) } }
        return Self.nearest(
            read.sorted { $0.key < $1.key }.flatMap { standard, items in
                items.prefix(1).flatMap { counterparts(of: $0.item, in: standard, under: pack) }
            })
    }

    /// Each item once, by the nearest way to it. What two links lead to counts only where no single one leads anywhere.
    private static func nearest(
        _ found: [(ItemReference, SubjectOrigin)]
    ) -> [(ItemReference, SubjectOrigin)] {
        var known: Set<ItemReference> = []
        var nearest = found.enumerated().sorted {
            ($0.element.1.distance, $0.offset) < ($1.element.1.distance, $1.offset)
        }.map(\.element).filter { known.insert($0.0).inserted }
        func isDirect(_ origin: SubjectOrigin) -> Bool {
            guard case .crosswalk(_, _, let counterpart) = origin else { return true }
            return counterpart.path.count == 1
        }
        if nearest.contains(where: { isDirect($0.1) }) { nearest.removeAll { !isDirect($0.1) } }
        return nearest
    }

    private func counterparts(
        of item: ItemReference, in standard: String, under pack: StandardPack
    ) -> [(ItemReference, SubjectOrigin)] {
        crosswalks.counterparts(of: item, in: standard, under: pack.id).filter { pack.has($0.reference) }
            .map { ($0.reference, .crosswalk(from: standard, item: item, $0)) }
    }
}
