import Foundation
import Store
import Synchronization
import Testing

extension ServerProcessTests {
    /// Attacks that need the real site with its people; those on the protocol alone stand in WebTests.
    @Suite("Attacked")
    struct AttackTests {
        static let rates = ["--address-rate", "10000/10000", "--viewer-rate", "10000/10000"]

        /// A site with an administrator, run to its end; then its whole log is searched for what must not stand there.
        static func withSite(_ body: (Site, ServerProcess, inout Browser) async throws -> Void) async throws {
            try await Site.with(.sqlite, rates) { site in
                let server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                try await body(site, server, &administrator)
                #expect(await server.stop() == 0)
                let log = try String(contentsOf: site.log, encoding: .utf8)
                #expect(log.contains("\"route\":\"/sign-in\""), "\(log.prefix(2000))")
                for secret in site.secrets.withLock({ $0 }) {
                    #expect(!log.contains(secret), "the log holds \(secret)")
                }
            }
        }

        private static let root = [("email", "root@example.org"), ("password", Site.password)]

        // MARK: Sessions

        @Test(
            "A session planted before signing in is not the session after it, and a cookie of before is worth nothing after"
        )
        func fixation() async throws {
            try await Self.withSite { site, server, administrator in
                let planted = String(repeating: "A", count: 43)
                var victim = Browser(port: server.port)
                victim.plant("jialing", planted)
                let answer = try await victim.asks { try $0.post("/sign-in", Self.root) }
                #expect(answer.status == 303)
                #expect(victim.cookies["jialing"] != planted)
                let cookie = try #require(answer.all("Set-Cookie").first { $0.hasPrefix("jialing=") })
                for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] { #expect(cookie.contains(flag)) }
                #expect(!cookie.contains("Domain"))
                var thief = Browser(port: server.port)
                thief.plant("jialing", planted)
                #expect(try await !thief.asks { try $0.get("/account") }.body.contains("root@example.org"))
                // Who signed out left nothing to use.
                _ = try await victim.asks { try $0.get("/account") }
                var kept = victim
                #expect(try await kept.asks { try $0.get("/account") }.body.contains("root@example.org"))
                #expect(try await victim.asks { try $0.post("/sign-out", []) }.status == 303)
                #expect(try await !kept.asks { try $0.get("/account") }.body.contains("root@example.org"))
                let key = try #require(kept.cookies["jialing"])
                site.secrets.withLock { _ = $0.insert(key) }
                // The list of sign-ins shows no key.
                #expect(try await !administrator.asks { try $0.get("/account") }.body.contains(key))
            }
        }

        @Test("Over TLS no other host can plant the cookie, and the browser is told to stay with TLS")
        func secureCookie() async throws {
            try await Site.with(.sqlite, Self.rates + ["--public-address", "https://green.example.org"]) { site in
                let server = try await site.start(isFirst: true, port: try Connection.freePort())
                var browser = Browser(port: server.port)
                let key = try #require(server.setUpKey)
                let accepted = try await browser.asks {
                    try $0.post("/invitation/\(key)", Self.root + [("name", "虚构管理员")])
                }
                #expect(accepted.status == 303)
                let answer = try await browser.asks {
                    try $0.post("/sign-in", Self.root, [("Origin", "https://green.example.org")])
                }
                #expect(answer.status == 303)
                let cookie = try #require(answer.all("Set-Cookie").first { $0.hasPrefix("__Host-jialing=") })
                for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] { #expect(cookie.contains(flag)) }
                #expect(!cookie.contains("Domain"))
                #expect(answer.all("Set-Cookie").allSatisfy { $0.contains("; Secure") })
                #expect(answer.header("Strict-Transport-Security")?.contains("max-age=31536000") == true)
                // The address of the port is another site.
                let port = server.port
                let other = try await browser.asks {
                    try $0.post("/sign-in", Self.root, [("Origin", "http://127.0.0.1:\(port)")])
                }
                #expect(other.status == 403)
                #expect(await server.stop() == 0)
            }
        }

        // MARK: Other sites

        @Test("What another site sends is refused, and changes nothing")
        func crossSite() async throws {
            try await Self.withSite { site, server, administrator in
                let port = server.port
                let fields = [("kind", "lender"), ("name", "虚构伪造银行"), ("region", "500000")]
                let foreign: [[(String, String)]] = [
                    [("Origin", "https://evil.example")], [("Origin", "null")],
                    [("Origin", "http://127.0.0.1:\(port).evil.example")],
                    [("Origin", "https://127.0.0.1:\(port)")], [("Sec-Fetch-Site", "cross-site")],
                    [("Sec-Fetch-Site", "same-site")],
                    [("Origin", "http://127.0.0.1:\(port)"), ("Sec-Fetch-Site", "cross-site")],
                ]
                for headers in foreign {
                    let answer = try await administrator.asks { try $0.post("/organisations", fields, headers) }
                    #expect(answer.status == 403, "\(headers)")
                    // Nor can it sign a visitor in as somebody else.
                    var visitor = Browser(port: port)
                    #expect(
                        try await visitor.asks { try $0.post("/sign-in", Self.root, headers) }.status == 403,
                        "\(headers)")
                    #expect(visitor.cookies == [:])
                }
                // No token, a made-up one, and one of another sign-in of the same person.
                let other = try await site.signIn(server, email: "root@example.org")
                let token = try #require(other.formToken)
                #expect(token != administrator.formToken)
                for token in ["", String(repeating: "A", count: 86), token] {
                    let answer = try await administrator.asks {
                        try $0.post("/organisations", fields + [("form_token", token)])
                    }
                    #expect(answer.status == 403)
                }
                let list = try await administrator.asks { try $0.get("/organisations") }
                #expect(!list.body.contains("虚构伪造银行"))
                // Our own page may.
                let own = try await administrator.asks {
                    try $0.post(
                        "/organisations", fields,
                        [("Origin", "http://127.0.0.1:\(port)"), ("Sec-Fetch-Site", "same-origin")])
                }
                #expect(own.status == 303)
            }
        }

        @Test("A way back leads to this site alone")
        func openRedirect() async throws {
            try await Self.withSite { _, server, administrator in
                let ways = [
                    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
                    "/\t/evil.example", "/\r\nLocation: https://evil.example", "javascript:alert(1)", "/ /evil.example",
                    "evil.example", " //evil.example", "/\u{2028}/evil", "https:evil.example", "",
                ]
                for way in ways {
                    let spoken = try await administrator.asks {
                        try $0.post("/language", [("language", "zh"), ("back", way)])
                    }
                    #expect(spoken.status == 303)
                    #expect(spoken.all("Location") == ["/"], "\(way)")
                }
                var visitor = Browser(port: server.port)
                let signedIn = try await visitor.asks { try $0.post("/sign-in", Self.root + [("back", ways[1])]) }
                #expect(signedIn.all("Location") == ["/"])
                let page = try await visitor.asks {
                    try $0.get("/sign-in?back=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
                }
                #expect(!page.body.contains("<script"))
            }
        }

        // MARK: What is entered

        @Test("A line end in a text makes no header")
        func headerInjection() async throws {
            try await Self.withSite { _, server, administrator in
                let evil = "虚构\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>"
                var answers: [Answer] = []
                answers.append(
                    try await administrator.asks {
                        try $0.post("/organisations", [("kind", "lender"), ("name", evil), ("region", "500000")])
                    })
                answers.append(
                    try await administrator.asks {
                        try $0.post("/account/profile", [("name", evil), ("language", "zh\r\nSet-Cookie: evil=1")])
                    })
                answers.append(
                    try await administrator.asks {
                        try $0.post("/language", [("language", "zh\r\nSet-Cookie: evil=1"), ("back", "/")])
                    })
                answers.append(
                    try await administrator.asks {
                        try $0.post("/sign-in", [("email", evil), ("password", "x"), ("back", "/\r\nX-Evil: 1")])
                    })
                for path in [
                    "/%0d%0aSet-Cookie:%20evil=1", "/projects?words=%0d%0aSet-Cookie:%20evil=1",
                    "/sign-in?done=%0d%0aSet-Cookie:%20evil=1", "/organisations/%0d%0aSet-Cookie:%20evil=1",
                ] {
                    answers.append(try await administrator.asks { try $0.get(path) })
                }
                for answer in answers {
                    #expect(
                        answer.headers.allSatisfy { !$0.value.contains("evil=1") && $0.name != "X-Evil" },
                        "\(answer.headers)")
                    #expect(!answer.body.contains("<script"))
                }
                #expect(administrator.cookies["evil"] == nil)
                #expect(server.port > 0)
            }
        }

        @Test("Nothing outside of the assets is served as one")
        func traversal() async throws {
            let paths = [
                "/assets/../key", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%2f..%2fetc%2fpasswd", "/assets/style.css/../../data/key", "/assets/style.css%00.txt",
                "/assets/....//....//etc/passwd", "/assets/%c0%ae%c0%ae/key", "/assets/", "//etc/passwd",
                "/../../etc/passwd", "/data/key", "/jialing.sqlite",
            ]
            try await Site.with(.sqlite, Self.rates) { site in
                let server = try await site.start(isFirst: true)
                for path in paths {
                    let answer = try await Exchange.waiting {
                        try Exchange.send(
                            "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: server.port)
                    }
                    #expect(answer.status == 404 || answer.status == 400, "\(path)")
                    #expect(!answer.body.contains("root:"), "\(path)")
                    let policy = answer.header("Content-Security-Policy")
                    #expect(policy?.contains("frame-ancestors 'none'") == true || answer.status == 400, "\(path)")
                }
            }
        }

        // MARK: Accounts

        @Test("Who has an account is not told by the answer to a wrong password")
        func enumeration() async throws {
            try await Self.withSite { site, server, _ in
                site.secrets.withLock { $0.formUnion(["no such words at all", "nobody@example.org"]) }
                var bodies: [String] = []
                for email in ["root@example.org", "nobody@example.org"] {
                    var visitor = Browser(port: server.port)
                    let answer = try await visitor.asks {
                        try $0.post("/sign-in", [("email", email), ("password", "no such words at all")])
                    }
                    #expect(answer.status == 422)
                    #expect(!answer.body.contains("no such words"))
                    bodies.append(answer.body.replacing(email, with: "EMAIL"))
                }
                #expect(bodies[0] == bodies[1])
            }
        }

        @Test("An invitation's link works once, and not after it was taken back")
        func invitationReuse() async throws {
            try await Self.withSite { site, server, administrator in
                let bank = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                let key = try await site.invitation(
                    &administrator, to: bank, roles: ["reader"], email: "first@example.org")
                _ = try await site.join(server, key: key, email: "first@example.org", name: "虚构一")
                var second = Browser(port: server.port)
                #expect(try await second.asks { try $0.get("/invitation/\(key)") }.status == 404)
                let again = try await second.asks {
                    try $0.post(
                        "/invitation/\(key)",
                        [("email", "second@example.org"), ("name", "虚构二"), ("password", Site.password)])
                }
                #expect(again.status == 404)

                let other = try await site.invitation(
                    &administrator, to: bank, roles: ["reader"], email: "third@example.org")
                site.secrets.withLock { $0.formUnion([other, "third@example.org", "second@example.org"]) }
                let changed = String(other.dropLast(8)) + (other.hasSuffix("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA")
                #expect(try await second.asks { try $0.get("/invitation/\(changed)") }.status == 404)
                let people = try await administrator.asks { try $0.get("/organisations/\(bank)/people") }
                let id = try #require(Browser.between("/invitations/", "/withdraw", in: people.body))
                #expect(try await administrator.asks { try $0.post("/invitations/\(id)/withdraw", []) }.status == 303)
                #expect(try await second.asks { try $0.get("/invitation/\(other)") }.status == 404)

                // For somebody who has an account: the password of it, and not a new one.
                let third = try await site.invitation(
                    &administrator, to: bank, roles: ["officer"], email: "first@example.org")
                site.secrets.withLock { $0.formUnion([third, "another set of words"]) }
                let taken = try await second.asks {
                    try $0.post("/invitation/\(third)", [("name", "虚构"), ("password", "another set of words")])
                }
                #expect(taken.status == 422)
                #expect(
                    try await second.asks {
                        try $0.post("/invitation/\(third)", [("name", "虚构"), ("password", Site.password)])
                    }.status == 303)
            }
        }
    }
}
