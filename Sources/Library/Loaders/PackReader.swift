import Standards
import Vocabulary

/// Reads the files of a pack and gathers every mistake on the way, so that an author sees them all at once.
struct PackReader {
    let facts: FactDictionary
    private(set) var faults: [LibraryFault] = []
    /// Where each item and activity stands, for findings of later checks.
    private(set) var places: [PackPlace: SourcePlace] = [:]
    /// Where each heading stands.
    private(set) var headings: [String: SourcePlace] = [:]
    /// The rows whose condition could not be read: that they have none is no further mistake.
    private(set) var unreadConditions: Set<PackPlace> = []
    /// Whether every file, heading, item and row was read: what seems to be missing may else stand in an unread part.
    private var isComplete = true
    /// Whether the header's definitions are at hand.
    private(set) var hasHeader = false
    var definitions: [String: CriterionDefinition] = [:]

    init(facts: FactDictionary) {
        self.facts = facts
    }

    /// Does a part; a mistake in it is noted and the rest goes on.
    mutating func attempt<Value>(_ body: (inout PackReader) throws(LibraryFault) -> Value) -> Value? {
        do {
            return try body(&self)
        } catch {
            note(error)
            return nil
        }
    }

    mutating func note(_ fault: LibraryFault) {
        faults.append(fault)
    }

    /// Like `attempt`, for a part without which the pack has a hole.
    private mutating func attemptPart<Value>(
        _ body: (inout PackReader) throws(LibraryFault) -> Value
    ) -> Value? {
        let value = attempt(body)
        if value == nil { isComplete = false }
        return value
    }

    /// Notes a key that nobody reads; the others are read all the same.
    private mutating func allow(_ keys: Set<String>, in entry: Entry) throws(LibraryFault) {
        guard entry.isMapping else { throw entry.fault("library.not-a-mapping") }
        _ = attempt { _ throws(LibraryFault) in try entry.allow(keys) }
    }
}

/// A place in a pack that a finding can point to.
enum PackPlace: Hashable {
    case item(ItemCode)
    case activity(ItemCode, row: Int)
}

/// A line of a file.
struct SourcePlace {
    let file: String
    let line: Int?
}

/// The files of a pack: `pack.yaml` with the header, and one file a chapter.
struct PackFiles {
    /// The header, nil where it could not be read.
    let header: Entry?
    let chapters: [Entry]
    /// Why files could not be read.
    let faults: [LibraryFault]
    /// The files, the header first, for the digest.
    let names: [String]
}

extension PackFiles {
    /// - Parameter folder: The folder of the pack, within the files.
    init(folder: String, _ files: LibraryFiles) {
        let header = folder + "/pack.yaml"
        let names = [header] + files.names(in: folder, ending: ".yaml").filter { $0 != header }
        var faults: [LibraryFault] = []
        let entries = names.map { name -> Entry? in
            do throws(LibraryFault) {
                return try files.entry(name)
            } catch {
                faults.append(error)
                return nil
            }
        }
        self.init(
            header: entries[0], chapters: entries.dropFirst().compactMap { $0 }, faults: faults, names: names)
    }

    var headerFile: String { names[0] }

    /// - Throws: the first mistake in the files, in the order of the files.
    func pack(_ facts: FactDictionary) throws(LibraryFault) -> StandardPack {
        var reader = PackReader(facts: facts)
        let pack = reader.pack(self)
        if let first = reader.faults.first { throw first }
        guard let pack else { throw LibraryFault("library.empty", file: headerFile, ["field": "/"]) }
        return pack
    }
}

extension PackReader {
    private struct Parts {
        var chapters: [Heading] = []
        var groups: [Heading] = []
        var items: [Item] = []
    }

    /// - Returns: The pack, or nil where a mistake (see `faults`) leaves none.
    mutating func pack(_ files: PackFiles) -> StandardPack? {
        for fault in files.faults { note(fault) }
        isComplete = files.faults.isEmpty
        var header: PackHeader?
        if let entry = files.header {
            header = attempt { reader throws(LibraryFault) in try reader.header(entry) } ?? nil
        }
        var parts = Parts()
        for chapter in files.chapters {
            _ = attemptPart { reader throws(LibraryFault) in try reader.chapter(chapter, &parts) }
        }
        noteUnused(definitions)
        guard let header else { return nil }
        let pack = StandardPack(
            unchecked: header, chapters: parts.chapters, groups: parts.groups, items: parts.items)
        let found = pack.faults
        for fault in found where isComplete || !fault.reason.isOfWhatIsMissing {
            let place = fault.item.flatMap { places[.item($0)] }
            note(LibraryFault(file: place?.file ?? files.headerFile, line: place?.line, message: fault.message))
        }
        return found.isEmpty ? pack : nil
    }

    /// Whether a finding says more than the faults do: not that a condition or an item is missing where one was not read.
    func isNews(_ finding: PackFinding) -> Bool {
        switch finding.reason {
        case .noCriterion:
            finding.item.flatMap { item in
                finding.row.map { !unreadConditions.contains(.activity(item, row: $0)) }
            } ?? true
        case .gap, .emptyHeading: isComplete
        default: true
        }
    }

    private mutating func header(_ entry: Entry) throws(LibraryFault) -> PackHeader? {
        try allow(
            [
                "id", "version", "name", "issuer", "document_number", "effective", "jurisdictions", "source",
                "verification", "predecessor", "transition", "general", "general_in_a_book", "definitions",
                "tiers", "objectives",
            ], in: entry)
        hasHeader = true
        _ = attempt { reader throws(LibraryFault) in try reader.read(definitions: entry) }
        var general: Criterion?
        if let terms = try entry.optional("general") {
            general = criterion(terms)
            guard general != nil else { return nil }
        }
        var jurisdictions: [String] = []
        for place in try entry.required("jurisdictions").list() { jurisdictions.append(try place.text()) }
        var tiers: [Tier] = []
        for tier in try entry.optional("tiers")?.list() ?? [] {
            try tier.allow(["tier", "name"])
            tiers.append(Tier(id: try tier.required("tier").text(), name: try tier.required("name").bilingual()))
        }
        var objectives: [BilingualText] = []
        for objective in try entry.optional("objectives")?.list() ?? [] { objectives.append(try objective.bilingual()) }
        return PackHeader(
            id: try entry.required("id").text(), version: try entry.required("version").text(),
            name: try entry.required("name").bilingual(), issuer: try entry.required("issuer").bilingual(),
            documentNumber: try entry.required("document_number").text(),
            effective: try entry.required("effective").date(), jurisdictions: jurisdictions,
            source: try entry.required("source").bilingual(),
            verification: try entry.required("verification").choice(Verification.self),
            predecessor: try entry.optional("predecessor")?.text(),
            transition: try entry.optional("transition")?.transition() ?? .none, general: general,
            bookTerms: try entry.optional("general_in_a_book")?.choice(GeneralTerms.self) ?? .shown, tiers: tiers,
            objectives: objectives)
    }

    private mutating func chapter(_ entry: Entry, _ parts: inout Parts) throws(LibraryFault) {
        try allow(["chapter", "name", "definitions", "groups", "items"], in: entry)
        let shared = definitions
        if let heading = attemptPart({ reader throws(LibraryFault) in try reader.heading(entry, "chapter") }) {
            parts.chapters.append(heading)
        }
        _ = attempt { reader throws(LibraryFault) in try reader.read(definitions: entry) }
        if let items = try entry.optional("items") {
            _ = attemptPart { reader throws(LibraryFault) in try reader.items(items, &parts) }
        }
        if let groups = try entry.optional("groups") {
            _ = attemptPart { reader throws(LibraryFault) in
                for group in try groups.list() {
                    _ = reader.attemptPart { reader throws(LibraryFault) in try reader.group(group, &parts) }
                }
            }
        }
        noteUnused(definitions.filter { shared[$0.key] == nil })
        definitions = definitions.filter { shared[$0.key] != nil }
    }

    private mutating func group(_ entry: Entry, _ parts: inout Parts) throws(LibraryFault) {
        try allow(["group", "name", "items"], in: entry)
        if let heading = attemptPart({ reader throws(LibraryFault) in try reader.heading(entry, "group") }) {
            parts.groups.append(heading)
        }
        try items(try entry.required("items"), &parts)
    }

    private mutating func items(_ entry: Entry, _ parts: inout Parts) throws(LibraryFault) {
        for item in try entry.list() {
            if let read = attemptPart({ reader throws(LibraryFault) in try reader.item(item) }), let read {
                parts.items.append(read)
            }
        }
    }

    /// Tells in the order of the lines which definitions nothing uses, unless an unread part may.
    private mutating func noteUnused(_ definitions: [String: CriterionDefinition]) {
        guard isComplete else { return }
        let unused = definitions.filter { !$0.value.isUsed }
        for (name, definition) in unused.sorted(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) }) {
            note(definition.entry.fault("criterion.unused-definition", ["name": name]))
        }
    }

    private mutating func heading(_ entry: Entry, _ key: String) throws(LibraryFault) -> Heading {
        let code = try entry.required(key).text()
        headings[code] = SourcePlace(file: entry.file, line: entry.line)
        return Heading(code: code, name: try entry.required("name").bilingual())
    }

    /// - Returns: nil for an item that was read before, which is noted.
    private mutating func item(_ entry: Entry) throws(LibraryFault) -> Item? {
        try allow(["item", "name", "subject", "synonyms", "activities"], in: entry)
        let code = try entry.required("item").itemCode()
        guard places[.item(code)] == nil else {
            note(entry.fault(PackFault(.duplicate, subject: code.text).message))
            return nil
        }
        places[.item(code)] = SourcePlace(file: entry.file, line: entry.line)
        var synonyms: [String] = []
        for synonym in try entry.optional("synonyms")?.list() ?? [] { synonyms.append(try synonym.text()) }
        let subject = try entry.required("subject").bilingual()
        var activities: [Activity] = []
        for (position, row) in try entry.required("activities").list().enumerated() {
            let number = position + 1
            places[.activity(code, row: number)] = SourcePlace(file: row.file, line: row.line)
            let activity = attemptPart { reader throws(LibraryFault) in
                try reader.activity(row, number: number, in: code, subject)
            }
            if let activity { activities.append(activity) }
        }
        return Item(
            code: code, name: try entry.required("name").bilingual(), subject: subject, synonyms: synonyms,
            activities: activities)
    }

    private mutating func activity(
        _ entry: Entry, number: Int, in item: ItemCode, _ subject: BilingualText
    ) throws(LibraryFault) -> Activity {
        try allow(
            ["industry", "industry_name", "mark", "subject", "criterion", "tiers", "note", "page"], in: entry)
        let condition = try entry.optional("criterion")
        let criterion = condition.flatMap { self.criterion($0) }
        let steps = try entry.optional("tiers")
        if condition != nil, let steps { note(steps.fault("criterion.with-tiers")) }
        var tiers: [TierCriterion] = []
        for (tier, condition) in try steps?.pairs() ?? [] {
            if let read = self.criterion(condition) { tiers.append(TierCriterion(tier: tier, criterion: read)) }
        }
        if criterion == nil, tiers.isEmpty, condition != nil || steps != nil {
            unreadConditions.insert(.activity(item, row: number))
        }
        return Activity(
            row: number, industry: try entry.optional("industry")?.text() ?? "",
            industryName: try entry.optional("industry_name")?.text() ?? "",
            mark: try entry.required("mark").choice(Mark.self),
            subject: try entry.optional("subject")?.bilingual() ?? subject, criterion: criterion, tiers: tiers,
            note: try entry.optional("note")?.bilingual(), page: try entry.optional("page")?.integer())
    }
}

extension PackFault.Reason {
    /// Whether it says that something is not there.
    fileprivate var isOfWhatIsMissing: Bool {
        switch self {
        case .noActivity, .unknownGroup, .danglingReference: true
        case .duplicate, .circularReference, .referencesTooDeep, .unknownTier: false
        }
    }
}

extension Entry {
    fileprivate func transition() throws(LibraryFault) -> Transition {
        try allow(["earlier_business", "published", "confirmed"])
        return Transition(
            earlierBusiness: try required("earlier_business").choice(Transition.EarlierBusiness.self),
            published: try optional("published")?.date(), confirmed: try required("confirmed").yesNo())
    }
}
