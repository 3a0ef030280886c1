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
    let header: Entry
    let chapters: [Entry]

    /// - Parameter folder: The folder of the pack, within the files.
    init(folder: String, _ files: LibraryFiles) throws(LibraryFault) {
        let header = folder + "/pack.yaml"
        var chapters: [Entry] = []
        for name in files.names(in: folder, ending: ".yaml") where name != header {
            chapters.append(try files.entry(name))
        }
        self.header = try files.entry(header)
        self.chapters = chapters
    }

    /// The files, for the digest.
    var names: [String] { [header.file] + chapters.map(\.file) }

    /// - Throws: the first mistake in the files, in the order of the files.
    func pack(_ facts: FactDictionary) throws(LibraryFault) -> StandardPack {
        var reader = PackReader(facts: facts)
        let pack = reader.pack(self)
        if let first = reader.faults.first { throw first }
        guard let pack else { throw header.fault("library.empty") }
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
        let header = attempt { reader throws(LibraryFault) in try reader.header(files.header) }
        var parts = Parts()
        for chapter in files.chapters {
            _ = attempt { reader throws(LibraryFault) in try reader.chapter(chapter, &parts) }
        }
        guard let header, let header else { return nil }
        do {
            return try StandardPack(
                header: header, chapters: parts.chapters, groups: parts.groups, items: parts.items)
        } catch {
            let place = error.item.flatMap { places[.item($0)] }
            note(LibraryFault(file: place?.file ?? files.header.file, line: place?.line, message: error.message))
            return nil
        }
    }

    private mutating func header(_ entry: Entry) throws(LibraryFault) -> PackHeader? {
        try entry.allow([
            "id", "version", "name", "issuer", "document_number", "effective", "jurisdictions", "source",
            "verification", "predecessor", "transition", "general", "general_in_a_book", "definitions", "tiers",
            "objectives",
        ])
        try read(definitions: entry)
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
        try entry.allow(["chapter", "name", "definitions", "groups", "items"])
        let shared = definitions
        defer { definitions = shared }
        parts.chapters.append(try heading(entry, "chapter"))
        try read(definitions: entry)
        for item in try entry.optional("items")?.list() ?? [] {
            if let read = attempt({ reader throws(LibraryFault) in try reader.item(item) }) { parts.items.append(read) }
        }
        for group in try entry.optional("groups")?.list() ?? [] {
            try group.allow(["group", "name", "items"])
            parts.groups.append(try heading(group, "group"))
            for item in try group.required("items").list() {
                if let read = attempt({ reader throws(LibraryFault) in try reader.item(item) }) {
                    parts.items.append(read)
                }
            }
        }
        for (name, definition) in definitions where !definition.isUsed && shared[name] == nil {
            note(definition.entry.fault("criterion.unused-definition", ["name": name]))
        }
    }

    private mutating func heading(_ entry: Entry, _ key: String) throws(LibraryFault) -> Heading {
        let code = try entry.required(key).text()
        headings[code] = SourcePlace(file: entry.file, line: entry.line)
        return Heading(code: code, name: try entry.required("name").bilingual())
    }

    private mutating func item(_ entry: Entry) throws(LibraryFault) -> Item {
        try entry.allow(["item", "name", "subject", "synonyms", "activities"])
        let code = try entry.required("item").itemCode()
        if places.updateValue(SourcePlace(file: entry.file, line: entry.line), forKey: .item(code)) != nil {
            throw entry.fault(PackFault(.duplicate, subject: code.text).message)
        }
        var synonyms: [String] = []
        for synonym in try entry.optional("synonyms")?.list() ?? [] { synonyms.append(try synonym.text()) }
        let subject = try entry.required("subject").bilingual()
        var activities: [Activity] = []
        for (position, row) in try entry.required("activities").list().enumerated() {
            let number = position + 1
            places[.activity(code, row: number)] = SourcePlace(file: row.file, line: row.line)
            let activity = attempt { reader throws(LibraryFault) in
                try reader.activity(row, number: number, of: subject)
            }
            if let activity { activities.append(activity) }
        }
        return Item(
            code: code, name: try entry.required("name").bilingual(), subject: subject, synonyms: synonyms,
            activities: activities)
    }

    private mutating func activity(
        _ entry: Entry, number: Int, of item: BilingualText
    ) throws(LibraryFault) -> Activity {
        try entry.allow(["industry", "industry_name", "mark", "subject", "criterion", "tiers", "note", "page"])
        var criterion: Criterion?
        if let condition = try entry.optional("criterion") { criterion = self.criterion(condition) }
        var tiers: [TierCriterion] = []
        for (tier, condition) in try entry.optional("tiers")?.pairs() ?? [] {
            if let read = self.criterion(condition) { tiers.append(TierCriterion(tier: tier, criterion: read)) }
        }
        return Activity(
            row: number, industry: try entry.optional("industry")?.text() ?? "",
            industryName: try entry.optional("industry_name")?.text() ?? "",
            mark: try entry.required("mark").choice(Mark.self),
            subject: try entry.optional("subject")?.bilingual() ?? item, criterion: criterion, tiers: tiers,
            note: try entry.optional("note")?.bilingual(), page: try entry.optional("page")?.integer())
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
