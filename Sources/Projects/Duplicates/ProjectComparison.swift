import Foundation
import Standards
import Vocabulary

/// A project as it is compared, its names taken apart once.
public struct ProjectProfile: Sendable {
    let name: ProjectName
    let former: [ProjectName]
    let owner: CompanyProfile?
    let nationalCode: ProjectCode?
    let region: RegionCode?
    let investment: Money?
    let subjects: [String: ItemReference]

    /// - Parameter owner: The owner's profile where the caller has it already: many projects have one owner.
    public init(
        name: String, formerNames: [String] = [], owner: CompanyProfile? = nil, nationalCode: ProjectCode? = nil,
        region: RegionCode? = nil, investment: Money? = nil, subjects: [String: ItemReference] = [:], _ words: NameWords
    ) {
        let parsed = ProjectName(name, words)
        self.name = parsed
        former = formerNames.prefix(Project.Limit.formerNames).map { ProjectName($0, words) }
        self.owner =
            owner
            ?? (parsed.ownerLetters.isEmpty ? nil : CompanyProfile(name: parsed.ownerLetters.text, words))
        self.nationalCode = nationalCode
        self.region = region
        self.investment = investment
        self.subjects = subjects
    }

    public init(_ project: Project, _ words: NameWords) {
        let owner = project.owner
        self.init(
            name: project.name, formerNames: project.formerNames,
            owner: owner.name.isEmpty
                ? nil
                : CompanyProfile(name: owner.name, formerNames: owner.formerNames, code: owner.creditCode, words),
            nationalCode: project.nationalCode, region: project.region, investment: project.totalInvestment,
            subjects: project.subjects, words)
    }

    /// Where it is: what the name says, else the region stated.
    var place: RegionCode? { name.place ?? region }
}

/// Tells whether two projects are the same.
public struct ProjectComparison: Sendable {
    public let words: NameWords
    let weights: LikenessWeights
    let companies: CompanyComparison

    public init(words: NameWords, projects: LikenessWeights, companies: LikenessWeights) {
        self.words = words
        weights = projects
        self.companies = CompanyComparison(words: words, weights: companies)
    }

    public func likeness(_ left: ProjectProfile, _ right: ProjectProfile) -> Likeness {
        weights.likeness(findings(left, right))
    }

    /// What speaks for and against, unweighed.
    public func findings(_ left: ProjectProfile, _ right: ProjectProfile) -> [LikenessFinding] {
        if let first = left.nationalCode, let second = right.nationalCode {
            if first == second { return [LikenessFinding(.codeSame, first.description)] }
            let names = names(left.name, right.name).filter { $0.reason.isKinship || $0.reason == .nameSame }
            return [LikenessFinding(.codeDiffers, first.description, second.description)] + names
        }
        var findings = names(left.name, right.name)
        for (former, other) in left.former.map({ ($0, right.name) }) + right.former.map({ ($0, left.name) }) {
            let old = names(former, other)
            guard old.contains(where: { $0.reason == .nameSame }) else { continue }
            let named = [LikenessFinding(.formerName)] + old
            if weights.probability(named) > weights.probability(findings) { findings = named }
        }
        if let finding = owners(left.owner, right.owner) { findings.append(finding) }
        if let finding = places(left, right) { findings.append(finding) }
        if let finding = investments(left.investment, right.investment) { findings.append(finding) }
        if let finding = items(left.subjects, right.subjects) { findings.append(finding) }
        return findings
    }

    private func names(_ left: ProjectName, _ right: ProjectName) -> [LikenessFinding] {
        var findings = cores(left, right)
        if left.numbers != right.numbers {
            let texts = [left, right].map { $0.numbers.map { String($0) }.joined(separator: " ") }
            findings.append(LikenessFinding(.numberDiffers, texts[0], texts[1]))
        }
        if left.phases != right.phases {
            let isOpen = left.phases.isEmpty || right.phases.isEmpty
            // A first phase is often not called so before there is a second.
            findings.append(
                LikenessFinding(isOpen ? .phaseMissing : .phaseDiffers, Self.text(left.phases), Self.text(right.phases))
            )
        }
        if left.lots != right.lots {
            findings.append(
                LikenessFinding(
                    .lotDiffers, left.lots.sorted().joined(separator: " "), right.lots.sorted().joined(separator: " ")))
        }
        if left.isExtension != right.isExtension { findings.append(LikenessFinding(.extensionDiffers)) }
        return findings + capacities(left, right)
    }

    private static func text(_ phases: Set<Int>) -> String {
        phases.isEmpty ? "–" : phases.sorted().map { String($0) }.joined(separator: " ")
    }

    private func cores(_ left: ProjectName, _ right: ProjectName) -> [LikenessFinding] {
        // 一期工程 alone may be anybody's.
        if left.core.isEmpty, right.core.isEmpty { return [] }
        if left.core == right.core {
            let same = LikenessFinding(.nameSame, left.core.text)
            return left.own.isEmpty ? [same] : [same, LikenessFinding(.ownWordsSame, left.ownWords)]
        }
        if left.own == right.own, sorted(left.subjects) == sorted(right.subjects) {
            return [LikenessFinding(.nameReordered, left.core.text, right.core.text)]
        }
        if left.own != right.own, isSlip(left, right) {
            return [LikenessFinding(.nameTypo, left.plain.text, right.plain.text)]
        }
        return [ownWords(left, right), subjects(left, right)].compactMap(\.self)
    }

    /// A slip breaks a word of the subject: what is left of it counts among the own words of one of the two only. Where own
    /// words themselves differ, as 前河 and 任河, the two are others.
    private func isSlip(_ left: ProjectName, _ right: ProjectName) -> Bool {
        let (better, worse) = left.own.count < right.own.count ? (left.own, right.own) : (right.own, left.own)
        guard better.count < worse.count, Self.isWithin(better, worse) else { return false }
        for (a, b) in [(left.plain, right.plain), (left.core, right.core)] {
            let shorter = min(a.count, b.count)
            let limit = shorter >= 10 ? 2 : shorter >= 4 ? 1 : 0
            if EditDistance.between(a, b, limit: limit) <= limit, words.confusion.mayBeSlip(a, b) { return true }
        }
        return false
    }

    private func ownWords(_ left: ProjectName, _ right: ProjectName) -> LikenessFinding? {
        if left.own == right.own {
            return left.own.isEmpty ? nil : LikenessFinding(.ownWordsSame, left.ownWords)
        }
        let (short, long) = left.own.count < right.own.count ? (left.own, right.own) : (right.own, left.own)
        if Self.isWithin(short, long) { return LikenessFinding(.ownWordsWithin, left.ownWords, right.ownWords) }
        return LikenessFinding(.ownWordsDiffer, left.ownWords, right.ownWords)
    }

    private func subjects(_ left: ProjectName, _ right: ProjectName) -> LikenessFinding {
        let (first, second) = (Set(left.subjects), Set(right.subjects))
        if first == second { return LikenessFinding(.subjectSame, left.subjects.map(\.text).joined(separator: " ")) }
        let texts = [left, right].map { $0.subjects.map(\.text).joined(separator: " ") }
        let isWithin = !first.isEmpty && !second.isEmpty && (first.isSubset(of: second) || second.isSubset(of: first))
        return LikenessFinding(isWithin ? .subjectWithin : .subjectDiffers, texts[0], texts[1])
    }

    private func sorted(_ words: [Letters]) -> [Letters] { words.sorted { $0.lexicographicallyPrecedes($1) } }

    /// Whether letters stand in others in their order, perhaps with some between.
    static func isWithin(_ short: Letters, _ long: Letters) -> Bool {
        var index = 0
        for letter in long where index < short.count && letter == short[index] { index += 1 }
        return index == short.count
    }

    private func capacities(_ left: ProjectName, _ right: ProjectName) -> [LikenessFinding] {
        var findings: [LikenessFinding] = []
        for kind in Set(left.capacities.keys).union(right.capacities.keys).sorted() {
            let texts = [left, right].map { $0.capacities[kind].map { "\($0)" } ?? "–" }
            guard let first = left.capacities[kind], let second = right.capacities[kind] else {
                findings.append(LikenessFinding(.capacityMissing, texts[0], texts[1]))
                continue
            }
            // Papers round: 49.5 MW is told as 50.
            let isSame = abs(first - second) <= 0.011 * max(first, second)
            findings.append(LikenessFinding(isSame ? .capacitySame : .capacityDiffers, texts[0], texts[1]))
        }
        return findings
    }

    private func owners(_ left: CompanyProfile?, _ right: CompanyProfile?) -> LikenessFinding? {
        guard let left, let right else { return nil }
        let texts = (left.name.folded.text, right.name.folded.text)
        // Most pairs of one block have owners that are written alike.
        if left.code == nil || right.code == nil, left.name.folded == right.name.folded {
            return LikenessFinding(.ownerSame, texts.0)
        }
        switch companies.likeness(left, right).verdict {
        case .same: return LikenessFinding(.ownerSame, texts.0)
        case .different: return LikenessFinding(.ownerDiffers, texts.0, texts.1)
        case .perhaps, .related: return nil
        }
    }

    private func places(_ left: ProjectProfile, _ right: ProjectProfile) -> LikenessFinding? {
        guard let first = left.place, let second = right.place else {
            return left.place == right.place ? nil : LikenessFinding(.placeMissing)
        }
        // A name may begin with the city while the region stated is the county: the nearer of the two is compared.
        for (a, b) in [(first, second), (left.region ?? first, right.region ?? second)] {
            if a == b { continue }
            let texts = (a.description, b.description)
            if words.places.lies(a, in: b) || words.places.lies(b, in: a) {
                if left.region != nil, left.region == right.region { continue }
                return LikenessFinding(.placeFiner, texts.0, texts.1)
            }
            return LikenessFinding(.placeDiffers, texts.0, texts.1)
        }
        return LikenessFinding(.placeSame, first.description)
    }

    private func investments(_ left: Money?, _ right: Money?) -> LikenessFinding? {
        guard let left, let right, left > .zero, right > .zero else { return nil }
        let ratio = Double(max(left.fen, right.fen)) / Double(min(left.fen, right.fen))
        if ratio <= 1.05 { return LikenessFinding(.investmentSame, left.description, right.description) }
        return ratio >= 1.3 ? LikenessFinding(.investmentDiffers, left.description, right.description) : nil
    }

    private func items(_ left: [String: ItemReference], _ right: [String: ItemReference]) -> LikenessFinding? {
        for (standard, first) in left.sorted(by: { $0.key < $1.key }) {
            guard let second = right[standard] else { continue }
            let reason: LikenessReason = first.item == second.item ? .itemSame : .itemDiffers
            return LikenessFinding(reason, first.description, second.description)
        }
        return nil
    }
}
