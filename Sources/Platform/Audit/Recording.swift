import Access
import Crypto
import Store
import Vocabulary

/// What people do to their own accounts: anybody may, so the permission matrix does not list it, but the trail does.
enum PersonalAct: String, CaseIterable {
    case signIn = "session.begin"
    case signOut = "session.end"
    case signOutEverywhere = "session.end-all"
    case changePassword = "password.change"
    case changeProfile = "profile.change"
    case proposeAuthenticator = "authenticator.propose"
    case confirmAuthenticator = "authenticator.confirm"
    case removeAuthenticator = "authenticator.remove"
    case useRecoveryCode = "authenticator.recover"
    case acceptInvitation = "invitation.accept"
    case setUp = "platform.set-up"
}

/// Who did it, for whom, to what.
struct Deed {
    let person: ID<Person>?
    let organisation: ID<Organisation>?
    let credential: Viewer.Credential?
    let act: String
    let subject: String
    /// What changed. No secrets and no personal data beyond ids: the trail cannot forget.
    var detail: [String: JSONValue] = [:]

    /// A use case of the matrix.
    init(
        _ act: Act, on subject: String, by viewer: Viewer, for organisation: ID<Organisation>?,
        _ detail: [String: JSONValue] = [:]
    ) {
        person = viewer.person
        self.organisation = organisation
        credential = viewer.credential
        self.act = act.rawValue
        self.subject = subject
        self.detail = detail
    }

    /// An invented act of the demonstration, which no session stands behind.
    init(
        _ act: Act, on subject: String, by person: ID<Person>, for organisation: ID<Organisation>,
        _ detail: [String: JSONValue]
    ) {
        self.person = person
        self.organisation = organisation
        credential = nil
        self.act = act.rawValue
        self.subject = subject
        self.detail = detail
    }

    /// What the platform did of itself, such as ending the work that somebody asked for.
    init(
        byThePlatform act: String, on subject: String, for organisation: ID<Organisation>,
        _ detail: [String: JSONValue]
    ) {
        person = nil
        self.organisation = organisation
        credential = nil
        self.act = act
        self.subject = subject
        self.detail = detail
    }

    /// Something that a person did to the own account; nobody where the platform did it of itself.
    init(
        _ act: PersonalAct, on subject: String, by person: ID<Person>?, for organisation: ID<Organisation>? = nil,
        credential: Viewer.Credential? = nil, _ detail: [String: JSONValue] = [:]
    ) {
        self.person = person
        self.organisation = organisation
        self.credential = credential
        self.act = act.rawValue
        self.subject = subject
        self.detail = detail
    }
}

extension Transaction {
    /// Puts an act into the trail, as canonical JSON, within the transaction that does it. It is the last thing that the
    /// transaction does: see `AuditTrail.nextNumber`.
    func record(_ deed: Deed, at moment: Timestamp) throws {
        let number = try audit.nextNumber()
        let credential: JSONValue =
            switch deed.credential {
            case .session(let id): .string(id.text)
            case .token(let id, _): .string(id.text)
            case nil: .null
            }
        let body: JSONValue = .object([
            "act": .string(deed.act), "at": .string(moment.description), "credential": credential,
            "detail": .object(deed.detail), "number": .integer(number),
            "organisation": JSONValue(deed.organisation?.text), "person": JSONValue(deed.person?.text),
            "subject": .string(deed.subject),
        ])
        let bytes = try body.canonicalBytes()
        try audit.append(
            AuditEntry(
                number: number, at: moment, person: deed.person, organisation: deed.organisation, act: deed.act,
                subject: deed.subject, body: String(decoding: bytes, as: UTF8.self),
                digest: Array(SHA256.hash(data: bytes))))
    }
}

extension JSONValue {
    /// SHA-256 of the canonical form, in hexadecimal digits.
    func canonicalDigest() throws -> String { try SHA256.hash(data: canonicalBytes()).hexadecimal }
}
