import Foundation
import Store
import Testing

extension ServerProcessTests {
    @Suite("Scripts in texts")
    struct ScriptTests {
        /// Breaks out of an element, of an attribute in either quotes, and of a comment.
        private static let evil = "虚构x\" onmouseover=\"alert(1)' onfocus='alert(2)--><script>alert(3)</script>"
        /// What would stand in a page that lets it out.
        private static let outbreaks = ["x\" onmouseover", "' onfocus='", "<script"]

        @Test("No text that anybody enters becomes markup on any page, and no page can be framed")
        func everyPage() async throws {
            try await AttackTests.withSite { site, server, administrator in
                let agent = [("User-Agent", Self.evil)]
                let place = try await site.organisation(
                    &administrator, kind: "district", name: "虚构区县", region: "500235")
                let bank = try await site.organisation(
                    &administrator, kind: "lender", name: Self.evil, region: "500000")
                let seen = try await administrator.asks { try $0.get("/organisations/\(bank)") }
                let version = try #require(Browser.between("name=\"version\" value=\"", "\"", in: seen.body))
                let named = try await administrator.asks {
                    try $0.post(
                        "/organisations/\(bank)",
                        [("name", Self.evil), ("english_name", Self.evil), ("region", "500000"), ("version", version)])
                }
                #expect(named.status == 303, "\(named.body)")
                var author = try await site.member(
                    server, &administrator, of: place, roles: ["officer", "reviewer"], email: "author@example.org",
                    name: Self.evil)
                var signedIn = Browser(port: server.port)
                _ = try await signedIn.asks {
                    try $0.post("/sign-in", [("email", "author@example.org"), ("password", Site.password)], agent)
                }
                _ = try await site.invitation(
                    &administrator, to: bank, roles: ["reader"], email: "o'reader&co@example.org")
                let token = try await administrator.asks { browser in
                    try browser.post(
                        "/organisations/\(bank)/tokens", [("name", Self.evil), ("scopes", "read"), ("days", "9")])
                }
                #expect([200, 303, 403, 404, 422].contains(token.status))

                let fields = [
                    ("organisation", place), ("name", Self.evil), ("owner_name", Self.evil), ("region", "500235"),
                    ("purpose", Self.evil),
                    ("stage", "approved"), ("total_investment", "65000"), ("need_amount", "45000"),
                    ("need_kind", "loan"),
                    ("contact_name", Self.evil), ("contact_telephone", "023-0000"), ("contact_email", "a@example.org"),
                    ("subjects", "cn.green-finance.2025 = 4.2.1"), ("facts", "installed_capacity = 100000"),
                ]
                let registered = try await author.asks { try $0.post("/projects", fields) }
                let id = try #require(
                    Browser.between("/projects/", "?", in: registered.header("Location") ?? ""), "\(registered.body)")
                let edited = try await author.asks {
                    try $0.post(
                        "/projects/\(id)/edit",
                        fields.filter { $0.0 != "purpose" } + [
                            ("purpose", "建设"), ("version", "1"), ("reason", Self.evil),
                        ])
                }
                #expect(edited.status == 303, "\(edited.body)")
                // A form that comes back filled.
                let refused = try await author.asks {
                    try $0.post(
                        "/projects",
                        fields.map {
                            $0.0 == "facts" ? ("facts", Self.evil) : $0.0 == "region" ? ("region", Self.evil) : $0
                        })
                }
                #expect(refused.status == 422)
                Self.check(refused, "/projects, refused")

                let query = Self.evil.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let further = ["words", "region", "status", "before", "after", "kind", "done", "back"].map {
                    "\($0)=\(query)"
                }.joined(separator: "&")
                var banker = try await site.member(
                    server, &administrator, of: bank, roles: ["officer"], email: "banker@example.org", name: Self.evil)
                try await Self.sendBooks(of: bank, by: &banker)
                var shown = 0
                for browser in [administrator, author, banker] {
                    var browser = browser
                    var waiting = [
                        "/", "/projects?\(further)", "/organisations?\(further)", "/books?\(further)",
                        "/sign-in?\(further)", "/account", "/nowhere/\(query)",
                    ]
                    var visited: Set<String> = []
                    while let path = waiting.popLast() {
                        guard visited.insert(path).inserted, visited.count < 150 else { continue }
                        let page = try await browser.asks { try $0.get(path) }
                        Self.check(page, path)
                        if page.body.contains("&lt;script&gt;") { shown += 1 }
                        for part in page.body.components(separatedBy: "href=\"").dropFirst() {
                            let address = String(part.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
                            #expect(
                                address.hasPrefix("/") || address.hasPrefix("#") || address.hasPrefix("http"),
                                "\(address)")
                            if address.hasPrefix("/") { waiting.append(address) }
                        }
                    }
                    #expect(visited.count >= 8)
                }
                // Pages that showed none of it would prove nothing.
                #expect(shown >= 8)
            }
        }

        /// A book, a second version of it, and one that goes back; each full of what would break out.
        private static func sendBooks(of bank: String, by banker: inout Browser) async throws {
            let quoted = "\"\(evil.replacing("\"", with: "\"\""))\""
            func book(_ balance: String, header: String = "项目名称") -> String {
                "借据号,借款人名称,贷款用途,贷款余额,\(header)\n\(quoted),\(quoted),\(quoted)风力发电场建设,\(balance),\(quoted)\n"
            }
            for text in [book("100.00"), book("200.00"), book(quoted, header: quoted)] {
                let sent = try await banker.asks {
                    try $0.upload(
                        "/books", [("organisation", bank), ("period", "2026-01")], file: "\(evil.prefix(3)).csv", text)
                }
                let id = try #require(
                    Browser.between("/books/", "?", in: sent.header("Location") ?? ""), "\(sent.status) \(sent.body)")
                while try await banker.asks({ try $0.get("/books/\(id)") }).header("Refresh") != nil {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }

        private static func check(_ page: Answer, _ path: String) {
            #expect(page.status < 500, "\(path): \(page.status)")
            // A file to be taken home is what it is; no browser makes a page of it.
            if page.header("Content-Disposition")?.hasPrefix("attachment") == true {
                #expect(page.header("Content-Security-Policy")?.hasPrefix("sandbox") == true, "\(path)")
                #expect(page.header("X-Content-Type-Options") == "nosniff", "\(path)")
                return
            }
            for outbreak in outbreaks { #expect(!page.body.contains(outbreak), "\(path) lets \(outbreak) out") }
            #expect(page.header("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true, "\(path)")
            #expect(page.header("Content-Security-Policy")?.contains("default-src 'none'") == true, "\(path)")
            #expect(page.header("X-Content-Type-Options") == "nosniff", "\(path)")
        }
    }
}
