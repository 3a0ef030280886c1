import Access
import Store
import Vocabulary

/// A token with its key, which is told this once.
public struct IssuedToken: Sendable {
    public let token: TokenRecord
    public let key: Secret
}

extension Platform {
    /// The longest that a token lasts, in days.
    public static let tokenDays = 1...366

    /// Makes a key for programs, which may do within its scopes what the viewer may do for the organisation.
    public func issueToken(
        name: String, scopes: Set<Scope>, days: Int, for organisation: ID<Organisation>, by viewer: Viewer
    ) async throws -> IssuedToken {
        let moment = now
        _ = try viewer.requireGrants(for: .issueToken)
        let name = name.trimmingSpaces()
        var faults: [FieldFault] = []
        if let fault = Self.nameFault(name) { faults.append(fault) }
        if scopes.isEmpty { faults.append(.init("/scopes", "token.no-scope")) }
        if !Self.tokenDays.contains(days) {
            faults.append(.init("/days", "token.days", ["limit": String(Self.tokenDays.upperBound)]))
        }
        guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
        let key = Secret(.token, surroundings.random)
        let token = TokenRecord(
            id: newID(), organisation: organisation, person: viewer.person, name: name, scopes: scopes,
            createdAt: moment, expiresAt: moment.advanced(bySeconds: Int64(days) * 86_400))
        try await database.write { transaction in
            let organisation = try transaction.organisation(organisation, for: .issueToken, by: viewer)
            guard organisation.closedAt == nil else { throw PlatformFault.conflict("organisation.closed") }
            try transaction.tokens.insert(token, digest: key.digest.bytes)
            try transaction.record(
                Deed(
                    .issueToken, on: token.id.text, by: viewer, for: organisation.id,
                    ["scopes": scopes.json, "expires": .string(token.expiresAt.description)]), at: moment)
        }
        return IssuedToken(token: token, key: key)
    }

    /// The tokens of an organisation, the latest first.
    public func tokens(of organisation: ID<Organisation>, by viewer: Viewer) async throws -> [TokenRecord] {
        try await database.read { transaction in
            _ = try transaction.organisation(organisation, for: .readTokens, by: viewer)
            return try transaction.tokens.list(of: organisation)
        }
    }

    /// Ends a token at once.
    /// - Returns: The organisation that it was for.
    @discardableResult public func revokeToken(_ id: ID<Token>, by viewer: Viewer) async throws -> ID<Organisation> {
        let moment = now
        return try await database.write { transaction in
            _ = try viewer.requireGrants(for: .revokeToken)
            guard let token = try transaction.tokens.find(id) else { throw PlatformFault.notFound }
            _ = try transaction.organisation(token.organisation, for: .revokeToken, by: viewer)
            guard try transaction.tokens.revoke(id, at: moment) else { throw PlatformFault.conflict("token.over") }
            try transaction.record(Deed(.revokeToken, on: id.text, by: viewer, for: token.organisation), at: moment)
            return token.organisation
        }
    }
}
