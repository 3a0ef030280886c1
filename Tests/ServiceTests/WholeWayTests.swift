import Foundation
import HTTPTypes
import HummingbirdTesting
import LedgerFixtures
import Platform
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@testable import API
@testable import Access
@testable import Service

/// Everything that the pages can do, done by the API; and that the description is whole.
@Suite("The API from sign-up to a judged project")
struct WholeWayTests {
    @Test("The description of the API has no faults, and every word of it in both languages")
    func description() async throws {
        try await TestService.with { site in
            var phrases: [Language: Set<String>] = [:]
            for language in Language.allCases {
                let folder = "\(site.house.platform.library.root)/phrases/\(language.rawValue)"
                for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".yaml") {
                    let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
                    for line in text.split(separator: "\n") {
                        phrases[language, default: []].insert(String(line.prefix { $0 != ":" }))
                    }
                }
            }
            #expect(site.service.api.faults(phrases: phrases) == [])
            let document = try await site.ask(.get, "/openapi.json").json()
            #expect(document["openapi"] == "3.1.0")
        }
    }

    @Test("Every operation does its work once, with an answer as it is described")
    func wholeWay() async throws {
        try await TestService.with { site in
            let walk = Walk(site)
            try await walk.account()
            try await walk.organisations()
            try await walk.projects()
            try await walk.books()
            try await walk.review()
            try await walk.statistics()
            try await walk.returns()
            try await walk.open()
            let all = Set(site.service.api.endpoints.map(\.operation))
            #expect(all.subtracting(await walk.done).sorted() == [])
        }
    }
}

/// Asks one operation after another and notes which were.
actor Walk {
    private(set) var done: Set<String> = []
    let site: TestService
    private let routes: [(operation: String, method: String, parts: [String])]

    init(_ site: TestService) {
        self.site = site
        routes = site.service.api.endpoints.map {
            ($0.operation, $0.method.rawValue, $0.path.split(separator: "/").map(String.init))
        }
    }

    @discardableResult func ask(
        _ method: HTTPRequest.Method, _ path: String, as caller: TestService.Caller = .nobody, _ body: JSONValue? = nil,
        tag: String? = nil, expects status: Int = 200, at location: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        let response = try await site.ask(
            method, path, as: caller, body, headers: tag.map { ["If-Match": $0] } ?? [:])
        #expect(
            response.status.code == status, "\(method) \(path): \(response.text.prefix(500))", sourceLocation: location)
        try note(method, path)
        return response
    }

    /// Notes the operation that a path leads to.
    private func note(_ method: HTTPRequest.Method, _ path: String) throws {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let route = routes.first { route in
            route.method == method.rawValue.lowercased() && route.parts.count == parts.count
                && zip(route.parts, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        done.insert(try #require(route).operation)
    }

    /// A person with a password, signed in.
    private func signUp(_ email: String, _ key: Secret) async throws -> TestService.Caller {
        let platform = site.house.platform
        _ = try await platform.accept(
            Acceptance(email: email, name: "林一", language: .zh, password: TestPlatform.password), key: key)
        let signed = try await platform.signIn(
            email: email, password: TestPlatform.password, from: Origin(address: "203.0.113.7", agent: "test"))
        return .session(signed.key)
    }

    func account() async throws {
        let platform = site.house.platform
        let key = try #require(try await platform.setUpLink(name: "平台运营方", region: TestPlatform.chongqing))
        let me = try await signUp("lin@example.org", key)
        let viewer = try await ask(.get, "/me", as: me).json()
        #expect(viewer["memberships"]?.elements?.first?["kind"] == "operator")
        #expect(viewer["form_token"]?.text != nil)
        #expect(try await ask(.get, "/me/account", as: me).json()["email"] == "lin@example.org")
        #expect(try await ask(.patch, "/me/account", as: me, ["name": "林二"]).json()["name"] == "林二")
        let proposal = try await ask(
            .post, "/me/authenticator", as: me, ["password": .string(TestPlatform.password)]
        ).json()
        let code = try #require(TimeBasedCode(base32: proposal["secret"]?.text ?? ""))
            .code(counter: TimeBasedCode.counter(at: site.house.now))
        let codes = try await ask(.post, "/me/authenticator/confirmation", as: me, ["code": .string(code)]).json()
        #expect((codes["recovery_codes"]?.elements ?? []).count >= 8)
        try await ask(
            .post, "/me/authenticator/removal", as: me, ["password": .string(TestPlatform.password)], expects: 204)
        try await ask(
            .put, "/me/password", as: me,
            ["old_password": .string(TestPlatform.password), "new_password": "another row of unrelated words"],
            expects: 204)
        let sessions = try await ask(.get, "/me/sessions", as: me).json()["items"]?.elements ?? []
        #expect(sessions.map { $0["is_this"] } == [true])
        let other = try await platform.signIn(
            email: "lin@example.org", password: "another row of unrelated words",
            from: Origin(address: "203.0.113.8", agent: "test"))
        try await ask(.delete, "/me/sessions/\(other.session.id)", as: me, expects: 204)
        #expect(try await site.ask(.get, "/me", as: .session(other.key)).status.code == 401)
        try await ask(.delete, "/me/sessions", as: me, expects: 204)
        #expect(try await site.ask(.get, "/me", as: me).status.code == 401)
    }

    func organisations() async throws {
        let chief = try await site.session(site.house.member(.platformOperator, [.administrator]))
        let made = try await ask(
            .post, "/organisations", as: chief, ["kind": "lender", "name": "虚构银行", "region": "500000"], expects: 201)
        let path = try #require(made.headers[.location]).dropFirst(APISite.root.count)
        #expect(path.hasPrefix("/organisations/org_"))
        let list = try await ask(.get, "/organisations?kind=lender", as: chief).json()
        #expect(list["items"]?.elements?.first?["name"] == "虚构银行")
        let tag = try #require(try await ask(.get, "\(path)", as: chief).headers[.eTag])
        #expect(made.headers[.eTag] == tag)
        let edited = try await ask(
            .put, "\(path)", as: chief, ["name": "虚构商业银行", "english_name": "Invented Bank", "region": "500000"],
            tag: tag)
        // The administrator of the new organisation, and somebody to leave it again.
        let invited = try await ask(
            .post, "\(path)/invitations", as: chief, ["email": "wu@example.org", "roles": ["administrator"]],
            expects: 201
        ).json()
        let link = try #require(invited["path"]?.text)
        let key = try Secret(.invitation, reading: String(link.dropFirst("/invitation/".count)))
        let admin = try await signUp("wu@example.org", key)
        let second = try await ask(
            .post, "\(path)/invitations", as: admin, ["email": "x@example.org", "roles": ["reader"]], expects: 201
        ).json()
        #expect(try await ask(.get, "\(path)/invitations", as: admin).json()["items"]?.elements?.count == 2)
        let invitation = try #require(second["invitation"]?["id"]?.text)
        try await ask(.delete, "/invitations/\(invitation)", as: admin, expects: 204)
        let id = try #require(ID<Organisation>(edited.json()["id"]?.text ?? ""))
        let bank = try #require(try await organisation(id))
        let member = try await site.house.viewer([.reader], of: bank)
        try await ask(
            .put, "\(path)/members/\(member.person)/roles", as: admin, ["roles": ["officer", "reader"]], expects: 204)
        let members = try await ask(.get, "\(path)/members", as: admin).json()["items"]?.elements ?? []
        #expect(members.first { $0["person"]?.text == member.person.text }?["roles"] == ["officer", "reader"])
        try await ask(.delete, "\(path)/members/\(member.person)", as: admin, expects: 204)
        let issued = try await ask(
            .post, "\(path)/tokens", as: admin, ["name": "核心系统", "scopes": ["people:read"], "days": 30], expects: 201
        ).json()
        let token = TestService.Caller.token(try Secret(.token, reading: issued["key"]?.text ?? ""))
        #expect(try await ask(.get, "/me", as: token).json()["scopes"] == ["people:read"])
        #expect(try await ask(.get, "\(path)/tokens", as: admin).json()["items"]?.elements?.count == 1)
        try await ask(.delete, "/tokens/\(issued["token"]?["id"]?.text ?? "")", as: admin, expects: 204)
        #expect(try await site.ask(.get, "/me", as: token).status.code == 401)
        let trail = try await ask(.get, "\(path)/audit?limit=3", as: admin).json()
        #expect(trail["items"]?.elements?.first?["act"] == "token.revoke")
        let next = try #require(trail["next"]?.text)
        let rest = try await ask(.get, "\(path)/audit?limit=3&cursor=\(next)", as: admin).json()
        #expect(rest["items"]?.elements?.count == 3)
        let present = try #require(try await ask(.get, "\(path)", as: chief).headers[.eTag])
        let closed = try await ask(.post, "\(path)/closing", as: chief, tag: present).json()
        #expect(closed["closed_at"]?.text != nil)
    }

    private func organisation(_ id: ID<Organisation>) async throws -> Organisation? {
        try await site.house.platform.database.read { try $0.organisations.find(id) }
    }

    func projects() async throws {
        let district = try await site.house.organisation(.district, region: TestPlatform.yunyang)
        let officer = try await site.session(site.house.viewer([.officer], of: district))
        let reviewer = try await site.session(site.house.viewer([.reviewer], of: district))
        let bank = try await site.house.member(.lender, [.reader])
        let made = try await ask(
            .post, "/projects", as: officer, TestService.draft(["organisation": .string(district.id.text)]),
            expects: 201)
        let path = String(try #require(made.headers[.location]).dropFirst(APISite.root.count))
        let seen = try await ask(.get, path, as: officer)
        #expect(try seen.json() == made.json())
        let edited = try await ask(
            .put, path, as: officer, TestService.draft(["name": "虚构县120MW风电场", "reason": "扩容"]),
            tag: seen.headers[.eTag])
        try await ask(.post, "\(path)/shares", as: officer, ["organisation": .string(bank.home.text)], expects: 204)
        let submitted = try await ask(
            .post, "\(path)/steps", as: officer, ["step": "submit"], tag: edited.headers[.eTag])
        let published = try await ask(
            .post, "\(path)/steps", as: reviewer, ["step": "publish"], tag: submitted.headers[.eTag])
        #expect(try published.json()["status"] == "published")
        let reader = try await site.token([.projectsRead], of: bank)
        #expect(try await ask(.get, "/project-counts", as: reader).json()["published"] == 1)
        let query = "status=published&stage=approved&region=500000&organisation=\(district.id)&words=120MW"
        let list = try await ask(.get, "/projects?\(query)", as: reader).json()
        #expect(try list["items"] == .array([published.json()]))
        let history = try await ask(.get, "\(path)/history", as: reader).json()["items"]?.elements ?? []
        #expect(
            history.map { $0["act"] } == ["project.publish", "project.submit", "project.edit", "project.register"])
        #expect(history[2]["changes"]?.elements?.first?["after"] == "虚构县120MW风电场")
        #expect(history[2]["reason"] == "扩容")
        let judgement = try await ask(.get, "\(path)/judgement?day=2026-10-31", as: reader).json()
        #expect(judgement["as_of"] == "2026-10-31")
        let verdict = judgement["verdicts"]?.elements?.first { $0["standard"] == "cn.green-finance.2025" }
        #expect(verdict?["subject"] == "4.2.1")
        let passport = try await ask(.get, "\(path)/passport", as: reader).json()
        #expect(passport["format"] == "jialing-passport/1")
        let page = try await ask(.get, "\(path)/passport.html", as: reader)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("虚构县120MW风电场"))
    }

    func books() async throws {
        let bank = try await site.house.organisation(.lender)
        let core = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
        func send(_ bytes: [UInt8], key: String) async throws -> TestResponse {
            try note(.post, "/books")
            site.house.pass(seconds: 1)
            return try await site.send(bytes, of: bank.id, as: core, headers: ["Idempotency-Key": key])
        }
        let sent = try await send(TestService.ledger, key: "2026-10-a")
        #expect(sent.status == .accepted)
        let path = String(try #require(sent.headers[.location]).dropFirst(APISite.root.count))
        #expect(try sent.json()["state"] == "under_way" && sent.json()["file_name"] == "2026-10.csv")
        let again = try await send(TestService.ledger, key: "2026-10-a")
        #expect(again.status == .accepted && again.headers[.location] == sent.headers[.location])
        try await ask(.post, "\(path)/cancellation", as: core)
        try await ask(.post, "\(path)/cancellation", as: core, expects: 409)
        #expect(try await ask(.get, path, as: core).json()["state"] == "cancelled")
        // One that is taken, and one more in its place.
        _ = try await send(TestService.ledger, key: "2026-10-b")
        try await site.house.work()
        let more = Ledger([
            Ledger.loan("L1", "50MW风力发电场建设", balance: "29000000.00"), Ledger.loan("L3", "生活污水处理厂建设"),
        ]).csv()
        let second = try await send(more, key: "2026-10-c")
        try await site.house.work()
        let taken = String(try #require(second.headers[.location]).dropFirst(APISite.root.count))
        let book = try await ask(.get, taken, as: core).json()
        #expect(book["state"] == "accepted" && book["version"] == 2 && book["progress"]?["rows"] == 2)
        #expect(book["summary"]?["decisions"]?["accepted"]?["balance"]?.text == "3000000000")
        #expect(book["changes"]?["added"]?["rows"] == 1 && book["changes"]?["balance_difference"] == "-100000000")
        let facilities = try await ask(.get, "\(taken)/facilities?decision=accepted&limit=1", as: core).json()
        #expect(facilities["items"]?.elements?.first?["loan_id"] == "L1")
        let next = try #require(facilities["next"]?.text)
        let rest = try await ask(
            .get, "\(taken)/facilities?decision=accepted&limit=1&cursor=\(next)", as: core
        ).json()
        #expect(rest["items"]?.elements?.map { $0["loan_id"] } == ["L3"] && rest["next"] == .null)
        let changes = try await ask(.get, "\(taken)/changes", as: core).json()["items"]?.elements ?? []
        #expect(changes.map { $0["loan_id"] } == ["L1", "L2", "L3"] && changes[1]["after"] == .null)
        #expect(try await ask(.get, "\(taken)/file", as: core).body == .init(bytes: more))
        let page = try await ask(.get, "\(taken)/statement.html", as: core)
        #expect(page.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        try await ask(.get, "\(taken)/statement.xlsx", as: core)
        #expect(try await ask(.get, "\(taken)/statement.json", as: core).json()["summary"]?["green_rows"] == 2)
        // One that goes back.
        let faulty = try await send(Ledger([Ledger.loan("L1", "风电", balance: "一百")]).csv(), key: "2026-10-d")
        try await site.house.work()
        let returned = String(try #require(faulty.headers[.location]).dropFirst(APISite.root.count))
        #expect(try await ask(.get, returned, as: core).json()["faulty"] == 1)
        let faults = try await ask(.get, "\(returned)/faults", as: core).json()["items"]?.elements ?? []
        #expect(faults.map { $0["value"] } == ["一百"] && faults[0]["reason"]?.text?.isEmpty == false)
        let table = try await ask(.get, "\(returned)/faults/table", as: core)
        #expect(table.text.contains("一百"))
        let list = try await ask(.get, "/books?period=2026-10&organisation=\(bank.id)", as: core).json()
        #expect(list["items"]?.elements?.map { $0["state"] } == ["returned", "accepted", "replaced", "cancelled"])
        #expect(try await ask(.get, "/books?state=returned", as: core).json()["items"]?.elements?.count == 1)
    }

    func open() async throws {
        let standards = try await ask(.get, "/standards").json()["items"]?.elements ?? []
        #expect(standards.contains { $0["id"] == "cn.green-finance.2025" })
        #expect(try await ask(.get, "/standards/eu.taxonomy.climate").json()["id"] == "eu.taxonomy.climate")
        for standard in standards.compactMap({ $0["id"]?.text }) {
            let items = try await ask(.get, "/standards/\(standard)/items").json()["items"]?.elements ?? []
            #expect(!items.isEmpty)
            // One of each standard: the others have the same form.
            let code = try #require(items.last?["item"]?.text)
            #expect(try await ask(.get, "/standards/\(standard)/items/\(code)").json()["item"]?.text == code)
        }
        let found =
            try await ask(
                .get, "/standards/cn.green-finance.2025/items?words=%E9%A3%8E%E5%8A%9B%E5%8F%91%E7%94%B5&under=4"
            ).json()["items"]?.elements ?? []
        #expect(found.contains { $0["item"] == "4.2.1" })
        #expect(try await ask(.get, "/facts?words=installed_capacity").json()["items"]?.elements?.count ?? 0 >= 1)
        try await ask(.get, "/facts")
        let judged = try await ask(
            .post, "/judgements",
            [
                "name": "虚构风电场", "purpose": "建设100MW陆上风电场", "day": "2026-10-31",
                "facts": ["installed_capacity": ["value": 100_000]],
            ]
        ).json()
        #expect(judged["verdicts"]?.elements?.count == standards.count)
        #expect(judged["project"]?["id"]?.text?.hasPrefix("prj_") == true)
    }

    private func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue
    ) async throws -> TestResponse { try await ask(method, path, as: .nobody, body) }
}
