import Hummingbird
import HummingbirdTesting
import LibraryFixtures
import Testing
import Vocabulary
import WebFixtures

@testable import Web

@Suite("Problems")
struct ProblemTests {
    private struct Secret: Error { let text = "the password is hunter2" }

    @Test("Two problems are equal only with the same details")
    func equality() {
        let message = Message(key: "problem.invalid", arguments: [:])
        let detail = FieldFault("/name", message)
        #expect(Problem(status: 422, message: message) != Problem(status: 422, message: message, details: [detail]))
    }

    @Test("Every key of the server has its phrase in both languages, with the same placeholders")
    func phrases() throws {
        let zh = try DeliveredFiles.phrases(.zh, ["problem"])
        let en = try DeliveredFiles.phrases(.en, ["problem"])
        #expect(Set(zh.keys) == Set(Problem.everyCode))
        #expect(Set(en.keys) == Set(Problem.everyCode))
        #expect(Phrasebook([.zh: zh, .en: en]).missing() == [])
    }

    @Test("A machine gets problem+json, a person a page, each in the language asked for")
    func twoFaces() async throws {
        try await TestSite().serving { router in
            router.get("/api/v1/thing") { _, _ -> Response in throw Problem.forbidden }
            router.get("/thing") { _, _ -> Response in throw Problem.forbidden }
        }.test { client in
            try await client.execute(uri: "/api/v1/thing", method: .get, headers: [.acceptLanguage: "en"]) { answer in
                #expect(answer.status == .forbidden)
                #expect(answer.headers[.contentType] == "application/problem+json")
                let value = try answer.json()
                #expect(value["title"] == "Not allowed")
                #expect(value["code"] == "problem.forbidden")
                #expect(value["status"] == 403)
                #expect(value["requestId"]?.text == answer.headers[raw: "X-Request-Id"])
            }
            try await client.execute(uri: "/thing", method: .get) { answer in
                #expect(answer.status == .forbidden)
                #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
                #expect(answer.text.contains("<h1>无权访问</h1>"))
                #expect(answer.text.contains("lang=\"zh-CN\""))
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test("An unknown error is 500 without a word of it, and the log names its type and the request alone")
    func unknown() async throws {
        let site = try TestSite()
        try await site.serving { $0.get("/api/v1/thing") { _, _ -> Response in throw Secret() } }.test { client in
            try await client.execute(uri: "/api/v1/thing", method: .get) { answer in
                #expect(answer.status == .internalServerError)
                #expect(!answer.text.contains("hunter2"))
                #expect(!answer.text.contains("Secret"))
            }
        }
        let line = try #require(site.log.all.first { $0.contains("request failed") })
        #expect(line.contains("Secret") && line.contains("abababababababab") && !line.contains("hunter2"))
    }

    @Test("An error of a use case is told as it is explained")
    func explained() async throws {
        var site = try TestSite()
        site.dependencies.explain = { $0 is Secret ? Problem.conflict : nil }
        try await site.serving { $0.get("/api/v1/thing") { _, _ -> Response in throw Secret() } }.test { client in
            try await client.execute(uri: "/api/v1/thing", method: .get) { #expect($0.status == .conflict) }
        }
    }

    @Test("What Hummingbird throws loses its own words")
    func foreign() async throws {
        try await TestSite().serving { router in
            router.get("/api/v1/thing") { _, _ -> Response in throw HTTPError(.badRequest, message: "internal words") }
        }.test { client in
            try await client.execute(uri: "/api/v1/thing", method: .get) { answer in
                #expect(answer.status == .badRequest)
                #expect(!answer.text.contains("internal words"))
                let value = try answer.json()
                #expect(value["code"] == "problem.bad-request")
            }
        }
    }

    @Test("Text of a visitor is escaped on a page of a problem")
    func escaping() async throws {
        let detail = FieldFault("<script>alert(1)</script>", Message(key: "\"'&", arguments: [:]))
        try await TestSite().serving { $0.get("/thing") { _, _ -> Response in throw Problem.invalid([detail]) } }.test {
            client in
            try await client.execute(uri: "/thing", method: .get) { answer in
                #expect(!answer.text.contains("<script>"))
                #expect(answer.text.contains("&lt;script&gt;") && answer.text.contains("&quot;&#39;&amp;"))
            }
        }
    }

    @Test("A thousand faults are answered with fifty")
    func bounded() {
        let detail = FieldFault("/a", Message(key: "api.required"))
        #expect(Problem.invalid(Array(repeating: detail, count: 1000)).details.count == Problem.mostDetails)
    }
}
