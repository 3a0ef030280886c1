import Access
import Store
import Vocabulary

/// A person who has just signed in.
public struct SignedIn: Sendable {
    /// The key for the cookie. It is told this once; the store has its digest.
    public let key: Secret
    public let session: SessionRecord
    public let viewer: Viewer
}

/// Where a request to sign in comes from.
public struct Origin: Sendable, Hashable {
    /// The peer's address, for the throttle and for the person's own list of sign-ins.
    public let address: String
    /// What the program calls itself, cut to what is kept.
    public let agent: String

    public init(address: String, agent: String) {
        self.address = String(address.prefix(64))
        self.agent = String(agent.prefix(200))
    }
}

extension Platform {
    /// How long a sign-in lasts at most, and unused, in seconds.
    static let sessionLength: Int64 = 12 * 3600
    static let sessionIdle: Int64 = 2 * 3600

    /// Signs a person in with a password and, where one is set up, a code of the authenticator app or a recovery code.
    ///
    /// An attempt counts as failed until it has proved right, so that many at once gain nothing.
    /// - Throws: `signInRefused`, `secondFactorNeeded`, `throttled`, `busy`.
    public func signIn(
        email text: String, password: String, code: String? = nil, from origin: Origin
    ) async throws -> SignedIn {
        let moment = now
        // What is no address is nobody's: it takes the same way, so that neither time nor throttle tells.
        let email = EmailAddress(text)
        let subjects = ThrottledSubject.signIn(email?.text ?? "", origin)
        try await admit(subjects, at: moment)
        let credentials = try await database.read { transaction in
            try email.flatMap { try transaction.people.credentials(email: $0) }
        }
        let (isRight, isWeak) = try await passwordWork.verify(password, credentials?.password)
        guard isRight, let credentials, credentials.person.disabledAt == nil else { throw PlatformFault.signInRefused }
        let code = code?.trimmingSpaces() ?? ""
        if credentials.authenticator != nil && code.isEmpty {
            // The password was right: this attempt is no guess.
            try await forgive(subjects)
            throw PlatformFault.secondFactorNeeded
        }
        let rehashed = isWeak ? try await passwordWork.hash(password) : nil
        let factor = try credentials.authenticator.map { try authenticator($0, of: credentials.person.id) }
        let key = Secret(.session, surroundings.random)
        let session = SessionRecord(
            id: newID(), person: credentials.person.id, createdAt: moment, seenAt: moment,
            expiresAt: moment.advanced(bySeconds: Self.sessionLength), address: origin.address, agent: origin.agent)
        let person = credentials.person
        let memberships = try await database.write { transaction in
            let credential = Viewer.Credential.session(session.id)
            let isRecovered = try factor.map { try transaction.use(code, of: $0, person.id, at: moment) } ?? false
            try transaction.forgive(subjects)
            if let rehashed { try transaction.people.setPassword(rehashed, of: person.id, at: moment) }
            try transaction.sessions.insert(session, digest: key.digest.bytes)
            let memberships = try transaction.memberships.current(of: person.id)
            if isRecovered {
                try transaction.record(
                    Deed(.useRecoveryCode, on: person.id.text, by: person.id, credential: credential), at: moment)
            }
            try transaction.record(
                Deed(.signIn, on: session.id.text, by: person.id, credential: credential), at: moment)
            return memberships
        }
        return SignedIn(
            key: key, session: session,
            viewer: Viewer(
                person: person.id, name: person.name, language: person.language, memberships: memberships,
                credential: .session(session.id)))
    }

    /// Opens the sealed secret of an authenticator app.
    func authenticator(_ sealed: [UInt8], of person: ID<Person>) throws -> TimeBasedCode {
        let text = String(decoding: try Seal(surroundings.key).open(sealed, for: person.text), as: UTF8.self)
        guard let code = TimeBasedCode(base32: text) else { throw PlatformFault.signInRefused }
        return code
    }
}

extension Transaction {
    /// Uses up a code of the app or, if it is none, a recovery code.
    /// - Returns: Whether it was a recovery code.
    /// - Throws: `signInRefused` if it is neither, or was used before.
    fileprivate func use(
        _ typed: String, of app: TimeBasedCode, _ person: ID<Person>, at moment: Timestamp
    ) throws -> Bool {
        if let step = try? app.accept(typed, at: moment, after: nil) {
            guard try people.useStep(step, of: person) else { throw PlatformFault.signInRefused }
            return false
        }
        let kept = RecoveryCodes(digests: try people.recoveryCodes(of: person))
        var left = kept
        guard (try? left.redeem(typed)) != nil, let used = kept.digests.first(where: { !left.digests.contains($0) }),
            try people.useRecoveryCode(used, of: person, at: moment)
        else { throw PlatformFault.signInRefused }
        return true
    }
}
