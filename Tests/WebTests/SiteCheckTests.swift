import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary
import WebFixtures

@testable import Web

@Suite("Requests from other sites")
struct SiteCheckTests {
    private let cookie: HTTPFields = [.cookie: "jialing=\(TestSite.key)"]

    private func routes(_ router: WebRouter) {
        router.post("/act") { _, _ in "done" }
        router.post("/form") { request, _ in
            var request = request
            return try await FormFields.read(&request)["name"] ?? "-"
        }
        router.post("/upload") { request, _ in
            var reader = try MultipartReader(request)
            var bytes = 0
            let fields = try await reader.read { bytes += $1?.count ?? 0 }
            return "\(fields["name"] ?? "-") \(bytes)"
        }
    }

    @Test("With a session the token must come along, in the header or the form")
    func token() async throws {
        let site = try TestSite()
        let token = try site.formToken()
        try await site.run(routes) { client in
            try await client.execute(uri: "/act", method: .post, headers: cookie) { answer in
                #expect(answer.status == .forbidden)
                #expect(!answer.text.contains("done"))
            }
            var headers = cookie
            headers[HTTPField.Name(checked: "X-Form-Token")] = token
            try await client.execute(uri: "/act", method: .post, headers: headers) { #expect($0.text == "done") }
            headers[HTTPField.Name(checked: "X-Form-Token")] =
                String(token.dropLast()) + (token.last == "0" ? "1" : "0")
            try await client.execute(uri: "/act", method: .post, headers: headers) { #expect($0.status == .forbidden) }

            var form = cookie
            form[.contentType] = "application/x-www-form-urlencoded"
            let good = ByteBuffer(string: "name=%E7%BB%BF&form_token=\(token)")
            try await client.execute(uri: "/form", method: .post, headers: form, body: good) { #expect($0.text == "绿") }
            let bad = ByteBuffer(string: "name=a&form_token=")
            try await client.execute(uri: "/form", method: .post, headers: form, body: bad) {
                #expect($0.status == .forbidden)
            }
        }
    }

    @Test("In a multipart form the token must be the first part, and the rest still arrives whole")
    func multipart() async throws {
        let site = try TestSite()
        let token = try site.formToken()
        @Sendable func body(_ parts: [(String, String)]) -> ByteBuffer {
            ByteBuffer(
                string: parts.map { "--b\r\nContent-Disposition: form-data; \($0.0)\r\n\r\n\($0.1)\r\n" }.joined()
                    + "--b--\r\n")
        }
        var headers = cookie
        headers[.contentType] = "multipart/form-data; boundary=b"
        let (multipart, file) = (headers, String(repeating: "x", count: 200_000))
        try await site.run(routes) { client in
            let good = body([
                ("name=\"form_token\"", token), ("name=\"name\"", "a"), ("name=\"f\"; filename=\"a.csv\"", file),
            ])
            try await client.execute(uri: "/upload", method: .post, headers: multipart, body: good) {
                #expect($0.text == "a 200000")
            }
            let late = body([("name=\"name\"", "a"), ("name=\"form_token\"", token)])
            try await client.execute(uri: "/upload", method: .post, headers: multipart, body: late) {
                #expect($0.status == .forbidden)
            }
            // The handler of this route never reads the body; the token is asked for all the same.
            for bad in [body([("name=\"name\"", "a")]), body([]), ByteBuffer()] {
                try await client.execute(uri: "/act", method: .post, headers: multipart, body: bad) {
                    #expect($0.text != "done")
                }
            }
            try await client.execute(uri: "/act", method: .post, headers: multipart, body: good) {
                #expect($0.text == "done")
            }
        }
    }

    @Test("A page of another origin is refused, signed in or not; ours and programs are not")
    func origins() async throws {
        var settings = WebSettings()
        settings.publicAddress = "https://jialing.example/"
        try await TestSite(settings: settings).run(routes) { client in
            let fetchSite = HTTPField.Name(checked: "Sec-Fetch-Site")
            let cases: [(HTTPFields, Int)] = [
                ([:], 200), ([.origin: "https://jialing.example"], 200), ([.origin: "https://evil.example"], 403),
                ([.origin: "http://jialing.example"], 403), ([.origin: "null"], 403),
                ([fetchSite: "cross-site"], 403), ([fetchSite: "same-site"], 403), ([fetchSite: "same-origin"], 200),
                ([.authorization: "Bearer \(TestSite.bearer)", .origin: "https://evil.example"], 200),
            ]
            for (headers, expected) in cases {
                try await client.execute(uri: "/act", method: .post, headers: headers) { answer in
                    #expect(answer.status.code == expected, "\(headers)")
                }
            }
        }
    }

    @Test("The token of another session is refused, and a page's token is another each time")
    func binding() async throws {
        let site = try TestSite()
        let other = CrossSiteToken(session: Secret(.session, .system)).text(.system)
        let session = try Secret(.session, reading: TestSite.key)
        let (first, second) = (
            CrossSiteToken(session: session).text(.system), CrossSiteToken(session: session).text(.system)
        )
        #expect(first != second)
        try await site.run(routes) { client in
            for (token, status) in [(other, 403), (first, 200), (second, 200), ("", 403)] {
                var headers = cookie
                headers[HTTPField.Name(checked: FormTokens.header)] = token
                try await client.execute(uri: "/act", method: .post, headers: headers) {
                    #expect($0.status.code == status)
                }
            }
        }
    }

    @Test("The session's cookie is out of reach of scripts and other hosts")
    func sessionCookie() throws {
        let (secret, key) = (try Secret(.session, reading: TestSite.key), TestSite.key)
        var settings = WebSettings()
        #expect(
            SessionCookie(settings: settings).set(secret, seconds: nil)
                == "jialing=\(key); Path=/; HttpOnly; SameSite=Lax")
        settings.publicAddress = "https://jialing.example"
        #expect(
            SessionCookie(settings: settings).set(secret, seconds: 60)
                == "__Host-jialing=\(key); Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60")
        #expect(SessionCookie(settings: settings).clear.hasSuffix("Secure; Max-Age=0"))
    }
}
