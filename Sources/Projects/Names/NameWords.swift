import Vocabulary

/// The words of company and project names, as the library has them.
public struct NameWords: Sendable {
    /// Forms of law that differ in kind.
    public enum LegalForm: String, Sendable, Hashable, CaseIterable {
        case limited
        case jointStock = "joint_stock"
        /// 公司 alone: limited or by shares, nobody says.
        case company
        case partnership
        case cooperative
        case works
        case farm
        case body
    }

    let fold: LetterFolding
    let confusion: Confusion
    let forms: WordList
    let formKinds: [Letters: LegalForm]
    /// The forms of limited companies, the longest first, for finding a mistyped one.
    let limited: [Letters]
    let groups: WordList
    let branches: WordList
    let former: WordList
    let short: WordList
    let trades: WordList

    let openings: WordList
    let endings: WordList
    let contracts: WordList
    let extensions: WordList
    let links: WordList
    let localities: WordList
    let subjects: WordList
    let synonyms: WordList
    let canonical: [Letters: Letters]
    let units: WordList
    let capacities: [Letters: CapacityUnit]
    let places: PlaceNames

    /// A unit of capacity with its kind, such as power.
    struct CapacityUnit: Sendable {
        let kind: String
        let scale: Double
    }

    /// The lists of words under the names that they have in the library's file.
    public struct Lists: Sendable {
        public var traditional = ""
        /// Letters that look alike, a group a text.
        public var lookalikes: [String] = []
        /// Letters that sound alike, a group a text.
        public var homophones: [String] = []
        public var forms: [LegalForm: [String]] = [:]
        public var group: [String] = []
        public var branches: [String] = []
        public var former: [String] = []
        public var short: [String] = []
        public var trades: [String] = []
        public var openings: [String] = []
        public var endings: [String] = []
        public var contracts: [String] = []
        public var extensions: [String] = []
        public var links: [String] = []
        public var localities: [String] = []
        public var subjects: [String] = []
        public var synonyms: [[String]] = []
        /// By kind: how many of the kind's first unit one unit is.
        public var capacities: [String: [String: Double]] = [:]

        public init() {}
    }

    public init(_ lists: Lists, regions: RegionTable) {
        let fold = LetterFolding(traditional: lists.traditional)
        func words(_ list: [String]) -> WordList { WordList(list.map { fold($0) }) }
        self.fold = fold
        confusion = Confusion((lists.lookalikes + lists.homophones).map { fold($0) })
        var kinds: [Letters: LegalForm] = [:]
        for (kind, list) in lists.forms { for word in list { kinds[fold(word)] = kind } }
        formKinds = kinds
        forms = WordList(kinds.keys)
        limited = (lists.forms[.limited] ?? []).map { fold($0) }.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
        groups = words(lists.group)
        branches = words(lists.branches)
        former = words(lists.former)
        short = words(lists.short)
        trades = words(lists.trades)
        openings = words(lists.openings)
        endings = words(lists.endings)
        contracts = words(lists.contracts)
        extensions = words(lists.extensions)
        links = words(lists.links)
        localities = words(lists.localities)
        var canonical: [Letters: Letters] = [:]
        for group in lists.synonyms {
            guard let first = group.first else { continue }
            for word in group { canonical[fold(word)] = fold(first) }
        }
        self.canonical = canonical
        synonyms = WordList(canonical.keys)
        subjects = WordList(lists.subjects.map { fold($0) } + canonical.values)
        var capacities: [Letters: CapacityUnit] = [:]
        for (kind, list) in lists.capacities {
            for (unit, scale) in list { capacities[fold(unit)] = CapacityUnit(kind: kind, scale: scale) }
        }
        self.capacities = capacities
        units = WordList(capacities.keys)
        places = PlaceNames(regions, fold)
    }
}
