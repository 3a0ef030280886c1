import Standards
import Vocabulary

extension ProjectMerge {
    /// The one project: each field from the original that speaks first of those that say something, or that a person chose;
    /// of facts the best proved; all names that any of them bore; all documents.
    public var project: Project {
        let name = choose(.name) { $0.name.isEmpty ? nil : $0.name }?.value ?? ""
        var project = Project(id: survivor, name: name, owner: owner)
        project.formerNames = names(except: name, { [$0.name] + $0.formerNames })
        project.nationalCode = choose(.nationalCode, \.nationalCode)?.value
        project.region = choose(.region, \.region)?.value
        project.industry = choose(.industry, \.industry)?.value
        project.purpose = choose(.purpose) { $0.purpose.isEmpty ? nil : $0.purpose }?.value ?? ""
        for standard in Set(originals.flatMap(\.subjects.keys)) {
            project.subjects[standard] = choose(.subject, key: standard) { $0.subjects[standard] }?.value
        }
        project.stage = choose(.stage, \.stage)?.value
        project.status = choose(.status) { $0.status }?.value ?? .draft
        project.totalInvestment = choose(.totalInvestment, \.totalInvestment)?.value
        project.ownCapital = choose(.ownCapital, \.ownCapital)?.value
        // Amount, tenor and rate belong to one offer.
        project.need = choose(.needAmount, \.need)?.value
        project.plannedStart = choose(.plannedStart, \.plannedStart)?.value
        project.plannedFinish = choose(.plannedFinish, \.plannedFinish)?.value
        for id in Set(originals.flatMap(\.facts.facts.keys)) { project.facts[id] = fact(id)?.value }
        project.documents = documents
        project.contact = choose(.contactName, \.contact)?.value
        return project
    }

    /// Which original each field of the project came from; fields that several originals made up together, such as older names,
    /// have no one origin and are left out.
    public var origins: [Place: ID<Project>] {
        var origins: [Place: ID<Project>] = [:]
        func note<Value>(_ field: ProjectField, key: String = "", _ read: (Project) -> Value?) {
            if let chosen = choose(field, key: key, read) { origins[Place(field, key: key)] = chosen.id }
        }
        note(.name) { $0.name.isEmpty ? nil : $0.name }
        note(.ownerName) { $0.owner.name.isEmpty ? nil : $0.owner.name }
        note(.ownerCreditCode, \.owner.creditCode)
        note(.nationalCode, \.nationalCode)
        note(.region, \.region)
        note(.industry, \.industry)
        note(.purpose) { $0.purpose.isEmpty ? nil : $0.purpose }
        for standard in Set(originals.flatMap(\.subjects.keys)) {
            note(.subject, key: standard) { $0.subjects[standard] }
        }
        note(.stage, \.stage)
        note(.status) { $0.status }
        note(.totalInvestment, \.totalInvestment)
        note(.ownCapital, \.ownCapital)
        note(.needAmount, \.need)
        note(.plannedStart, \.plannedStart)
        note(.plannedFinish, \.plannedFinish)
        for id in Set(originals.flatMap(\.facts.facts.keys)) { origins[Place(.fact, key: id.name)] = fact(id)?.id }
        note(.contactName, \.contact)
        return origins
    }

    /// The fields of which originals say different things, in the order of the form. Older names, documents and statuses need no
    /// choice: the first two are all kept.
    public var conflicts: [Conflict] {
        let origins = origins
        var told: [Place: [Candidate]] = [:]
        for original in byPrecedence {
            for entry in original.entries where !Self.settled.contains(entry.field) {
                told[Place(entry.field, key: entry.key), default: []].append(
                    Candidate(id: original.id, text: entry.text))
            }
        }
        let order = Dictionary(uniqueKeysWithValues: ProjectField.allCases.enumerated().map { ($1, $0) })
        return told.compactMap { place, candidates -> Conflict? in
            guard Set(candidates.map(\.text)).count > 1 else { return nil }
            let winner = origins[Self.deciding(place)]
            let sorted = candidates.filter { $0.id == winner } + candidates.filter { $0.id != winner }
            return Conflict(
                field: place.field, key: place.key, candidates: sorted,
                isChosen: choices[Self.deciding(place)] != nil)
        }.sorted { (order[$0.field] ?? 0, $0.key) < (order[$1.field] ?? 0, $1.key) }
    }

    /// What is kept from all of them, or follows by itself.
    private static let settled: Set<ProjectField> = [
        .formerNames, .ownerFormerNames, .document, .status, .mergedInto,
    ]

    /// The field whose choice decides: an offer and a person to ask are taken whole.
    private static func deciding(_ place: Place) -> Place {
        switch place.field {
        case .needTenor, .needKind, .needRate: Place(.needAmount)
        case .contactTelephone, .contactEmail: Place(.contactName)
        default: place
        }
    }

    private func choose<Value>(
        _ field: ProjectField, key: String = "", _ read: (Project) -> Value?
    ) -> (value: Value, id: ID<Project>)? {
        let choice = choices[Place(field, key: key)]
        var first: (value: Value, id: ID<Project>)?
        for original in byPrecedence {
            guard let value = read(original) else { continue }
            if original.id == choice { return (value, original.id) }
            first = first ?? (value, original.id)
        }
        return first
    }

    /// The fact with the stronger evidence; of two as strong the later one, then the one that speaks first.
    private func fact(_ id: FactID) -> (value: Fact, id: ID<Project>)? {
        let choice = choices[Place(.fact, key: id.name)]
        var best: (value: Fact, id: ID<Project>)?
        for original in byPrecedence {
            guard let fact = original.facts[id] else { continue }
            if original.id == choice { return (fact, original.id) }
            if let known = best?.value, !Self.isStronger(fact, than: known) { continue }
            best = (fact, original.id)
        }
        return best
    }

    private static func isStronger(_ fact: Fact, than other: Fact) -> Bool {
        if fact.assurance != other.assurance { return fact.assurance > other.assurance }
        return fact.statedOn ?? .earliest > other.statedOn ?? .earliest
    }

    private var owner: ProjectOwner {
        let name = choose(.ownerName) { $0.owner.name.isEmpty ? nil : $0.owner.name }?.value ?? ""
        return ProjectOwner(
            name: name, formerNames: names(except: name, { [$0.owner.name] + $0.owner.formerNames }),
            creditCode: choose(.ownerCreditCode, \.owner.creditCode)?.value)
    }

    private func names(except current: String, _ read: (Project) -> [String]) -> [String] {
        var seen: Set<String> = [current, ""]
        return byPrecedence.flatMap(read).filter { seen.insert($0).inserted }
    }

    /// Every document once, proving what any original says that it proves.
    private var documents: [ProjectDocument] {
        var byDigest: [String: ProjectDocument] = [:]
        for document in byPrecedence.flatMap(\.documents) {
            if byDigest[document.digest] == nil {
                byDigest[document.digest] = document
            } else {
                byDigest[document.digest]?.proves.formUnion(document.proves)
            }
        }
        return byDigest.values.sorted { $0.digest < $1.digest }
    }
}
