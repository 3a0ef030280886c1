import Standards
import Vocabulary

extension Project {
    /// Reads a project that ``json`` wrote.
    /// - Throws: the first fault; a store that returns one is damaged.
    public init(json: JSONValue) throws(FieldFault) {
        guard let id = json["id"]?.text.flatMap(ID<Project>.init) else { throw FieldFault("/id", "json.bad-value") }
        self.init(id: id, name: "", owner: ProjectOwner(name: ""))
        var reading = ProjectReading(json)
        reading.fill(&self)
        status = reading.word("status") ?? .draft
        mergedInto = reading.read("merged_into") { ID<Project>($0) }
        documents = reading.documents()
        if let fault = reading.faults.first { throw fault }
    }

    /// Puts in what somebody sent: whatever is not there or null is emptied. Id, status and documents have ways of their own and
    /// are left as they are.
    /// - Returns: Everything that cannot be read.
    public mutating func fill(from json: JSONValue) -> [FieldFault] {
        var reading = ProjectReading(json)
        reading.fill(&self)
        return reading.faults
    }
}

/// Reads a project's members one by one and notes what cannot be read, so that all faults are told at once.
private struct ProjectReading {
    private let json: JSONValue
    /// Where `json` lies in the whole.
    private let place: String
    private(set) var faults: [FieldFault] = []

    init(_ json: JSONValue, at place: String = "") {
        self.json = json
        self.place = place
    }

    mutating func fill(_ project: inout Project) {
        project.name = text("name")
        project.formerNames = texts("former_names")
        within("owner") { owner in
            project.owner = ProjectOwner(
                name: owner.text("name"), formerNames: owner.texts("former_names"),
                creditCode: owner.parsed("credit_code", UnifiedSocialCreditCode.self))
        }
        project.nationalCode = parsed("national_code", ProjectCode.self)
        project.region = parsed("region", RegionCode.self)
        project.industry = parsed("industry", IndustryCode.self)
        project.purpose = text("purpose")
        project.subjects = members("subjects") { $0.text.flatMap { ItemReference($0) } }
        project.stage = word("stage")
        project.totalInvestment = money("total_investment")
        project.ownCapital = money("own_capital")
        project.need = nil
        within("need") { need in
            let amount = need.money("amount")
            if amount == nil && need.faults.isEmpty { need.fault("amount") }
            project.need = FinancingNeed(
                amount: amount ?? .zero, tenorMonths: need.count("tenor_months"), kind: need.word("kind") ?? .loan,
                rateCeiling: need.parsed("rate_ceiling", Ratio.self))
        }
        project.plannedStart = parsed("planned_start", CalendarDate.self)
        project.plannedFinish = parsed("planned_finish", CalendarDate.self)
        let facts = members("facts", Fact.init(json:))
        project.facts = FactSheet(Dictionary(uniqueKeysWithValues: facts.map { (FactID($0.key), $0.value) }))
        project.contact = nil
        within("contact") { contact in
            project.contact = ProjectContact(
                name: contact.text("name"), telephone: contact.text("telephone"), email: contact.text("email"))
        }
    }

    mutating func documents() -> [ProjectDocument] {
        var documents: [ProjectDocument] = []
        for (index, element) in (json["documents"]?.elements ?? []).enumerated() {
            var reading = ProjectReading(element, at: "\(place)/documents/\(index)")
            let bytes = element["bytes"]?.integer
            if bytes == nil { reading.fault("bytes") }
            documents.append(
                ProjectDocument(
                    digest: reading.text("digest"), fileName: reading.text("file_name"),
                    mediaType: reading.text("media_type"), byteCount: bytes ?? 0,
                    proves: Set(reading.texts("proves").map { FactID($0) })))
            faults += reading.faults
        }
        return documents
    }

    // MARK: Members

    /// A member that is there and not null.
    private func member(_ name: String) -> JSONValue? {
        guard let value = json[name], value != .null else { return nil }
        return value
    }

    private mutating func fault(_ name: String) {
        faults.append(FieldFault("\(place)/\(name)", "json.bad-value"))
    }

    mutating func text(_ name: String) -> String {
        guard let value = member(name) else { return "" }
        guard let text = value.text else {
            fault(name)
            return ""
        }
        return text.trimmingSpaces()
    }

    mutating func texts(_ name: String) -> [String] {
        guard let value = member(name) else { return [] }
        let texts = value.elements?.compactMap(\.text)
        guard let texts, texts.count == value.elements?.count else {
            fault(name)
            return []
        }
        return texts.map { $0.trimmingSpaces() }
    }

    /// A text that a reading turns into a value; empty text is none.
    mutating func read<Value>(_ name: String, _ reading: (String) -> Value?) -> Value? {
        let text = text(name)
        guard !text.isEmpty else { return nil }
        guard let value = reading(text) else {
            fault(name)
            return nil
        }
        return value
    }

    mutating func word<Word: RawRepresentable>(_ name: String) -> Word? where Word.RawValue == String {
        read(name) { Word(rawValue: $0) }
    }

    /// A code or date, with the reason of its own parser where it cannot be read.
    mutating func parsed<Value: UTF8Parsable>(_ name: String, _ type: Value.Type) -> Value? {
        let text = text(name)
        guard !text.isEmpty else { return nil }
        do {
            return try Value.parse(text)
        } catch {
            faults.append(FieldFault("\(place)/\(name)", error.message))
            return nil
        }
    }

    /// Whole fen as a string of digits.
    mutating func money(_ name: String) -> Money? {
        read(name) { text in Int64(text).map { Money(fen: $0) } }
    }

    mutating func count(_ name: String) -> Int? {
        guard let value = member(name) else { return nil }
        guard let count = value.integer.flatMap({ Int(exactly: $0) }) else {
            fault(name)
            return nil
        }
        return count
    }

    mutating func within(_ name: String, _ body: (inout ProjectReading) -> Void) {
        guard let value = member(name) else { return }
        guard case .object = value else { return fault(name) }
        var inner = ProjectReading(value, at: "\(place)/\(name)")
        body(&inner)
        faults += inner.faults
    }

    mutating func members<Value>(_ name: String, _ reading: (JSONValue) -> Value?) -> [String: Value] {
        guard let value = member(name) else { return [:] }
        guard case .object(let members) = value else {
            fault(name)
            return [:]
        }
        var values: [String: Value] = [:]
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
            if let read = reading(member) { values[key] = read } else { fault("\(name)/\(key)") }
        }
        return values
    }
}

extension Fact {
    /// Nil for what ``json`` does not write. Its words may be left out: a fact that is only stated needs a value alone.
    fileprivate init?(json: JSONValue) {
        let value: FactValue
        switch json["value"] {
        case .number(let number): value = .number(number)
        case .integer(let number): value = .number(Double(number))
        case .bool(let answer): value = .yesNo(answer)
        case .string(let id): value = .choice(id)
        default: return nil
        }
        var assurance = Assurance.stated
        if let text = json["assurance"]?.text {
            guard let known = Assurance(rawValue: text) else { return nil }
            assurance = known
        }
        var statedOn: CalendarDate?
        if let text = json["stated_on"]?.text {
            guard let day = try? CalendarDate.parse(text) else { return nil }
            statedOn = day
        }
        self.init(
            value, assurance: assurance, document: json["document"]?.text, statedBy: json["stated_by"]?.text,
            statedOn: statedOn)
    }
}
