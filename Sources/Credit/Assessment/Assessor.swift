import Identification
import Impact
import Standards
import Vocabulary

/// Everything that judging a loan needs, as values. The reporting date and the packs are handed in.
public struct AssessmentBasis: Sendable {
    /// The pack whose items the model reads for.
    public let pack: StandardPack
    /// Where `pack` is a region's overlay, the catalogue without its changes, for the loans from before it took effect.
    public let catalogue: StandardPack?
    public let transition: Transition
    public let model: IdentificationModel
    /// Methods for statements, checked.
    public let methods: [CompiledMethod]
    public let asOf: CalendarDate
    /// By loan id.
    public let decisions: [String: PersonDecision]
    /// The standard that earlier loans follow, where it is at hand.
    public let predecessor: StandardPack?
    /// Further standards to judge every accepted loan by.
    public let further: [StandardPack]
    public let crosswalks: CrosswalkTable
    /// Whether loans carry the words for and against them: who keeps only what was found saves the time.
    public var tellsEvidence = true

    public init(
        pack: StandardPack, catalogue: StandardPack? = nil, transition: Transition, model: IdentificationModel,
        methods: [CompiledMethod], asOf: CalendarDate, decisions: [String: PersonDecision] = [:],
        predecessor: StandardPack? = nil,
        further: [StandardPack] = [], crosswalks: CrosswalkTable = CrosswalkTable([])
    ) {
        self.predecessor = predecessor
        self.further = further
        self.crosswalks = crosswalks
        self.pack = pack
        self.catalogue = catalogue
        self.transition = transition
        self.model = model
        self.methods = methods
        self.asOf = asOf
        self.decisions = decisions
    }
}

extension AssessmentBasis {
    /// The edition that judges a loan: the pack, its predecessor, or the catalogue before a region's overlay took effect.
    public func edition(of loan: AssessedLoan) -> String {
        if loan.isUnderPredecessor { return pack.header.predecessor ?? "" }
        return loan.isBeforeOverlay ? pack.header.catalogue : pack.id
    }

    /// The item of a loan in the edition that judges it; nil where it has none there.
    public func judgedItem(of loan: AssessedLoan) -> ItemCode? {
        loan.judgedItem.flatMap { (loan.isUnderPredecessor ? predecessor : pack)?.items[$0].code }
    }
}

/// Judges loans one by one. Each worker has its own: it keeps memory between rows.
public struct Assessor: Sendable {
    public let basis: AssessmentBasis
    private var identifier: Identifier
    private var text = LoanText()
    private let packItems: [Int?]
    private let chooser: ActivityChooser
    private var others: OtherStandards
    private let methodsOfItem: [[Int]]
    /// The facts on which the verdict on an item can depend, by row.
    private var factsAsked: [Int: Set<FactID>] = [:]
    /// What each item's verdict is where none of these is known, by row: most loans.
    private var verdictsWithoutFacts: [Int: Verdict] = [:]
    /// What the factors of each method are, by province: chosen once.
    private var factorChoices: [ChoiceKey: FactorChoices] = [:]
    /// What each method lacks where no fact is of use to it.
    private var missingWithoutFacts: [Int: [FactID]] = [:]

    private static let mostCandidates = 5

    private struct ChoiceKey: Hashable {
        let method: Int
        let province: UInt32?
    }

    public init(basis: AssessmentBasis) {
        self.basis = basis
        identifier = Identifier(model: basis.model)
        let pack = basis.pack
        packItems = basis.model.items.map { ItemCode($0).flatMap(pack.position(of:)) }
        chooser = ActivityChooser(pack: pack)
        others = OtherStandards(
            reading: pack, packs: basis.further + [basis.predecessor].compactMap { $0 }, crosswalks: basis.crosswalks,
            year: basis.asOf.year)
        methodsOfItem = pack.items.map { item in
            basis.methods.indices.filter {
                basis.methods[$0].method.items[pack.header.catalogue]?.contains(item.code) ?? false
            }
        }
    }

    /// - Parameters:
    ///   - row: A loan that was read.
    ///   - bytes: The text that its ranges refer to.
    public mutating func assess(_ row: LoanRow, in bytes: Span<UInt8>) -> AssessedLoan {
        let person = basis.decisions.isEmpty ? nil : basis.decisions[RowParser.string(bytes, row.loanID)]
        return assess(row, in: bytes, deciding: person)
    }

    /// Judges a facility that is kept as its row in the book was judged, and says which words speak for or against it.
    /// - Parameter person: What a person decides of it; nil for nothing.
    public mutating func assess(_ record: SnapshotRecord, deciding person: PersonDecision? = nil) -> AssessedLoan {
        assess(record.row, in: record.text.span, deciding: person)
    }

    private mutating func assess(
        _ row: LoanRow, in bytes: Span<UInt8>, deciding person: PersonDecision?
    ) -> AssessedLoan {
        var loan = AssessedLoan()
        text.borrower.fold(bytes.extracting(row.borrower))
        text.project.fold(bytes.extracting(row.projectName))
        text.purpose.fold(bytes.extracting(row.purpose))
        text.industry = row.industry?.number
        var identification = identifier.identify(text)
        if PurposeParts.mayHaveSeveral(bytes.extracting(row.purpose)) {
            identification = severalUses(row, bytes, identification, &loan)
        }
        loan.probability = identification.greenProbability
        for candidate in identification.candidates {
            if let item = packItems[candidate.item] { loan.candidates.append((item, candidate.probability)) }
        }
        let business = Business.loan(approved: row.approvedOn, drawn: row.issuedOn)
        if basis.pack.applicability(of: business, basis.transition).edition == .predecessor {
            loan.isUnderPredecessor = true
            if basis.predecessor == nil {
                loan.decision = .unassessed
                loan.ground = .olderStandard
                return loan
            }
        }
        loan.isBeforeOverlay = basis.catalogue != nil && !basis.pack.changesHold(for: business)
        let first = identification.candidates.first?.item
        switch identification.outcome {
        case .notGreen:
            loan.decision = .notGreen
            loan.ground = .noGreenUse
            loan.verdict = .notCovered
            loan.evidence = evidence(for: nil)
        case .review:
            loan.decision = .review
            loan.ground = .uncertain
            loan.evidence = evidence(for: first)
        case .accepted:
            loan.decision = .accepted
            loan.ground = .words
            loan.item = loan.candidates.first?.item
            loan.evidence = evidence(for: first)
        }
        if let person, person.holds(of: row, in: bytes, under: basis.edition(of: loan)) {
            overrule(person, &loan)
        }
        if loan.decision == .accepted { judge(row, &loan) }
        return loan
    }

    private mutating func evidence(for item: Int?) -> [Evidence] {
        basis.tellsEvidence ? identifier.evidence(for: item, in: text) : []
    }

    /// The main use decides; the parts that are green add up.
    private mutating func severalUses(
        _ row: LoanRow, _ bytes: Span<UInt8>, _ whole: Identification, _ loan: inout AssessedLoan
    ) -> Identification {
        let parts = PurposeParts.parts(of: RowParser.string(bytes, row.purpose))
        guard parts.count >= 2 else { return whole }
        loan.hasSeveralUses = true
        let project = text.project
        var main: (fraction: Double, text: FoldedText, result: Identification)?
        var green = 0.0
        for part in parts {
            text.purpose = FoldedText(part.text)
            // The project's name speaks for the part that names nothing else, which is the main one.
            text.project = FoldedText()
            let result = identifier.identify(text)
            if result.greenProbability >= 0.5 { green += part.fraction }
            if main == nil || part.fraction > (main?.fraction ?? 0) { main = (part.fraction, text.purpose, result) }
        }
        guard let main else { return whole }
        text.purpose = main.text
        text.project = project
        let result = identifier.identify(text)
        if result.greenProbability >= 0.5, main.result.greenProbability < 0.5 { green += main.fraction }
        loan.greenPart = Int64((min(green, 1) * 1_000_000).rounded())
        // The evidence is told in the words of the whole purpose.
        text.purpose.fold(bytes.extracting(row.purpose))
        _ = identifier.identify(text)
        return result
    }

    private func overrule(_ person: PersonDecision, _ loan: inout AssessedLoan) {
        loan.ground = .person(person)
        loan.decision = person.decision
        // An item of the older edition says nothing new of how the words are read today.
        let readsOn = loan.isUnderPredecessor && person.standard != nil
        loan.item =
            readsOn && person.decision == .accepted
            ? loan.candidates.first?.item : person.item.flatMap(basis.pack.position(of:))
        loan.verdict = person.decision == .notGreen ? .notCovered : nil
        loan.probability = person.decision == .accepted ? 1 : person.decision == .notGreen ? 0 : loan.probability
        if let item = loan.item, !readsOn {
            loan.candidates.removeAll { $0.item == item }
            loan.candidates.insert((item, 1), at: 0)
            // The person's item takes the place of the weakest.
            if loan.candidates.count > Self.mostCandidates { loan.candidates.removeLast() }
        }
    }

    private mutating func judge(_ row: LoanRow, _ loan: inout AssessedLoan) {
        let decided = olderVerdict(row, decidedOf: loan)
        guard let position = loan.item else {
            if let decided { return judgeByPredecessor(decided, &loan) }
            loan.decision = .review
            loan.ground = .uncertain
            return
        }
        let item = basis.pack.items[position]
        loan.activity = chooser.row(of: position, in: text)
        for number in basis.further.indices {
            loan.others.append(others.verdict(of: number, item: position, row: loan.activity, facts: row.facts))
        }
        let marked = item.activities.first { $0.row == loan.activity }?.mark
        if loan.isUnderPredecessor {
            // The words were read as an item of the current edition; the older one judges what corresponds to it.
            let verdict =
                decided
                ?? others.verdict(of: basis.further.count, item: position, row: loan.activity, facts: row.facts)
            judgeByPredecessor(verdict, &loan)
            if loan.decision == .accepted {
                loan.mark = item.commonMark ?? marked
                compute(row, position, &loan)
            }
            return
        }
        let verdict: Verdict
        let key = (position << 12 | (loan.activity ?? 0)) << 1 | (loan.isBeforeOverlay ? 1 : 0)
        let hasFacts = !row.facts.isEmpty && row.facts.knows(anyOf: factsAsked(key, item, loan.activity))
        if !hasFacts, let known = verdictsWithoutFacts[key] {
            verdict = known
        } else {
            let pack = loan.isBeforeOverlay ? basis.catalogue ?? basis.pack : basis.pack
            verdict = pack.verdict(
                on: item.code, activity: loan.activity, facts: row.facts, year: basis.asOf.year,
                general: pack.header.bookTerms)
            if !hasFacts { verdictsWithoutFacts[key] = verdict }
        }
        loan.verdict = verdict
        loan.verdictNumber = hasFacts ? nil : key
        if verdict.kind == .notCovered {
            // An item that the overlay added later.
            loan.decision = .notGreen
            loan.ground = .noGreenUse
            return
        }
        // Nor can a person's word stand against a fact: whoever knows better corrects the fact.
        if verdict.kind == .notAligned {
            loan.decision = .notGreen
            loan.ground = .conditionFails(verdict.failures.flatMap(\.leaves).compactMap(\.fact))
            return
        }
        loan.mark = item.commonMark ?? marked
        compute(row, position, &loan)
    }

    private mutating func factsAsked(_ key: Int, _ item: Item, _ row: Int?) -> Set<FactID> {
        if let known = factsAsked[key] { return known }
        let asked = basis.pack.factsAsked(of: ItemReference(item.code, row: row))
        factsAsked[key] = asked
        return asked
    }

    /// What the older edition says where a person named the item of it that the loan is for; nil where nobody did.
    private func olderVerdict(_ row: LoanRow, decidedOf loan: AssessedLoan) -> OtherVerdict? {
        guard loan.isUnderPredecessor, case .person(let person) = loan.ground, person.standard != nil,
            let code = person.item
        else { return nil }
        return others.verdict(of: basis.further.count, on: code, facts: row.facts)
    }

    private func judgeByPredecessor(_ verdict: OtherVerdict, _ loan: inout AssessedLoan) {
        loan.older = verdict
        switch verdict.kind {
        case .aligned, .eligible:
            guard !verdict.isSettled else { return }
            loan.decision = .review
            loan.ground = .olderSubjectOpen
        case .notCovered:
            loan.decision = .review
            loan.ground = .olderSubjectOpen
        case .notAligned:
            loan.decision = .notGreen
            loan.ground = .conditionFails(verdict.failures)
        }
    }

    private mutating func compute(_ row: LoanRow, _ item: Int, _ loan: inout AssessedLoan) {
        for number in methodsOfItem[item] {
            loan.hasMethod = true
            let method = basis.methods[number]
            if row.facts.isEmpty || !method.canUse(row.facts) {
                if loan.benefitMissing.isEmpty { loan.benefitMissing = missingWithoutFacts(number) }
                continue
            }
            let choices = choices(number, row.region)
            if let figures = method.figures(row.facts, choices) {
                loan.benefit = LoanBenefit(
                    method: number, province: row.region.map(Self.province(of:)), figures: figures)
                loan.benefitMissing = []
                return
            }
            if loan.benefitMissing.isEmpty { loan.benefitMissing = method.missing(row.facts, choices) }
        }
    }

    private mutating func choices(_ method: Int, _ region: RegionCode?) -> FactorChoices {
        let key = ChoiceKey(method: method, province: region.map { $0.number / 10_000 })
        if let known = factorChoices[key] { return known }
        let choices = basis.methods[method].choices(
            province: region.map(Self.province(of:)), year: basis.asOf.year)
        factorChoices[key] = choices
        return choices
    }

    private mutating func missingWithoutFacts(_ method: Int) -> [FactID] {
        if let known = missingWithoutFacts[method] { return known }
        let missing = basis.methods[method].missing(FactSheet(), choices(method, nil))
        missingWithoutFacts[method] = missing
        return missing
    }
}

extension Assessor {
    /// The items that a loan may be for in the edition that judges it: of an older one those that correspond to what its words are
    /// read as. Best first, each with the probability of the reading.
    public mutating func candidates(of loan: AssessedLoan) -> [(item: Item, probability: Double)] {
        guard loan.isUnderPredecessor, let older = basis.predecessor else {
            return loan.candidates.map { (basis.pack.items[$0.item], $0.probability) }
        }
        var found: [(item: Item, probability: Double)] = []
        for candidate in loan.candidates {
            for position in others.positions(under: basis.further.count, of: candidate.item)
            where !found.contains(where: { $0.item.code == older.items[position].code }) {
                found.append((older.items[position], candidate.probability))
            }
        }
        return Array(found.prefix(Self.mostCandidates))
    }

    /// The two digits of the province, as factors name it.
    static func province(of region: RegionCode) -> String {
        let digits = Int(region.number) / 10_000
        return digits < 10 ? "0\(digits)" : "\(digits)"
    }
}
