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
        // What is no address is nobody's: it takes the same way, so that time and throttle are the same.
        let email = EmailAddress(text)
        let subjects = ThrottledSubject.all(email: email, origin)
        try await admit(subjects, at: moment)
        let credentials = try await database.read { transaction in
            try email.flatMap { try transaction.people.credentials(email: $0) }
        }
        let (isRight, isWeak) = try await passwordWork.verify(password, credentials?.password)
        guard isRight, let credentials, credentials.person.disabledAt == nil else { throw PlatformFault.signInRefused }
        if credentials.authenticator != nil && (code ?? "").isEmpty {
            // The password was right: this attempt is no guess.
            try await forgive(subjects, at: moment)
            throw PlatformFault.secondFactorNeeded
        }
        let rehashed = isWeak ? try await passwordWork.hash(password) : nil
        let factor = try credentials.authenticator.map { try secondFactor(code ?? "", $0, at: moment) }
        let key = Secret(surroundings.random)
        let session = SessionRecord(
            id: newID(), person: credentials.person.id, createdAt: moment, seenAt: moment,
            expiresAt: moment.advanced(bySeconds: Self.sessionLength), address: origin.address, agent: origin.agent)
        let person = credentials.person
        let memberships = try await database.write { transaction in
            var recovered = false
            switch factor {
            case .code(let step):
                guard try transaction.people.useStep(step, of: person.id) else { throw PlatformFault.signInRefused }
            case .recovery(let digest):
                guard try transaction.people.useRecoveryCode(digest, of: person.id, at: moment) else {
                    throw PlatformFault.signInRefused
                }
                recovered = true
            case .wrong: throw PlatformFault.signInRefused
            case nil: break
            }
            try transaction.throttle.clear(subjects.filter(\.isCleared).map(\.text))
            if let rehashed { try transaction.people.setPassword(rehashed, of: person.id, at: moment) }
            try transaction.sessions.insert(session, digest: key.digest)
            let memberships = try transaction.memberships.current(of: person.id)
            let credential = Viewer.Credential.session(session.id)
            if recovered {
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

    /// Counts an attempt as failed before it is looked at.
    private func admit(_ subjects: [ThrottledSubject], at moment: Timestamp) async throws {
        let blockedUntil = try await database.write { transaction in
            var blocked: Timestamp?
            for subject in subjects.sorted(by: { $0.text < $1.text }) {
                var throttle = try transaction.throttle.lock(subject.text, rule: subject.rule, at: moment)
                if let until = throttle.blockedUntil(at: moment) { blocked = max(blocked ?? until, until) }
            	throttle.fail(at: moment)
                try transaction.throttle.keep(throttle, for: subject.text)
            }
            // Refused attempts leave no mark: they would push the end of the wait ever further.
            if let blocked { throw PlatformFault.throttled(until: blocked) }
            return blocked
        }
        _ = blockedUntil
    }
}
