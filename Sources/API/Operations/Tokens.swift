import Access
import Platform
import Store
import Vocabulary
import Web

extension PlatformAPI {
    /// A person's work at a browser: no token makes tokens. None takes an `Idempotency-Key`: the answer that would be kept holds
    /// the key.
    var tokenEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations/{organisation}/tokens", operation: "listTokens", tag: "tokens",
                summary: "api.operation.list-tokens", security: .session, parameters: [Self.organisation],
                replies: [.init(200, .json(.list(of: .named("Token"))))]
            ) { request in
                let tokens = try await platform.tokens(of: try request.id("organisation"), by: try request.signedIn())
                return .list(tokens.map(Self.token))
            },
            Endpoint(
                .post, "/organisations/{organisation}/tokens", operation: "issueToken", tag: "tokens",
                summary: "api.operation.issue-token", security: .session, parameters: [Self.organisation],
                body: .json(
                    .object([
                        .init("name", .text(1...200)),
                        .init("scopes", .array(of: .words(Scope.self), 1...Scope.allCases.count)),
                        .init(
                            "days",
                            .integer(
                                Int64(Platform.tokenDays.lowerBound)...Int64(Platform.tokenDays.upperBound))),
                    ])),
                replies: [
                    .init(
                        201,
                        .json(
                            .object([
                                .init("token", .named("Token")), .init("key", .text(1...100), note: "token.key"),
                            ])))
                ]
            ) { request in
                let body = try request.json()
                let issued = try await platform.issueToken(
                    name: body["name"]?.text ?? "", scopes: request.words("scopes"),
                    days: body["days"]?.integer.flatMap { Int(exactly: $0) } ?? 0,
                    for: try request.id("organisation"), by: try request.signedIn())
                return .json(["token": Self.token(issued.token), "key": .string(issued.key.text)], status: 201)
            },
            Endpoint(
                .delete, "/tokens/{token}", operation: "revokeToken", tag: "tokens",
                summary: "api.operation.revoke-token", security: .session,
                parameters: [.path("token", .id(of: Token.self))], replies: [.init(204)]
            ) { request in
                try await platform.revokeToken(try request.id("token"), by: try request.signedIn())
                return .noContent
            },
        ]
    }

    private static func token(_ token: TokenRecord) -> JSONValue {
        [
            "id": .string(token.id.text), "organisation": .string(token.organisation.text),
            "person": .string(token.person.text), "name": .string(token.name), "scopes": token.scopes.json,
            "created_at": .string(token.createdAt.description), "expires_at": .string(token.expiresAt.description),
            "used_at": JSONValue(token.usedAt), "revoked_at": JSONValue(token.revokedAt),
        ]
    }
}
