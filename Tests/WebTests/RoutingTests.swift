import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary
import WebFixtures

@testable import Web

@Suite("Routes and what stands around them")
struct RoutingTests {
    private func routes(_ router: WebRouter) {
        router.get("/page") { _, _ in "hello" }
        router.post("/page") { request, _ in
            var request = request
            return "\(try await BoundedBody.collect(&request).count)"
        }
        router.get("/who") { _, context in context.viewer?.person.text ?? "nobody" }
        router.on("/big", method: .post, rules: RouteRules(bodyBytes: 3_000_000)) { request, _ in
            var count = 0
            for try await chunk in request.body { count += chunk.readableBytes }
            return "\(count)"
        }
        router.get("/slow") { _, _ -> String in
            try await Task.sleep(for: .seconds(3600))
            return ""
        }
    }

    @Test("HEAD is GET without a body, OPTIONS and 405 tell what is possible")
    func methods() async throws {
        try await TestSite().run(routes) { client in
            try await client.execute(uri: "/page", method: .head) { answer in
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentLength] == "5")
                #expect(answer.body.readableBytes == 0)
            }
            try await client.execute(uri: "/page", method: .options) { answer in
                #expect(answer.status == .noContent)
                #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            }
            try await client.execute(uri: "/page", method: .delete) { answer in
                #expect(answer.status == .methodNotAllowed)
                #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            }
            try await client.execute(uri: "/page", method: .trace) { #expect($0.status == .methodNotAllowed) }
            try await client.execute(uri: "/page", method: .init("BREW")!) { #expect($0.status == .notImplemented) }
            try await client.execute(uri: "/nowhere", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/nowhere", method: .post) { #expect($0.status == .notFound) }
        }
    }

    @Test("Every answer carries the security headers and its number, errors too")
    func headers() async throws {
        var settings = WebSettings()
        settings.publicAddress = "https://jialing.example"
        try await TestSite(settings: settings).run(routes) { client in
            for uri in ["/page", "/nowhere", "/slow"] {
                if uri == "/slow" { continue }
                try await client.execute(uri: uri, method: .get) { answer in
                    let policy = try #require(answer.headers[.contentSecurityPolicy])
                    for rule in [
                        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
                        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "connect-src 'self'",
                    ] { #expect(policy.contains(rule)) }
                    #expect(!policy.contains("unsafe"))
                    #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                    #expect(answer.headers[raw: "Referrer-Policy"] == "same-origin")
                    #expect(answer.headers[raw: "Cross-Origin-Opener-Policy"] == "same-origin")
                    #expect(answer.headers[raw: "Cross-Origin-Resource-Policy"] == "same-origin")
                    #expect(answer.headers[raw: "Permissions-Policy"]?.contains("camera=()") == true)
                    #expect(answer.headers[.strictTransportSecurity]?.contains("max-age=31536000") == true)
                    #expect(answer.headers[raw: "X-Request-Id"] == "abababababababab")
                }
            }
        }
        try await TestSite().run(routes) { client in
            try await client.execute(uri: "/page", method: .get) { answer in
                #expect(answer.headers[.strictTransportSecurity] == nil, "plain HTTP promises no TLS")
            }
        }
    }

    @Test("Who is signed in is known by cookie or token, and their pages are not kept by anybody")
    func viewers() async throws {
        try await TestSite().run(routes) { client in
            try await client.execute(uri: "/who", method: .get) { answer in
                #expect(answer.text == "nobody")
                #expect(answer.headers[.cacheControl] == nil)
            }
            try await client.execute(uri: "/who", method: .get, headers: [.cookie: "a=b; jialing=\(TestSite.key)"]) {
                answer in
                #expect(answer.text == TestSite.user)
                #expect(answer.headers[.cacheControl] == "no-store")
            }
            try await client.execute(
                uri: "/who", method: .get, headers: [.cookie: "jialing=B\(TestSite.key.dropFirst())"]
            ) {
                #expect($0.text == "nobody")
            }
            try await client.execute(uri: "/who", method: .get, headers: [.authorization: "bearer \(TestSite.bearer)"])
            {
                #expect($0.text == TestSite.user)
            }
            for bad in [
                "Bearer wrong", "Bearer \(Secret(.token, .system).text)", "Basic Zm9vOmJhcg==", "Bearer", "Bearer a b",
            ] {
                // A cookie does not help a request that presents a token.
                let headers: HTTPFields = [.authorization: bad, .cookie: "jialing=\(TestSite.key)"]
                try await client.execute(uri: "/who", method: .get, headers: headers) { answer in
                    #expect(answer.status == .unauthorized)
                    #expect(answer.headers[.wwwAuthenticate]?.contains("Bearer") == true)
                }
            }
        }
    }

    @Test("A body above the limit of its route is refused, whether its length is told or not")
    func bodies() async throws {
        try await TestSite().run(routes) { client in
            let most = ByteBuffer(repeating: 0x61, count: 1_048_576)
            try await client.execute(uri: "/page", method: .post, body: most) { #expect($0.text == "1048576") }
            let more = ByteBuffer(repeating: 0x61, count: 1_048_577)
            try await client.execute(uri: "/page", method: .post, body: more) { #expect($0.status == .contentTooLarge) }
            let big = ByteBuffer(repeating: 0x61, count: 3_000_000)
            try await client.execute(uri: "/big", method: .post, body: big) { #expect($0.text == "3000000") }
        }
        // The in-memory client always tells the length, so the count is tried by itself.
        let (body, source) = RequestBody.makeStream()
        var request = Request(head: .init(method: .post, scheme: nil, authority: nil, path: "/"), body: body)
        try BoundedBody.apply(limit: 10, to: &request)
        Task {
            await source.yield(ByteBuffer(string: "12345"))
            await source.yield(ByteBuffer(string: "678901"))
            source.finish()
        }
        await #expect(throws: Problem.bodyTooLarge(limit: 10)) { try await BoundedBody.collect(&request) }
    }

    @Test("A target or a header beyond its limit is refused")
    func heads() async throws {
        try await TestSite().run(routes) { client in
            let query = String(repeating: "a", count: 8192)
            try await client.execute(uri: "/page?\(query)", method: .get) { #expect($0.status == .uriTooLong) }
            let long = String(repeating: "a", count: 33_000)
            try await client.execute(uri: "/page", method: .get, headers: [.cookie: long]) {
                #expect($0.status == .requestHeaderFieldsTooLarge)
            }
            var many = HTTPFields()
            for index in 0...100 { many[HTTPField.Name(checked: "X-\(index)")] = "1" }
            try await client.execute(uri: "/page", method: .get, headers: many) {
                #expect($0.status == .requestHeaderFieldsTooLarge)
            }
        }
    }

    @Test("A handler that takes too long is given up with 503")
    func time() async throws {
        let site = try TestSite(sleep: { #expect($0 == 30) })
        try await site.run(routes) { client in
            try await client.execute(uri: "/slow", method: .get) { answer in
                #expect(answer.status == .serviceUnavailable)
            }
        }
    }

    @Test("When too many requests are in work a further one is told to come again, and health still answers")
    func concurrency() async throws {
        var settings = WebSettings()
        settings.requests = 0
        let site = try TestSite(settings: settings)
        try await site.serving { router in
            routes(router)
            WatchRoutes().add(to: router, site.dependencies)
        }.test { client in
            try await client.execute(uri: "/page", method: .get) { answer in
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "2")
            }
            try await client.execute(uri: "/health", method: .get) { #expect($0.status == .ok) }
        }
        #expect(site.dependencies.metrics.running == 0)
    }

    @Test(
        "The visitor's language is the cookie's, else what the browser prefers, else Chinese",
        arguments: [
            (nil, nil, Language.zh), (nil, "en-GB,en;q=0.9,zh;q=0.8", .en), (nil, "zh-CN,zh;q=0.9,en;q=0.8", .zh),
            (nil, "fr, de;q=0.9", .zh), (nil, "fr;q=0.9, en;q=0.1", .en), (nil, "en;q=0, zh;q=0.1", .zh),
            ("en", "zh", .en), ("xx", "en", .en), (nil, ";;;,q=1,=", .zh),
        ] as [(String?, String?, Language)])
    func languages(cookie: String?, accepts: String?, expected: Language) {
        var headers = HTTPFields()
        headers[.cookie] = cookie.map { "language=\($0)" }
        headers[.acceptLanguage] = accepts
        #expect(LanguageChoice.choose(headers) == expected)
    }

    @Test("X-Forwarded-For counts only as far as our own proxies wrote it")
    func peers() {
        func resolve(_ forwarded: [String], _ proxies: Int) -> String {
            PeerAddress.resolve(connection: "10.0.0.1", forwarded: forwarded, proxies: proxies)
        }
        #expect(resolve(["1.2.3.4"], 0) == "10.0.0.1")
        #expect(resolve(["6.6.6.6, 1.2.3.4"], 1) == "1.2.3.4")
        #expect(resolve(["6.6.6.6, 1.2.3.4, 10.0.0.2"], 2) == "1.2.3.4")
        #expect(resolve(["6.6.6.6", "1.2.3.4"], 1) == "1.2.3.4")
        #expect(resolve(["1.2.3.4:5678"], 1) == "1.2.3.4")
        #expect(resolve(["[2001:DB8::1]:5678"], 1) == "2001:db8::1")
        #expect(resolve([], 1) == "10.0.0.1")
        #expect(resolve(["1.2.3.4"], 2) == "10.0.0.1")
        #expect(resolve(["unknown"], 1) == "10.0.0.1")
        #expect(resolve(["<script>"], 1) == "10.0.0.1")
        #expect(PeerAddress.rateKey("2001:db8:1:2:3:4:5:6") == PeerAddress.rateKey("2001:db8:1:2::9"))
        #expect(PeerAddress.rateKey("2001:db8:1:2::1") != PeerAddress.rateKey("2001:db8:1:3::1"))
    }
}
