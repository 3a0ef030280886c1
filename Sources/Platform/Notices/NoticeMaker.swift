import Access
import Credit
import Projects
import Store
import Vocabulary

extension JobRunner {
    /// Makes the notices of the next entries of the trail. Each entry is told of once, whatever number of processes do this.
    /// - Returns: Whether there were entries.
    public func noticeOnce() async throws -> Bool {
        let platform = platform
        let (head, last, notices) = try await platform.database.read { transaction in
            let head = try transaction.notices.head()
            let entries = try transaction.audit.list(after: head, limit: 200)
            guard let last = entries.last else { return (head, head, [NoticeRecord]()) }
            var notices: [NoticeRecord] = []
            var members: [ID<Person>: [Viewer.Membership]]?
            for entry in entries {
                guard let due = try transaction.notice(of: entry) else { continue }
                let known = try members ?? transaction.memberships.current()
                members = known
                for (person, organisation) in due.people(among: known) where person != entry.person {
                    notices.append(
                        NoticeRecord(
                            id: platform.newID(), person: person, entry: entry.number, organisation: organisation,
                            kind: due.kind.rawValue, subject: due.subject, arguments: due.arguments, at: entry.at))
                }
            }
            return (head, last.number, notices)
        }
        guard last > head else { return false }
        return try await platform.database.write { transaction in
            // Another process was faster.
            guard try transaction.notices.advance(from: head, to: last) else { return true }
            for notice in notices { try transaction.notices.insert(notice) }
            return true
        }
    }
}

extension DueNotice {
    /// Who is told, each once, with the organisation for which.
    func people(
        among members: [ID<Person>: [Viewer.Membership]]
    ) -> [(person: ID<Person>, organisation: ID<Organisation>)] {
        if case .person(let person) = recipients {
            return members[person]?.first { $0.organisation == place.organisation }.map { [(person, $0.organisation)] }
                ?? []
        }
        return members.compactMap { person, memberships in
            let organisation = memberships.lazy.flatMap(grants).first { $0.covers(place) }?.organisation
            return organisation.map { (person, $0) }
        }.sorted { $0.person.text < $1.person.text }
    }

    private func grants(of membership: Viewer.Membership) -> [Grant] {
        switch recipients {
        case .whoMay(let act): membership.grants(for: act)
        case .supervisors(let act): membership.grants(for: act).filter { $0.reach == .supervised }
        case .person: []
        }
    }
}

extension Transaction {
    /// What an entry of the trail has to be told of; nil for what nobody waits for.
    fileprivate func notice(of entry: AuditEntry) throws -> DueNotice? {
        switch entry.act {
        case "book.accept", "book.return": return try bookNotice(entry)
        case Act.decideFacility.rawValue, Act.confirmDecision.rawValue: return try decisionNotice(entry)
        case "model.trained": return try modelNotice(entry)
        case Act.submitReturn.rawValue: return try returnNotice(entry)
        case Act.submitProject.rawValue, Act.publishProject.rawValue: return try projectNotice(entry)
        default: return nil
        }
    }

    private func bookNotice(_ entry: AuditEntry) throws -> DueNotice? {
        guard let book = try ID<BookRecord>(entry.subject).flatMap({ try books.find($0) }) else { return nil }
        return DueNotice(
            kind: entry.act == "book.accept" ? .bookAccepted : .bookReturned, recipients: .whoMay(.sendBook),
            place: book.placement, subject: entry.subject,
            arguments: ["period": book.book.period.description, "lender": book.lender])
    }

    private func decisionNotice(_ entry: AuditEntry) throws -> DueNotice? {
        guard let id = ID<ReviewDecision>(entry.subject), let found = try reviewDecisions.find(id) else { return nil }
        let decision = found.decision
        let kind: NoticeKind
        let recipients: DueNotice.Recipients
        switch try entry.detail["state"]?.text.flatMap(ReviewState.init(rawValue:)) {
        case .proposed? where entry.act == Act.decideFacility.rawValue:
            (kind, recipients) = (.decisionProposed, .whoMay(.confirmDecision))
        case .inForce? where entry.act == Act.confirmDecision.rawValue:
            (kind, recipients) = (.decisionAgreed, .person(decision.proposedBy))
        case .declined?: (kind, recipients) = (.decisionDeclined, .person(decision.proposedBy))
        default: return nil
        }
        // No customer is named: a notice may be read where the loan may not.
        return DueNotice(
            kind: kind, recipients: recipients, place: found.placement, subject: entry.subject,
            arguments: ["loan": decision.loanID, "book": decision.book.text, "line": String(decision.line)])
    }

    private func modelNotice(_ entry: AuditEntry) throws -> DueNotice? {
        guard let lender = try entry.organisation.flatMap({ try organisations.find($0) }) else { return nil }
        return DueNotice(
            kind: .modelTrained, recipients: .whoMay(.switchModel), place: lender.placement, subject: entry.subject,
            arguments: ["organisation": lender.id.text])
    }

    private func returnNotice(_ entry: AuditEntry) throws -> DueNotice? {
        guard let id = ID<ReturnRecord>(entry.subject), let found = try statutoryReturns.find(id) else { return nil }
        return DueNotice(
            kind: .returnSubmitted, recipients: .supervisors(.readReturn), place: found.placement,
            subject: entry.subject,
            arguments: [
                "lender": found.lender, "period": found.record.period.description,
                "version": String(found.record.version ?? 0),
            ])
    }

    private func projectNotice(_ entry: AuditEntry) throws -> DueNotice? {
        let detail = try entry.detail
        // The invented past of the demonstration waits for nobody.
        guard detail["demonstration"] == nil, let id = ID<Project>(entry.subject),
            let record = try projects.find(id)
        else { return nil }
        let status = detail["status"]?.text.flatMap(ProjectStatus.init(rawValue:))
        let kind: NoticeKind
        let recipients: DueNotice.Recipients
        switch (entry.act, status) {
        case (Act.submitProject.rawValue, .submitted?):
            (kind, recipients) = (.projectSubmitted, .whoMay(.publishProject))
        case (Act.publishProject.rawValue, .published?):
            (kind, recipients) = (.projectPublished, .whoMay(.editProject))
        case (Act.publishProject.rawValue, .draft?): (kind, recipients) = (.projectReturned, .whoMay(.editProject))
        default: return nil
        }
        return DueNotice(
            kind: kind, recipients: recipients, place: record.placement, subject: entry.subject,
            arguments: ["project": record.project.name])
    }
}

extension AuditEntry {
    /// What the entry says that changed.
    fileprivate var detail: [String: JSONValue] {
        get throws {
            guard case .object(let members)? = try JSONValue.parse(body, limits: .standard)["detail"] else {
                return [:]
            }
            return members
        }
    }
}
