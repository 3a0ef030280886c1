import Access
import Store
import Vocabulary

extension Platform {
    /// How stale the note of a session's or token's last use may be, in seconds: it saves a write for every request.
    static let seenEvery: Int64 = 60

    /// Who holds a session's key; nil if the session is over or there never was one.
    public func viewer(sessionKey: Secret) async throws -> Viewer? {
        let moment = now
        let digest = sessionKey.digest.bytes
        let found = try await database.read { transaction -> (SessionRecord, Viewer)? in
            let idleSince = moment.advanced(bySeconds: -Self.sessionIdle)
            guard
                let (session, person) = try transaction.sessions.find(
                    digest: digest, at: moment, idleSince: idleSince)
            else { return nil }
            let memberships = try transaction.memberships.current(of: person.id)
            return (
                session,
                Viewer(
                    person: person.id, name: person.name, language: person.language, memberships: memberships,
                    credential: .session(session.id))
            )
        }
        guard let (session, viewer) = found else { return nil }
        if session.seenAt.advanced(bySeconds: Self.seenEvery) <= moment {
            try await database.write { try $0.sessions.see(session.id, at: moment) }
        }
        return viewer
    }

    /// Who holds a token's key, as a viewer of the token's organisation alone; nil if there is none such.
    public func viewer(tokenKey: Secret) async throws -> Viewer? {
        let moment = now
        let digest = tokenKey.digest.bytes
        let found = try await database.read { transaction -> (TokenRecord, Viewer)? in
            guard let (token, person) = try transaction.tokens.find(digest: digest, at: moment) else { return nil }
            // It ends with the membership of the person who made it.
            let own = try transaction.memberships.current(of: person.id)
                .first { $0.organisation == token.organisation }
            guard let own else { return nil }
            let membership = Viewer.Membership(
                organisation: own.organisation, kind: own.kind, region: own.region, roles: Scope.roles)
            return (
                token,
                Viewer(
                    person: person.id, name: person.name, language: person.language, memberships: [membership],
                    credential: .token(token.id, scopes: token.scopes))
            )
        }
        guard let (token, viewer) = found else { return nil }
        if (token.usedAt?.advanced(bySeconds: Self.seenEvery) ?? moment) <= moment {
            try await database.write { try $0.tokens.use(token.id, at: moment) }
        }
        return viewer
    }

    /// The sign-ins of the viewer that have not ended.
    public func sessions(of viewer: Viewer) async throws -> [SessionRecord] {
        try requireSession(viewer)
        let moment = now
        return try await database.read { try $0.sessions.open(of: viewer.person, at: moment) }
    }

    /// Ends one of the viewer's own sign-ins: this one, or one forgotten elsewhere.
    public func signOut(_ session: ID<Session>, by viewer: Viewer) async throws {
        try requireSession(viewer)
        let moment = now
        try await database.write { transaction in
            guard try transaction.sessions.end(session, of: viewer.person, at: moment) else {
                throw PlatformFault.notFound
            }
            try transaction.record(
                Deed(.signOut, on: session.text, by: viewer.person, credential: viewer.credential), at: moment)
        }
    }

    /// Ends all sign-ins of the viewer, this one too.
    public func signOutEverywhere(_ viewer: Viewer) async throws {
        try requireSession(viewer)
        let moment = now
        try await database.write { transaction in
            let count = try transaction.sessions.endAll(of: viewer.person, at: moment)
            try transaction.record(
                Deed(
                    .signOutEverywhere, on: viewer.person.text, by: viewer.person, credential: viewer.credential,
                    ["sessions": .integer(Int64(count))]), at: moment)
        }
    }

    /// What a person does to the own account no token may do.
    @discardableResult func requireSession(_ viewer: Viewer) throws(PlatformFault) -> ID<Session> {
        guard case .session(let id) = viewer.credential else { throw PlatformFault.signInNeeded }
        return id
    }
}
