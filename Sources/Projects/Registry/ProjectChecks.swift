import Standards
import Vocabulary

/// What projects are checked against: the tables and packs in force.
public struct ProjectRegister: Sendable {
    public let dictionary: FactDictionary
    public let regions: RegionTable
    public let industries: IndustryTable
    public let packs: [String: StandardPack]

    public init(dictionary: FactDictionary, regions: RegionTable, industries: IndustryTable, packs: [StandardPack]) {
        self.dictionary = dictionary
        self.regions = regions
        self.industries = industries
        self.packs = Dictionary(packs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Project {
    /// The most that a project may hold; more is a mistake or an attack.
    public enum Limit {
        /// Characters of a name.
        public static let name = 200
        /// Characters of the purpose.
        public static let purpose = 4000
        public static let formerNames = 20
        public static let documents = 500
        public static let facts = 1000
        public static let subjects = 50
        /// Bytes of one document: 2 GiB.
        public static let documentBytes: Int64 = 2 << 30
        /// Fifty years, beyond which nobody lends.
        public static let tenorMonths = 600
    }

    /// Everything that is wrong, all at once, in the order of the form; empty for a project that its status may hold.
    public func faults(against register: ProjectRegister) -> [ProjectFault] {
        missing() + textFaults() + moneyFaults() + planFaults() + codeFaults(register) + subjectFaults(register)
            + factFaults(register) + documentFaults(register) + contactFaults()
    }

    /// What the status asks for and is not there.
    func missing() -> [ProjectFault] {
        var paths: [String] = []
        func ask(_ present: Bool, _ path: String) { if !present { paths.append(path) } }
        ask(!name.trimmingSpaces().isEmpty, "/name")
        if status == .submitted || status == .published || status == .financed {
            ask(!owner.name.trimmingSpaces().isEmpty, "/owner/name")
            ask(region != nil, "/region")
            ask(!purpose.trimmingSpaces().isEmpty, "/purpose")
            ask(stage != nil, "/stage")
            ask(totalInvestment != nil, "/totalInvestment")
        }
        if status == .published || status == .financed { ask(need != nil, "/need") }
        var faults = paths.map { ProjectFault(.missing, at: $0) }
        if (status == .merged) != (mergedInto != nil) || mergedInto == id {
            faults.append(ProjectFault(.mergedInto, at: "/mergedInto"))
        }
        return faults
    }

    private func textFaults() -> [ProjectFault] {
        var check = TextCheck()
        check.text(name, "/name", Limit.name)
        check.names(formerNames, "/formerNames")
        check.text(owner.name, "/owner/name", Limit.name)
        check.names(owner.formerNames, "/owner/formerNames")
        check.text(purpose, "/purpose", Limit.purpose, lines: true)
        return check.faults
    }

    private func moneyFaults() -> [ProjectFault] {
        var faults: [ProjectFault] = []
        func positive(_ money: Money?, _ path: String, orZero: Bool = false) {
            guard let money, money.isNegative || !orZero && money == .zero else { return }
            faults.append(ProjectFault(.notPositive, at: path, ["value": money.description]))
        }
        positive(totalInvestment, "/totalInvestment")
        positive(ownCapital, "/ownCapital", orZero: true)
        positive(need?.amount, "/need/amount")
        if let total = totalInvestment {
            let arguments = ["total": total.description]
            let own = ownCapital ?? .zero
            let wanted = need?.amount ?? .zero
            if own > total { faults.append(ProjectFault(.moreThanTotal, at: "/ownCapital", arguments)) }
            if wanted > total { faults.append(ProjectFault(.moreThanTotal, at: "/need/amount", arguments)) }
            // Of two sums that each fit, only the second is told to be too much.
            if own <= total, wanted <= total, need?.kind != .guarantee, !own.isNegative,
                wanted.fen > total.fen - own.fen
            {
                faults.append(ProjectFault(.partsMoreThanTotal, at: "/need/amount", arguments))
            }
        }
        if let months = need?.tenorMonths, !(1...Limit.tenorMonths).contains(months) {
            faults.append(ProjectFault(.tenor, at: "/need/tenorMonths", ["limit": String(Limit.tenorMonths)]))
        }
        // Above 36 % a year no court of the country upholds a claim; a rate of 450 is one in percent.
        if let rate = need?.rateCeiling, rate <= .zero || rate > Ratio(36, over: 100) {
            faults.append(ProjectFault(.rate, at: "/need/rateCeiling", ["value": rate.description]))
        }
        return faults
    }

    private func planFaults() -> [ProjectFault] {
        guard let start = plannedStart, let finish = plannedFinish, finish < start else { return [] }
        return [ProjectFault(.dateOrder, at: "/plannedFinish", ["start": start.description])]
    }

    private func codeFaults(_ register: ProjectRegister) -> [ProjectFault] {
        var faults: [ProjectFault] = []
        if let region, register.regions.region(region) == nil,
            register.regions.region(region.province) == nil || register.regions.listsCounties(of: region.province)
        {
            faults.append(ProjectFault(.unlistedRegion, at: "/region", ["value": region.description]))
        }
        if let industry, !register.industries.contains(industry) {
            faults.append(ProjectFault(.unlistedIndustry, at: "/industry", ["value": industry.description]))
        }
        return faults
    }

    private func subjectFaults(_ register: ProjectRegister) -> [ProjectFault] {
        var faults: [ProjectFault] = []
        if subjects.count > Limit.subjects {
            faults.append(ProjectFault(.tooMany, at: "/subjects", ["limit": String(Limit.subjects)]))
        }
        for (standard, item) in subjects.sorted(by: { $0.key < $1.key }) {
            let path = JSONPointer.root.appending("subjects").appending(standard).description
            guard let pack = register.packs[standard] else {
                faults.append(ProjectFault(.unknownStandard, at: path, ["standard": String(standard.prefix(64))]))
                continue
            }
            if !pack.has(item) {
                faults.append(
                    ProjectFault(.unknownItem, at: path, ["standard": standard, "item": item.description]))
            }
        }
        return faults
    }

    private func factFaults(_ register: ProjectRegister) -> [ProjectFault] {
        var faults: [ProjectFault] = []
        if facts.facts.count > Limit.facts {
            faults.append(ProjectFault(.tooMany, at: "/facts", ["limit": String(Limit.facts)]))
        }
        for (id, fact) in facts.facts.sorted(by: { $0.key < $1.key }) {
            let path = ProjectFault.path(of: id)
            guard let definition = register.dictionary[id] else {
                faults.append(ProjectFault(.unknownFact, at: path, ["fact": String(id.name.prefix(64))]))
                continue
            }
            if !definition.kind.admits(fact.value) {
                faults.append(ProjectFault(.factValue, at: path, ["fact": id.name]))
            }
            if fact.assurance > .stated, fact.document == nil, !documents.contains(where: { $0.proves.contains(id) }) {
                faults.append(ProjectFault(.factWithoutDocument, at: path, ["fact": id.name]))
            }
        }
        return faults
    }

    private func documentFaults(_ register: ProjectRegister) -> [ProjectFault] {
        var faults: [ProjectFault] = []
        if documents.count > Limit.documents {
            faults.append(ProjectFault(.tooMany, at: "/documents", ["limit": String(Limit.documents)]))
        }
        var seen: Set<String> = []
        for (index, document) in documents.enumerated() {
            let path = "/documents/\(index)"
            if !document.hasDigest { faults.append(ProjectFault(.digest, at: path + "/digest")) }
            if !seen.insert(document.digest).inserted { faults.append(ProjectFault(.duplicate, at: path)) }
            if !document.hasFileName { faults.append(ProjectFault(.fileName, at: path + "/fileName")) }
            if !document.hasMediaType { faults.append(ProjectFault(.mediaType, at: path + "/mediaType")) }
            if !(1...Limit.documentBytes).contains(document.byteCount) {
                faults.append(
                    ProjectFault(.byteCount, at: path + "/byteCount", ["limit": String(Limit.documentBytes)]))
            }
            for fact in document.proves.sorted() where register.dictionary[fact] == nil {
                faults.append(
                    ProjectFault(.unknownFact, at: path + "/proves", ["fact": String(fact.name.prefix(64))]))
            }
        }
        return faults
    }

    private func contactFaults() -> [ProjectFault] {
        guard let contact else { return [] }
        var check = TextCheck()
        check.text(contact.name, "/contact/name", Limit.name)
        if !contact.email.isEmpty, !contact.hasEmail { check.faults.append(ProjectFault(.email, at: "/contact/email")) }
        if !contact.telephone.isEmpty, !contact.hasTelephone {
            check.faults.append(ProjectFault(.telephone, at: "/contact/telephone"))
        }
        return check.faults
    }
}
