import Access
import Platform
import Store
import Vocabulary
import Web

extension PlatformAPI {
    static let organisationSchemas: [String: Schema] = [
        "Organisation": .object([
            .init("id", .id(of: Organisation.self)), .init("kind", .words(OrganisationKind.self)),
            .init("name", .text(1...400)), .init("english_name", .nullable(.text(1...400))),
            .init("credit_code", .nullable(.text(18...18))), .init("region", .region),
            .init("closed_at", .nullable(.moment)),
        ]),
        "Member": .object([
            .init("person", .id(of: Person.self)), .init("name", .text(1...400)), .init("email", .text(3...254)),
            .init("roles", .wordList(Role.self)), .init("since", .moment), .init("ended_at", .nullable(.moment)),
            .init("has_second_factor", .boolean),
        ]),
        "Invitation": .object([
            .init("id", .id(of: Invitation.self)), .init("organisation", .id(of: Organisation.self)),
            .init("email", .nullable(.text(3...254))), .init("roles", .wordList(Role.self)),
            .init("invited_by", .nullable(.id(of: Person.self))), .init("created_at", .moment),
            .init("expires_at", .moment), .init("accepted_at", .nullable(.moment)),
            .init("withdrawn_at", .nullable(.moment)),
        ]),
        "Token": .object([
            .init("id", .id(of: Token.self)), .init("organisation", .id(of: Organisation.self)),
            .init("person", .id(of: Person.self)), .init("name", .text(1...400)),
            .init("scopes", .wordList(Scope.self)),
            .init("created_at", .moment), .init("expires_at", .moment), .init("used_at", .nullable(.moment)),
            .init("revoked_at", .nullable(.moment)),
        ]),
        "AuditEntry": .object([
            .init("number", .integer(1...Int64.max)), .init("at", .moment),
            .init("person", .nullable(.id(of: Person.self))),
            .init("organisation", .nullable(.id(of: Organisation.self))), .init("act", .text(1...100)),
            .init("subject", .text(1...200)), .init("digest", .text(64...64), note: "api.note.audit-digest"),
            .init("body", .text(2...1_000_000), note: "api.note.audit-body"),
        ]),
    ]

    /// What somebody enters of an organisation.
    private static let draft: [Schema.Member] = [
        .init("name", .text(1...200)), .init("english_name", .nullable(.text(0...200)), isRequired: false),
        .init("credit_code", .nullable(.text(0...40)), isRequired: false, note: "organisation.credit-code-hint"),
        .init("region", .region, note: "organisation.region-hint"),
    ]

    /// The organisation that a path names.
    static let organisation = Parameter.path("organisation", .id(of: Organisation.self))

    var organisationEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations", operation: "listOrganisations", tag: "organisations",
                summary: "api.operation.list-organisations", security: .scope(.peopleRead),
                parameters: [.query("kind", .words(OrganisationKind.self))],
                replies: [.init(200, .json(.page(of: .named("Organisation"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let after = page.after.flatMap { cursor in
                    ID<Organisation>(cursor.id).map { (name: cursor.sortKey, id: $0) }
                }
                let found = try await platform.organisations(
                    kind: request.word("kind"), after: after, limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit, cursor: { Cursor(sortKey: $0.name, id: $0.id.text) },
                        value: Self.organisation))
            }.with { $0.isPaged = true },
            Endpoint(
                .post, "/organisations", operation: "createOrganisation", tag: "organisations",
                summary: "api.operation.create-organisation", security: .session,
                body: .json(.object([.init("kind", .words(OrganisationKind.self))] + Self.draft)),
                replies: [.init(201, .json(.named("Organisation")), headers: ["Location": "api.note.location"])]
            ) { request in
                guard let kind = try request.json()["kind"]?.text.flatMap(OrganisationKind.init(rawValue:)) else {
                    throw Problem.badRequest
                }
                let organisation = try await platform.createOrganisation(
                    kind, Self.draft(try request.json()), by: try request.signedIn())
                return .created(
                    Self.organisation(organisation), path: "/organisations/\(organisation.id.text)",
                    tag: EntityTag(version: 1))
            }.with { $0.idempotencyKey = .optional },
            Endpoint(
                .get, "/organisations/{organisation}", operation: "getOrganisation", tag: "organisations",
                summary: "api.operation.get-organisation", security: .scope(.peopleRead),
                parameters: [Self.organisation],
                replies: [.init(200, .json(.named("Organisation")), headers: ["ETag": "api.note.etag"])]
            ) { request in Self.answer(try await view(request)) },
            Endpoint(
                .put, "/organisations/{organisation}", operation: "editOrganisation", tag: "organisations",
                summary: "api.operation.edit-organisation", security: .session, parameters: [Self.organisation],
                body: .json(.object(Self.draft)),
                replies: [.init(200, .json(.named("Organisation")), headers: ["ETag": "api.note.etag"])]
            ) { request in
                Self.answer(
                    try await platform.editOrganisation(
                        try request.id("organisation"), Self.draft(try request.json()),
                        version: try request.seenVersion(), by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
            Endpoint(
                .post, "/organisations/{organisation}/closing", operation: "closeOrganisation", tag: "organisations",
                summary: "api.operation.close-organisation", security: .session, parameters: [Self.organisation],
                replies: [.init(200, .json(.named("Organisation")), headers: ["ETag": "api.note.etag"])]
            ) { request in
                try await platform.closeOrganisation(
                    try request.id("organisation"), version: try request.seenVersion(), by: try request.signedIn())
                return Self.answer(try await view(request))
            }.with { $0.ifMatch = .required },
        ]
    }

    var auditEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations/{organisation}/audit", operation: "listAuditEntries", tag: "audit",
                summary: "api.operation.list-audit-entries", security: .session, parameters: [Self.organisation],
                replies: [.init(200, .json(.page(of: .named("AuditEntry"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let found = try await platform.auditTrail(
                    of: try request.id("organisation"), before: page.after.flatMap { Int64($0.sortKey) },
                    limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit, cursor: { Cursor(sortKey: String($0.number), id: "") },
                        value: Self.entry))
            }.with { $0.isPaged = true }
        ]
    }

    private func view(_ request: EndpointRequest) async throws -> OrganisationView {
        try await platform.organisation(try request.id("organisation"), by: try request.signedIn())
    }

    private static func answer(_ view: OrganisationView) -> EndpointResponse {
        .json(organisation(view.organisation), tag: EntityTag(version: view.version))
    }

    private static func draft(_ body: JSONValue) throws -> OrganisationDraft {
        let region: RegionCode
        do {
            region = try RegionCode.parse(body["region"]?.text ?? "")
        } catch {
            throw PlatformFault.invalid([FieldFault("/region", error.message)])
        }
        return OrganisationDraft(
            name: body["name"]?.text ?? "", englishName: body["english_name"]?.text,
            creditCode: body["credit_code"]?.text, region: region)
    }

    private static func organisation(_ organisation: Organisation) -> JSONValue {
        [
            "id": .string(organisation.id.text), "kind": .string(organisation.kind.rawValue),
            "name": .string(organisation.name), "english_name": JSONValue(organisation.englishName),
            "credit_code": JSONValue(organisation.creditCode?.description),
            "region": .string(organisation.region.description), "closed_at": JSONValue(organisation.closedAt),
        ]
    }

    private static func entry(_ entry: AuditEntry) -> JSONValue {
        [
            "number": .integer(entry.number), "at": .string(entry.at.description),
            "person": JSONValue(entry.person?.text), "organisation": JSONValue(entry.organisation?.text),
            "act": .string(entry.act), "subject": .string(entry.subject), "digest": .string(entry.digest.hexadecimal),
            "body": .string(entry.body),
        ]
    }
}
