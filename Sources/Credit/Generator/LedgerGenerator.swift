import Identification
import Vocabulary

/// What invented loans are made of, as the library has it.
public struct GeneratorWords: Sendable {
    public struct Kind: Sendable {
        public let weight: Int
        public let industry: String
        public let project: String
        public let purposes: [String]
        /// Facts by id with the range that their values are drawn from.
        public let facts: [(id: String, low: Double, high: Double)]

        public init(
            weight: Int, industry: String, project: String, purposes: [String],
            facts: [(id: String, low: Double, high: Double)]
        ) {
            self.weight = weight
            self.industry = industry
            self.project = project
            self.purposes = purposes
            self.facts = facts
        }
    }

    public let nameHeads: [String]
    public let nameTails: [String]
    public let nameEnds: [String]
    public let phases: [String]
    public let green: [Kind]
    public let ordinary: [Kind]
    public let short: [String]
    /// Districts and counties with their codes.
    public let places: [(name: String, code: String)]

    public init(
        nameHeads: [String], nameTails: [String], nameEnds: [String], phases: [String], green: [Kind],
        ordinary: [Kind], short: [String], places: [(name: String, code: String)]
    ) {
        self.nameHeads = nameHeads
        self.nameTails = nameTails
        self.nameEnds = nameEnds
        self.phases = phases
        self.green = green
        self.ordinary = ordinary
        self.short = short
        self.places = places
    }
}

/// Writes invented ledgers for tests and benchmarks: the same seed gives the same rows. One loan in six is green, as in a
/// bank that lends much to infrastructure; nine purposes in ten are unlike every other.
public struct LedgerGenerator: Sendable {
    private let words: GeneratorWords
    private let factIDs: [String]
    private var generator: SplitMix64
    private var row = 0
    private let greenPool: [Int]
    private let ordinaryPool: [Int]

    public init(words: GeneratorWords, seed: UInt64) {
        self.words = words
        generator = SplitMix64(seed: seed)
        var ids: [String] = []
        for kind in words.green { for fact in kind.facts where !ids.contains(fact.id) { ids.append(fact.id) } }
        factIDs = ids
        greenPool = words.green.indices.flatMap { [Int](repeating: $0, count: words.green[$0].weight) }
        ordinaryPool = words.ordinary.indices.flatMap { [Int](repeating: $0, count: words.ordinary[$0].weight) }
    }

    public var header: String {
        let columns = [
            "借据号", "借款人名称", "贷款投向行业", "行政区划代码", "贷款用途", "项目名称", "贷款金额", "贷款余额",
            "审批日期", "发放日期", "到期日期", "利率", "五级分类", "企业规模", "项目总投资",
        ]
        return (columns + factIDs.map { "fact:\($0)" }).joined(separator: ",") + "\n"
    }

    private mutating func random(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: generator.next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    private mutating func pick(_ list: [String]) -> String { list.isEmpty ? "" : list[random(list.count)] }

    /// Appends the next row.
    public mutating func append(to out: inout [UInt8]) {
        append(to: &out) { _, _ in .asDrawn }
    }

    /// When a loan is granted and due, and how much of it is outstanding.
    public enum Story: Sendable, Hashable {
        /// As the generator draws it.
        case asDrawn
        /// - outstanding: Hundredths of the amount.
        case told(approved: CalendarDate, issued: CalendarDate, matures: CalendarDate, outstanding: Int)
        /// It does not stand in this ledger: not granted yet, or repaid.
        case absent
    }

    /// Appends the next row, or passes it over. The same seed gives the same loan in the same place, whatever became of those before:
    /// so the ledgers of many months tell of the same loans.
    /// - Parameter story: Of the n-th loan, from 1; whether it is for something green.
    public mutating func append(to out: inout [UInt8], _ story: (_ number: Int, _ isGreen: Bool) -> Story) {
        let start = out.count
        row += 1
        let isGreen = random(6) == 0
        let told = story(row, isGreen)
        defer { if told == .absent { out.removeSubrange(start...) } }
        let kind =
            isGreen
            ? words.green[greenPool[random(greenPool.count)]]
            : words.ordinary[ordinaryPool[random(ordinaryPool.count)]]
        let place = words.places[random(words.places.count)]
        let name = pick(words.nameHeads) + pick(words.nameTails)
        let fill = TemplateFill(
            place: place.name, name: name, number: random(980) + 20, other: random(90_000) + 10_000,
            phase: pick(words.phases))
        let isShort = !isGreen && random(14) == 0
        let purpose = isShort ? pick(words.short) : fill.fill(pick(kind.purposes))
        let project = kind.project.isEmpty || random(3) == 0 ? "" : fill.fill(kind.project)
        let borrower = place.name + name + pick(words.nameEnds) + "有限公司"
        let amount = (random(isGreen ? 40_000 : 9_000) + 10) * 10_000
        let drawnShare = random(90) + 10
        var balance = amount / 100 * drawnShare
        let investment = isGreen ? amount / 10 * (random(30) + 12) : 0
        let month = random(12) + 1
        var approved = month >= 10 ? "2025-\(month)-0\(random(9) + 1)" : "2026-0\(month)-1\(random(9))"
        var drawn = month >= 10 ? "2025-\(month)-2\(random(8))" : "2026-0\(month)-2\(random(8))"
        var due = "\(2027 + random(15))-0\(random(9) + 1)-15"
        if case .told(let approvedOn, let issuedOn, let maturesOn, let outstanding) = told {
            balance = amount / 100 * outstanding
            (approved, drawn, due) = (approvedOn.description, issuedOn.description, maturesOn.description)
        }
        func put(_ text: String) {
            out += text.utf8
            out.append(UInt8(ascii: ","))
        }
        put("JL\(String(repeating: "0", count: max(0, 10 - String(row).count)))\(row)")
        put(borrower)
        put(kind.industry)
        put(place.code)
        put(purpose)
        put(project)
        put("\(amount).00")
        put("\(balance).00")
        put(approved)
        put(drawn)
        put(due)
        put("\(2 + random(3)).\(random(90) + 10)")
        put(["正常", "正常", "正常", "正常", "正常", "正常", "正常", "正常", "正常", "关注", "次级"][random(11)])
        put(["大型", "中型", "小型", "小型", "微型"][random(5)])
        out += (investment > 0 ? "\(investment).00" : "").utf8
        let hasFacts = random(10) < 7
        for id in factIDs {
            out.append(UInt8(ascii: ","))
            guard hasFacts, let fact = kind.facts.first(where: { $0.id == id }) else { continue }
            let value = fact.low + (fact.high - fact.low) * Double(random(1_000)) / 1_000
            appendDecimal(value, fractionDigits: fact.high < 10 ? 0 : 1, to: &out)
        }
        out.append(UInt8(ascii: "\n"))
    }
}
