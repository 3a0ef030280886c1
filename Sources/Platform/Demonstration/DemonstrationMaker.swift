import Access
import Credit
import Identification
import Library
import Projects
import Standards
import Vocabulary

/// Invents the members, people and projects of the demonstration region, one after another from a seed.
struct DemonstrationMaker {
    private let library: RuleLibrary
    private let words: GeneratorWords
    /// The day on which the story of the region ends.
    private let end: Timestamp
    private var generator: SplitMix64
    private let pool: [Int]

    /// An organisation of the region.
    struct Member: Sendable {
        let organisation: Organisation
        let since: Timestamp
    }

    /// A person of the region.
    struct Inhabitant: Sendable {
        let person: Person
        let organisation: ID<Organisation>
        let kind: OrganisationKind
        let roles: Set<Role>
    }

    /// How long the story is, in days: 24 months.
    static let days: Int64 = 730

    init(library: RuleLibrary, words: GeneratorWords, end: Timestamp, seed: UInt64) {
        self.library = library
        self.words = words
        self.end = end
        generator = SplitMix64(seed: seed)
        pool = words.green.indices.flatMap { [Int](repeating: $0, count: words.green[$0].weight) }
    }

    private var start: Timestamp { end.advanced(bySeconds: -Self.days * 86_400) }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &generator) }

    private mutating func id<Subject: Identified>(at moment: Timestamp) -> ID<Subject> {
        var bytes: [UInt8] = []
        for _ in 0..<10 { bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
        let drawn = bytes
        return ID(at: moment, RandomSource { Array(drawn.prefix($0)) })
    }

    // MARK: Members

    /// The operator, two regulators, every district and prefecture, the lenders, some enterprises and verifiers.
    mutating func members() -> [Member] {
        var members: [Member] = []
        func region(_ number: Int) -> RegionCode? { RegionCode(number) }
        guard let chongqing = region(500_000), let sichuan = region(510_000), let chengdu = region(510_100) else {
            return []
        }
        let since = start
        var add: [(OrganisationKind, String, String, RegionCode)] = [
            (.platformOperator, "示范平台运营方", "Demonstration operator", chongqing),
            (.regulator, "示范监管机构（重庆）", "Demonstration regulator (Chongqing)", chongqing),
            (.regulator, "示范监管机构（四川）", "Demonstration regulator (Sichuan)", sichuan),
        ]
        for place in districts { add.append((.district, "\(place.name)（示范）", "Demonstration district", place.code)) }
        for number in 1...DemonstrationRegion.lenders {
            let head = words.nameHeads[(number * 7) % words.nameHeads.count]
            let tail = words.nameTails[(number * 11 + number / 30) % words.nameTails.count]
            let kind = ["银行", "农村商业银行", "村镇银行", "金融租赁公司"][number % 4]
            add.append(
                (
                    .lender, "示范\(head)\(tail)\(kind)", "Demonstration lender \(number)",
                    number % 3 == 0 ? chengdu : chongqing
                ))
        }
        for number in 1...20 {
            let place = districts[(number * 5) % districts.count]
            let name = "示范\(place.name)\(words.nameHeads[number % words.nameHeads.count])新能源有限公司"
            add.append((.enterprise, name, "Demonstration enterprise \(number)", place.code))
        }
        add.append((.verifier, "示范核查机构", "Demonstration verifier", chongqing))
        for (kind, name, english, code) in add {
            members.append(
                Member(
                    organisation: Organisation(
                        id: id(at: since), kind: kind, name: name, englishName: english, region: code), since: since))
        }
        return members
    }

    /// The districts and counties of Chongqing in use today, and the prefectures of Sichuan.
    private var districts: [Region] {
        library.regions.regions.filter { region in
            guard region.status == .current else { return false }
            return switch region.code.province.number {
            case 500_000: region.code.level == .county
            case 510_000: region.code.level == .prefecture
            default: false
            }
        }
    }

    // MARK: People

    /// Somebody for each role of each organisation.
    mutating func people(of members: [Member]) -> [Inhabitant] {
        var people: [Inhabitant] = []
        var counts: [OrganisationKind: Int] = [:]
        for member in members {
            let kind = member.organisation.kind
            counts[kind, default: 0] += 1
            for role in DemonstrationRegion.roles(in: kind) {
                let address = DemonstrationRegion.email(of: role, in: kind, number: counts[kind] ?? 0)
                guard let email = EmailAddress(address) else { continue }
                let name = words.nameHeads[below(words.nameHeads.count)] + words.nameTails[below(words.nameTails.count)]
                people.append(
                    Inhabitant(
                        person: Person(
                            id: id(at: member.since), email: email, name: name, language: .zh, createdAt: member.since),
                        organisation: member.organisation.id, kind: kind, roles: [role]))
            }
        }
        return people
    }

    // MARK: Projects

    /// The next project with all that happened to it.
    mutating func story(among members: [Member], _ people: [Inhabitant]) -> ProjectStory {
        let authors: [OrganisationKind] = [
            .district, .district, .district, .district, .district, .district, .district, .lender, .lender, .enterprise,
        ]
        let kind = authors[below(authors.count)]
        let candidates = members.filter { $0.organisation.kind == kind }
        let author = candidates[below(candidates.count)].organisation
        let home =
            author.region.level <= .province || kind == .lender ? districts[below(districts.count)].code : author.region
        let places = library.regions.regions.filter {
            $0.status == .current && $0.code.level == .county && home.contains($0.code)
        }
        let place = places.isEmpty ? nil : places[below(places.count)]
        let begun = start.advanced(bySeconds: Int64(below(Int(Self.days) * 86_400)))
        var project = invented(in: place, owner: kind == .enterprise ? author.name : nil, at: begun)
        func person(_ role: Role) -> ID<Person>? {
            people.first { $0.organisation == author.id && $0.roles.contains(role) }?.person.id
        }
        guard let officer = person(.officer), let reviewer = person(.reviewer) else {
            return ProjectStory(author: author, steps: [])
        }
        var steps = [ProjectStory.Step(project: project, at: begun, person: officer, act: .registerProject)]
        var moment = begun
        // As far as it came before the story ends, a step every few weeks.
        let path: [(ProjectStatus, Act, ID<Person>)] = [
            (.submitted, .submitProject, officer), (.published, .publishProject, reviewer),
            (.financed, .publishProject, reviewer),
        ]
        let length = below(10) < 8 ? path.count : below(3)
        for (status, act, who) in path.prefix(kind == .district ? length : min(length, 1)) {
            moment = moment.advanced(bySeconds: Int64(3 + below(45)) * 86_400 + Int64(below(30_000)))
            guard moment < end, let moved = try? project.moved(to: status) else { break }
            project = moved
            steps.append(ProjectStory.Step(project: project, at: moment, person: who, act: act))
        }
        if steps.count == 2, below(12) == 0, let withdrawn = try? project.moved(to: .withdrawn) {
            moment = moment.advanced(bySeconds: Int64(5 + below(40)) * 86_400)
            if moment < end {
                steps.append(
                    ProjectStory.Step(project: withdrawn, at: moment, person: officer, act: .withdrawProject))
            }
        }
        return ProjectStory(author: author, steps: steps)
    }

    private mutating func invented(in place: Region?, owner: String?, at moment: Timestamp) -> Project {
        let kind = words.green[pool[below(pool.count)]]
        let name = words.nameHeads[below(words.nameHeads.count)] + words.nameTails[below(words.nameTails.count)]
        let fill = TemplateFill(
            place: place?.name ?? "", name: name, number: below(980) + 20, other: below(90_000) + 10_000,
            phase: words.phases[below(words.phases.count)])
        let purpose = fill.fill(kind.purposes[below(kind.purposes.count)])
        let title = kind.project.isEmpty ? purpose : fill.fill(kind.project)
        var project = Project(
            id: id(at: moment), name: title,
            owner: ProjectOwner(
                name: owner ?? "\(fill.place)\(name)\(words.nameEnds[below(words.nameEnds.count)])有限公司"))
        project.region = place?.code
        project.industry = try? IndustryCode.parse(kind.industry)
        project.purpose = purpose
        let stages: [ProjectStage] = [.planning, .approved, .approved, .construction, .construction, .operation]
        project.stage = stages[below(stages.count)]
        let total = Int64(below(90_000) + 500) * 1_000_000
        project.totalInvestment = Money(fen: total)
        project.ownCapital = Money(fen: total / 100 * Int64(20 + below(15)))
        project.need = FinancingNeed(
            amount: Money(fen: total / 100 * Int64(30 + below(35))), tenorMonths: (1 + below(15)) * 12)
        let day = moment.day()
        for fact in kind.facts where below(10) < 7 {
            let value = fact.low + (fact.high - fact.low) * Double(below(1000)) / 1000
            let rounded = fact.high < 10 ? value.rounded() : (value * 10).rounded() / 10
            let isDocumented = below(2) == 0
            let id = FactID(fact.id)
            guard let stated = try? library.facts.value(of: id, from: "\(rounded)") else { continue }
            project.facts[id] = Fact(
                stated, assurance: isDocumented ? .documented : .stated,
                document: isDocumented ? "可行性研究报告（虚构）" : nil, statedBy: "示范经办", statedOn: day)
        }
        return project
    }
}
