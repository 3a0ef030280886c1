import Standards
import Vocabulary

/// A field of a project as people know it. The raw value is the key of its name in the phrasebook.
public enum ProjectField: String, Sendable, Hashable, CaseIterable {
    case name = "project.field.name"
    case formerNames = "project.field.former-names"
    case ownerName = "project.field.owner-name"
    case ownerFormerNames = "project.field.owner-former-names"
    case ownerCreditCode = "project.field.owner-credit-code"
    case nationalCode = "project.field.national-code"
    case region = "project.field.region"
    case industry = "project.field.industry"
    case purpose = "project.field.purpose"
    case subject = "project.field.subject"
    case stage = "project.field.stage"
    case status = "project.field.status"
    case mergedInto = "project.field.merged-into"
    case totalInvestment = "project.field.total-investment"
    case ownCapital = "project.field.own-capital"
    case needAmount = "project.field.need-amount"
    case needTenor = "project.field.need-tenor"
    case needKind = "project.field.need-kind"
    case needRate = "project.field.need-rate"
    case plannedStart = "project.field.planned-start"
    case plannedFinish = "project.field.planned-finish"
    case fact = "project.field.fact"
    case document = "project.field.document"
    case contactName = "project.field.contact-name"
    case contactTelephone = "project.field.contact-telephone"
    case contactEmail = "project.field.contact-email"

    /// The name of the field.
    public var title: Message { Message(key: rawValue) }
}

/// What a field says, as it is shown.
public enum FieldText: Sendable, Hashable {
    /// Text, codes, dates, amounts in yuan, months.
    case text(String)
    /// One of our own words: a stage, a status, a kind of financing.
    case phrase(Message)
}

/// One field of one project with what it says; of subjects, facts and documents one entry each.
public struct ProjectEntry: Sendable, Hashable {
    public let field: ProjectField
    /// Which of several: the standard of a subject, the id of a fact, the digest of a document; empty elsewhere.
    public let key: String
    public let text: FieldText
}

extension Project {
    /// Every field that says something, in the order of the form; what is missing has no entry.
    public var entries: [ProjectEntry] {
        var list: [ProjectEntry] = []
        func add(_ field: ProjectField, _ text: String?, key: String = "") {
            guard let text, !text.isEmpty else { return }
            list.append(ProjectEntry(field: field, key: key, text: .text(text)))
        }
        func say(_ field: ProjectField, _ phrase: String?) {
            guard let phrase else { return }
            list.append(ProjectEntry(field: field, key: "", text: .phrase(Message(key: phrase))))
        }
        add(.name, name)
        add(.formerNames, formerNames.joined(separator: "; "))
        add(.ownerName, owner.name)
        add(.ownerFormerNames, owner.formerNames.joined(separator: "; "))
        add(.ownerCreditCode, owner.creditCode?.description)
        add(.nationalCode, nationalCode?.description)
        add(.region, region?.description)
        add(.industry, industry?.description)
        add(.purpose, purpose)
        for (standard, item) in subjects.sorted(by: { $0.key < $1.key }) {
            add(.subject, item.description, key: standard)
        }
        say(.stage, stage?.phrase)
        say(.status, status.phrase)
        add(.mergedInto, mergedInto?.text)
        add(.totalInvestment, totalInvestment?.description)
        add(.ownCapital, ownCapital?.description)
        add(.needAmount, need?.amount.description)
        add(.needTenor, need?.tenorMonths.map { String($0) })
        say(.needKind, need?.kind.phrase)
        add(.needRate, need?.rateCeiling?.description)
        add(.plannedStart, plannedStart?.description)
        add(.plannedFinish, plannedFinish?.description)
        for (id, fact) in facts.facts.sorted(by: { $0.key < $1.key }) { add(.fact, fact.shown, key: id.name) }
        for document in documents.sorted(by: { $0.digest < $1.digest }) {
            add(.document, document.shown, key: document.digest)
        }
        add(.contactName, contact?.name)
        add(.contactTelephone, contact?.telephone)
        add(.contactEmail, contact?.email)
        return list
    }
}

extension Fact {
    /// The value with what it rests on, for a history: `120 | documented | 备案证 | 2026-01-31`.
    var shown: String {
        let value =
            switch value {
            case .number(let number): "\(number)"
            case .yesNo(let answer): answer ? "true" : "false"
            case .choice(let id): id
            }
        let parts: [String?] = [value, assurance.rawValue, document, statedBy, statedOn?.description]
        return parts.compactMap(\.self).joined(separator: " | ")
    }
}

extension ProjectDocument {
    var shown: String {
        let proved = proves.sorted().map(\.name).joined(separator: ", ")
        return "\(fileName) | \(mediaType) | \(byteCount)" + (proved.isEmpty ? "" : " | \(proved)")
    }
}
