import Access
import Store
import Vocabulary

extension Platform {
    /// The viewer's own account.
    public func account(of viewer: Viewer) async throws -> Account {
        try requireSession(viewer)
        return try await database.read { transaction in
            guard let credentials = try transaction.people.credentials(viewer.person) else {
                throw PlatformFault.notFound
            }
            return Account(
                person: credentials.person, hasSecondFactor: credentials.authenticator != nil,
                recoveryCodesLeft: try transaction.people.recoveryCodes(of: viewer.person).count)
        }
    }

    /// What a person sees of the own account.
    public struct Account: Sendable {
        public let person: Person
        public let hasSecondFactor: Bool
        public let recoveryCodesLeft: Int
    }

    /// Changes the name and the language of the viewer.
    public func changeProfile(name: String, language: Language, by viewer: Viewer) async throws {
        try requireSession(viewer)
        let name = name.trimmingSpaces()
        if let fault = Self.nameFault(name) { throw PlatformFault.invalid([fault]) }
        let moment = now
        try await database.write { transaction in
            try transaction.people.rename(viewer.person, name: name, language: language)
            try transaction.record(
                Deed(.changeProfile, on: viewer.person.text, by: viewer.person, credential: viewer.credential),
                at: moment)
        }
    }

    /// Changes the viewer's password; all other sign-ins end.
    /// - Throws: `invalid` if the old one is wrong or the new one may not be used.
    public func changePassword(from old: String, to new: String, by viewer: Viewer) async throws {
        let session = try requireSession(viewer)
        let moment = now
        let credentials = try await proved(viewer, by: old, field: "/old_password")
        let faults = passwordFaults(new, email: credentials.person.email, field: "/new_password")
        guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
        let hash = try await passwordWork.hash(new)
        try await database.write { transaction in
            try transaction.people.setPassword(hash, of: viewer.person, at: moment)
            try transaction.sessions.endAll(of: viewer.person, but: session, at: moment)
            try transaction.record(
                Deed(.changePassword, on: viewer.person.text, by: viewer.person, credential: viewer.credential),
                at: moment)
        }
    }

    /// A secret for an authenticator app, which counts once ``confirmAuthenticator(code:by:)`` had a code of it.
    public func proposeAuthenticator(password: String, by viewer: Viewer) async throws -> AuthenticatorProposal {
        try requireSession(viewer)
        let moment = now
        let credentials = try await proved(viewer, by: password, field: "/password")
        let secret = TimeBasedCode(surroundings.random)
        let sealed = try Seal(surroundings.key).seal(Array(secret.base32.utf8), for: viewer.person.text)
        try await database.write { transaction in
            try transaction.people.proposeAuthenticator(sealed, for: viewer.person)
            try transaction.record(
                Deed(
                    .proposeAuthenticator, on: viewer.person.text, by: viewer.person,
                    credential: viewer.credential), at: moment)
        }
        return AuthenticatorProposal(
            secret: secret.base32,
            address: secret.address(account: credentials.person.email.text, issuer: "Jialing"))
    }

    /// What is shown for entering into an app.
    public struct AuthenticatorProposal: Sendable {
        /// The secret in base 32, for typing.
        public let secret: String
        /// An `otpauth://` address, for the app that opens it.
        public let address: String
    }

    /// Makes a second factor count, by a first code of it, and gives recovery codes, which are told this once.
    public func confirmAuthenticator(code: String, by viewer: Viewer) async throws -> [String] {
        try requireSession(viewer)
        let moment = now
        let credentials = try await database.read { try $0.people.credentials(viewer.person) }
        guard let sealed = credentials?.pendingAuthenticator else {
            throw PlatformFault.conflict("authenticator.not-proposed")
        }
        let app = try authenticator(sealed, of: viewer.person)
        let step: Int64
        do throws(AccessFault) {
            step = try app.accept(code, at: moment, after: nil)
        } catch {
            throw PlatformFault.invalid([FieldFault("/code", error.message)])
        }
        let (shown, kept) = RecoveryCodes.make(surroundings.random)
        try await database.write { transaction in
            try transaction.people.confirmAuthenticator(
                of: viewer.person, step: step, recovery: kept.digests)
            try transaction.record(
                Deed(
                    .confirmAuthenticator, on: viewer.person.text, by: viewer.person,
                    credential: viewer.credential), at: moment)
        }
        return shown
    }

    /// Takes the second factor away, by password.
    public func removeAuthenticator(password: String, by viewer: Viewer) async throws {
        try requireSession(viewer)
        let moment = now
        _ = try await proved(viewer, by: password, field: "/password")
        try await database.write { transaction in
            try transaction.people.removeAuthenticator(of: viewer.person)
            try transaction.record(
                Deed(
                    .removeAuthenticator, on: viewer.person.text, by: viewer.person,
                    credential: viewer.credential), at: moment)
        }
    }

    /// What is wrong with a new password.
    func passwordFaults(
        _ password: String, email: EmailAddress, organisation: String? = nil, field: String = "/password"
    ) -> [FieldFault] {
        PasswordRule(common: surroundings.commonPasswords)
            .faults(in: password, email: email.text, organisations: [organisation].compactMap { $0 })
            .map { FieldFault(field, $0.message) }
    }

    /// The viewer's credentials, once the password was right. A wrong one counts like a failed sign-in: who finds an open browser
    /// cannot try them all.
    private func proved(_ viewer: Viewer, by password: String, field: String) async throws -> Credentials {
        let moment = now
        let subjects = ThrottledSubject.person(viewer.person)
        try await admit(subjects, at: moment)
        guard let credentials = try await database.read({ try $0.people.credentials(viewer.person) }) else {
            throw PlatformFault.notFound
        }
        guard try await passwordWork.verify(password, credentials.password).isRight else {
            throw PlatformFault.invalid(field, "account.password-wrong")
        }
        try await forgive(subjects)
        return credentials
    }
}
