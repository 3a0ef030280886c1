import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import API
@testable import Service

/// What every operation answers to those who bring no credential, too weak a one, or an id that is not theirs.
@Suite("Credentials of the API")
struct CredentialTests {
    /// Bodies that pass the form, by operation.
    private static let bodies: [String: JSONValue] = [
        "changeAccount": ["name": "林"], "changePassword": ["old_password": "a", "new_password": "b"],
        "proposeAuthenticator": ["password": "a"], "confirmAuthenticator": ["code": "123456"],
        "removeAuthenticator": ["password": "a"],
        "createOrganisation": ["kind": "lender", "name": "新机构", "region": "500000"],
        "editOrganisation": ["name": "新机构", "region": "500000"], "setRoles": ["roles": ["reader"]],
        "invite": ["email": "x@example.org", "roles": ["reader"]],
        "issueToken": ["name": "系统", "scopes": ["projects:read"], "days": 1],
        "registerProject": TestService.draft(["organisation": "org_01jd5x0w2k8e6v7c3m9a4n5p6q"]),
        "editProject": TestService.draft, "stepProject": ["step": "submit"],
        "shareProject": ["organisation": "org_01jd5x0w2k8e6v7c3m9a4n5p6q"], "judge": TestService.draft,
        "decideFacility": ["verdict": "not_green", "reason": "理由"], "declineDecision": ["reason": "理由"],
        "setReviewLimit": ["second_above": .null], "useModel": ["model": .null],
        "publishRelease": ["after_version": .null],
        "prepareReturn": [
            "organisation": "org_01jd5x0w2k8e6v7c3m9a4n5p6q", "form": "green-loans", "period": "2026Q3",
        ], "adjustReturn": ["adjustments": []], "explainReturn": ["explanations": []], "readNotices": ["up_to": 1],
        "submitReturn": [:],
    ]

    /// An id of nothing, for a name in a path.
    private static func id(_ name: String) -> String {
        let prefixes = [
            "organisation": "org", "person": "per", "invitation": "inv", "token": "tok", "session": "ses",
            "project": "prj", "book": "bok", "decision": "rvd", "model": "mdl",
            "overfinancing": "fin", "release": "rel", "return": "ret",
        ]
        if name == "line" { return "2" }
        if name == "period" { return "2026-10" }
        return prefixes[name].map { "\($0)_01jd5x0w2k8e6v7c3m9a4n5p6q" } ?? "9.9.9"
    }

    private static func ask(
        _ endpoint: Endpoint, _ site: TestService, as caller: TestService.Caller
    ) async throws -> TestResponse {
        var path = endpoint.path
        for name in endpoint.pathNames { path.replace("{\(name)}", with: id(name)) }
        return try await site.ask(
            endpoint.method.httpMethod, path, as: caller, bodies[endpoint.operation],
            headers: endpoint.ifMatch == .no ? [:] : ["If-Match": "\"v1\""])
    }

    @Test("Without a credential all but what is open to everyone answers 401")
    func nobody() async throws {
        try await TestService.with { site in
            for endpoint in site.service.api.endpoints where endpoint.security != .anyone {
                let response = try await Self.ask(endpoint, site, as: .nobody)
                #expect(response.status.code == 401, "\(endpoint.operation)")
                #expect(response.headers[.wwwAuthenticate] != nil, "\(endpoint.operation)")
                #expect(response.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            }
        }
    }

    @Test("A token without the scope gets 403, and none does what is for a person signed in")
    func scopes() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.lender, [.administrator, .officer, .reviewer, .reader])
            for endpoint in site.service.api.endpoints {
                switch endpoint.security {
                case .anyone, .signedIn: continue
                case .session:
                    let all = try await site.token(Set(Scope.allCases), of: viewer)
                    let response = try await Self.ask(endpoint, site, as: all)
                    #expect(response.status.code == 403, "\(endpoint.operation)")
                    #expect(try response.json()["code"] == "api.session-only")
                case .scope(let scope):
                    let weak = try await site.token(Set(Scope.allCases).subtracting([scope]), of: viewer)
                    let response = try await Self.ask(endpoint, site, as: weak)
                    #expect(response.status.code == 403, "\(endpoint.operation)")
                    #expect(try response.json()["code"] == "problem.missing-scope")
                }
            }
        }
    }

    @Test("An id of nothing, or of another's, is not found")
    func foreignIDs() async throws {
        try await TestService.with { site in
            let roles = Set(Role.allCases)
            let chief = try await site.session(site.house.member(.platformOperator, roles))
            let district = try await site.session(site.house.member(.district, roles))
            let bank = try await site.session(site.house.member(.lender, roles))
            let regulator = try await site.session(site.house.member(.regulator, roles))
            let callers = [
                "projects": district, "books": bank, "review": bank, "statistics": regulator, "returns": bank,
            ]
            for endpoint in site.service.api.endpoints where !endpoint.pathNames.isEmpty {
                let caller = callers[endpoint.tag] ?? chief
                let response = try await Self.ask(endpoint, site, as: caller)
                #expect(response.status.code == 404, "\(endpoint.operation): \(response.text.prefix(200))")
            }
            // Of another organisation, though it is there.
            let own = try await site.house.member(.enterprise, [.officer])
            let made = try await site.ask(
                .post, "/projects", as: site.session(own),
                TestService.draft(["organisation": .string(own.home.text), "region": "510100"]))
            let path = "/projects/\(try made.json()["id"]?.text ?? "")"
            for suffix in ["", "/history", "/judgement", "/passport", "/passport.html"] {
                #expect(try await site.ask(.get, path + suffix, as: district).status.code == 404)
            }
            // What cannot be an id at all.
            #expect(try await site.ask(.get, "/projects/1", as: district).status.code == 404)
        }
    }

    @Test("A session that changes something without the form token is refused: another site may have sent it")
    func formToken() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            guard case .session(let key) = try await site.session(viewer) else { return }
            let body = try TestService.draft(["organisation": .string(viewer.home.text)]).canonicalBytes()
            let response = try await site.client.execute(
                uri: "/api/v1/projects", method: .post,
                headers: [.cookie: "jialing=\(key.text)", .contentType: "application/json"],
                body: .init(bytes: body))
            #expect(response.status.code == 403)
        }
    }
}
