import Access
import Store
import Vocabulary

extension Platform {
    /// Makes the operator of the platform, with a link by which its first administrator sets the account up.
    ///
    /// As long as nobody has used such a link, every call hands out a new one and ends the one before; once somebody has, nil.
    public func setUpLink(name: String, region: RegionCode) async throws -> Secret? {
        let moment = now
        let key = Secret(.invitation, surroundings.random)
        let new = Organisation(id: newID(), kind: .platformOperator, name: name, region: region)
        let invitationID: ID<Invitation> = newID()
        return try await database.write { transaction in
            let operators = try transaction.organisations.open(.platformOperator)
            for organisation in operators
            where try transaction.memberships.count(of: .administrator, in: organisation.id) > 0 {
                return nil
            }
            let organisation = operators.first ?? new
            if operators.isEmpty { try transaction.organisations.insert(organisation, at: moment) }
            try transaction.organisations.lock(organisation.id)
            try transaction.invitations.withdrawSetUp(of: organisation.id, at: moment)
            let invitation = Invitation(
                id: invitationID, organisation: organisation.id, email: nil, roles: [.administrator],
                invitedBy: nil, createdAt: moment,
                expiresAt: moment.advanced(bySeconds: Self.invitationLength))
            try transaction.invitations.insert(invitation, digest: key.digest.bytes)
            try transaction.record(
                Deed(.setUp, on: invitation.id.text, by: nil, for: organisation.id), at: moment)
            return key
        }
    }

    /// What was done for an organisation, the latest first.
    public func auditTrail(
        of organisation: ID<Organisation>, before number: Int64? = nil, limit: Int, by viewer: Viewer
    ) async throws -> [AuditEntry] {
        try await database.read { transaction in
            _ = try transaction.organisation(organisation, for: .readAudit, by: viewer)
            return try transaction.audit.list(of: organisation, before: number, limit: limit)
        }
    }
}
