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
@testable import Web

/// What holds for whatever changes something: seen versions, keys, and faults told at their fields.
@Suite("Changes by the API")
struct ChangingTests {
    private static func registered(
        _ site: TestService, key: String? = nil, _ changes: [String: JSONValue] = [:], as caller: TestService.Caller,
        for organisation: ID<Organisation>
    ) async throws -> TestResponse {
        try await site.ask(
            .post, "/projects", as: caller,
            TestService.draft(changes.merging(["organisation": .string(organisation.text)]) { $1 }),
            headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    @Test(
        "A change without If-Match is refused, one of an old version too, and a version that was read is not sent again"
    )
    func versions() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            let caller = try await site.session(viewer)
            let made = try await Self.registered(site, as: caller, for: viewer.home)
            let path = "/projects/\(try made.json()["id"]?.text ?? "")"
            #expect(made.headers[.eTag] == "\"v1\"")
            let change = TestService.draft(["name": "改名"])
            #expect(try await site.ask(.put, path, as: caller, change).status.code == 428)
            for tag in ["\"v7\"", "\"other\"", "W/\"v1\"", "\"v1"] {
                let refused = try await site.ask(.put, path, as: caller, change, headers: ["If-Match": tag])
                #expect(refused.status.code == (tag == "\"v1" ? 400 : 412), "\(tag)")
            }
            let done = try await site.ask(.put, path, as: caller, change, headers: ["If-Match": "\"v0\", \"v1\""])
            #expect(done.headers[.eTag] == "\"v2\"")
            let again = try await site.ask(.put, path, as: caller, change, headers: ["If-Match": "\"v1\""])
            #expect(again.status.code == 412)
            let unchanged = try await site.ask(.get, path, as: caller, headers: ["If-None-Match": "\"v2\""])
            #expect(unchanged.status.code == 304)
            #expect(unchanged.text.isEmpty)
            let step = try await site.ask(
                .post, "\(path)/steps", as: caller, ["step": "submit"], headers: ["If-Match": "\"v1\""])
            #expect(step.status.code == 412)
            let chief = try await site.session(site.house.member(.platformOperator, [.administrator]))
            let organisation: JSONValue = ["name": "改名", "region": "500000"]
            for (tag, code) in [("\"v9\"", 412), ("\"v1\"", 200), ("*", 200)] {
                let response = try await site.ask(
                    .put, "/organisations/\(viewer.home)", as: chief, organisation, headers: ["If-Match": tag])
                #expect(response.status.code == code, "\(tag)")
            }
        }
    }

    @Test("The same key does the work once and gives the same answer again; with another request it is refused")
    func key() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            let caller = try await site.session(viewer)
            let first = try await Self.registered(site, key: "a-1", as: caller, for: viewer.home)
            let again = try await Self.registered(site, key: "a-1", as: caller, for: viewer.home)
            #expect(first.status.code == 201)
            #expect(again.status.code == 201)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(again.headers[.init("Idempotency-Replayed")!] == "true")
            let other = try await Self.registered(site, key: "a-1", ["name": "另一个"], as: caller, for: viewer.home)
            #expect(other.status.code == 422)
            #expect(try other.json()["code"] == "api.idempotency-conflict")
            // A request that failed gives its key back.
            let failed = try await Self.registered(site, key: "a-2", ["region": "999999"], as: caller, for: viewer.home)
            #expect(failed.status.code == 422)
            #expect(try await Self.registered(site, key: "a-2", as: caller, for: viewer.home).status.code == 201)
            // Somebody else's key is another key.
            let token = try await site.token([.projectsWrite, .projectsRead], of: viewer)
            #expect(try await Self.registered(site, key: "a-1", as: token, for: viewer.home).status.code == 201)
            let list = try await site.ask(.get, "/projects", as: caller).json()
            #expect(list["items"]?.elements?.count == 3)
            // After a day the key is new.
            site.house.pass(seconds: 86_401)
            let later = try await Self.registered(site, key: "a-1", ["name": "后来的"], as: token, for: viewer.home)
            #expect(later.status.code == 201)
        }
    }

    @Test("Of many requests at once with one key one is done, on both engines", arguments: Engine.allCases)
    func manyAtOnce(engine: Engine) async throws {
        try await TestService.with(engine) { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            let caller = try await site.session(viewer)
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await Self.registered(site, key: "k", as: caller, for: viewer.home).status.code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // The others get the same answer, or are told that it is under way.
            #expect(codes.allSatisfy { $0 == 201 || $0 == 409 }, "\(codes)")
            let list = try await site.ask(.get, "/projects", as: caller).json()
            #expect(list["items"]?.elements?.count == 1)
        }
    }

    @Test("A list is paged whole and without doubles, and a cursor of another list is none")
    func pages() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            let caller = try await site.session(viewer)
            for number in 0..<5 {
                _ = try await Self.registered(site, ["name": .string("项目\(number)")], as: caller, for: viewer.home)
                if number == 2 { site.house.pass(seconds: 1) }
            }
            var (names, cursor, pages): ([String], String?, Int) = ([], nil, 0)
            repeat {
                let page = try await site.ask(
                    .get, "/projects?limit=2\(cursor.map { "&cursor=\($0)" } ?? "")", as: caller
                ).json()
                names += (page["items"]?.elements ?? []).compactMap { $0["name"]?.text }
                cursor = page["next"]?.text
                pages += 1
                if let cursor, pages == 1 {
                    let other = try await site.ask(.get, "/projects?status=draft&cursor=\(cursor)", as: caller)
                    #expect(other.status.code == 422)
                }
            } while cursor != nil && pages < 9
            #expect(names.count == 5)
            #expect(Set(names).count == 5)
            #expect(pages == 3)
        }
    }

    @Test("Everything that is wrong is told at its field, as the sender named it")
    func pointers() async throws {
        try await TestService.with { site in
            let viewer = try await site.house.member(.enterprise, [.officer])
            let caller = try await site.session(viewer)
            // What has not the form.
            let shape = try await Self.registered(
                site,
                [
                    "total_investment": 5, "stage": "soon", "colour": "green", "planned_start": "2026-02-30",
                    "facts": ["x": ["value": nil]],
                ], as: caller, for: viewer.home)
            #expect(shape.status.code == 422)
            #expect(
                try Set(shape.pointers())
                    == ["/total_investment", "/stage", "/colour", "/planned_start", "/facts/x/value"])
            // What has it, and is wrong.
            let sense = try await Self.registered(
                site,
                [
                    "region": "999999", "own_capital": "65000000001", "planned_start": "2027-01-01",
                    "planned_finish": "2026-01-01", "owner": ["name": "虚构", "credit_code": "X"],
                ], as: caller, for: viewer.home)
            // A code that cannot be read at all is told before anything is weighed.
            #expect(try Set(sense.pointers()) == ["/region", "/owner/credit_code"])
            let domain = try await Self.registered(
                site,
                [
                    "own_capital": "65000000001", "planned_start": "2027-01-01", "planned_finish": "2026-01-01",
                    "subjects": ["no.such": "1.1.1"], "facts": ["no_such": ["value": 1]],
                ], as: caller, for: viewer.home)
            #expect(
                try Set(domain.pointers())
                    == ["/own_capital", "/planned_finish", "/subjects/no.such", "/facts/no_such"])
            // A step that lacks something names it too.
            let made = try await Self.registered(
                site, ["total_investment": nil, "need": nil], as: caller, for: viewer.home)
            let step = try await site.ask(
                .post, "/projects/\(try made.json()["id"]?.text ?? "")/steps", as: caller, ["step": "submit"],
                headers: ["If-Match": "*"])
            #expect(try step.pointers() == ["/total_investment"])
            // A number beyond this world is refused, not rounded.
            let number = try await site.ask(
                .post, "/judgements", as: .nobody,
                TestService.draft(["facts": ["installed_capacity": ["value": .number(2e15)]]]))
            #expect(try number.pointers() == ["/facts/installed_capacity/value"])
        }
    }

    @Test("Judging without an account is bounded by address")
    func rate() async throws {
        var web = WebSettings()
        web.addressRate = .init(perSecond: 1, burst: 3)
        try await TestService.with(web: web) { site in
            var codes: [Int] = []
            for _ in 0..<4 {
                let response = try await site.ask(.post, "/judgements", as: .nobody, ["name": "虚构项目"])
                codes.append(response.status.code)
            }
            #expect(codes == [200, 200, 200, 429])
        }
    }

    @Test("Nobody proves anything by judging a description: it says at most that a document is there")
    func assurance() async throws {
        try await TestService.with { site in
            let judged = try await site.ask(
                .post, "/judgements", as: .nobody,
                [
                    "name": "风电整机制造基地（虚构）", "subjects": ["cn.green-finance.2025": "4.1.1/2"],
                    "facts": [
                        "wind_turbine_rating": [
                            "value": 4, "assurance": "verified", "stated_by": "某核查机构", "document": "型式认证证书",
                        ]
                    ],
                ])
            #expect(judged.status.code == 200)
            #expect(judged.text.contains("\"assurance\":\"documented\""))
            #expect(!judged.text.contains("\"assurance\":\"verified\""))
            #expect(!judged.text.contains("某核查机构"))
        }
    }
}
