import Foundation
import Store
import Testing

extension ServerProcessTests {
    @Suite("Two servers on one database")
    struct DoubledTests {
        @Test("A sign-in, a sign-out, a form and wrong passwords count on both, whichever was asked")
        func doubled() async throws {
            try await Site.with(.postgresql) { site in
                let one = try await site.start(isFirst: true)
                var administrator = try await site.administrator(one)
                // Later: as long as there is no administrator, every start ends the link of the one before.
                let two = try await site.start()
                #expect(one.port != two.port)

                // The form was shown by one and is sent to the other.
                let name = "虚构银行一分行"
                var elsewhere = administrator.at(two.port)
                let bank = try await site.organisation(&elsewhere, kind: "lender", name: name, region: "500000")
                let seen = try await administrator.asks { try $0.get("/organisations/\(bank)") }
                #expect(seen.status == 200)
                #expect(seen.body.contains(name))

                // An invitation of one is accepted at the other, once.
                let key = try await site.invitation(
                    &administrator, to: bank, roles: ["reader"], email: "reader@example.org")
                var reader = try await site.join(two, key: key, email: "reader@example.org", name: "虚构读者")
                var late = Browser(port: one.port)
                #expect(try await late.asks { try $0.get("/invitation/\(key)") }.status == 404)

                // Signed in at two, known at one; signed out at one, unknown at two.
                var readerAtOne = reader.at(one.port)
                #expect(try await readerAtOne.asks { try $0.get("/account") }.status == 200)
                #expect(try await readerAtOne.asks { try $0.post("/sign-out", []) }.status == 303)
                let afterwards = try await reader.asks { try $0.get("/account") }
                #expect(afterwards.status == 401 || afterwards.status == 303, "\(afterwards.status)")
                #expect(!afterwards.body.contains("reader@example.org"))

                // Wrong passwords, in turn at one and at two: the fifth makes even the right one wait, at both.
                for attempt in 0..<5 {
                    var stranger = Browser(port: attempt % 2 == 0 ? one.port : two.port)
                    let answer = try await stranger.asks {
                        try $0.post(
                            "/sign-in", [("email", "reader@example.org"), ("password", "wrong words in a row")])
                    }
                    #expect(answer.status == 422)
                }
                for server in [one, two] {
                    var owner = Browser(port: server.port)
                    let answer = try await owner.asks {
                        try $0.post("/sign-in", [("email", "reader@example.org"), ("password", Site.password)])
                    }
                    #expect(answer.status == 422)
                    #expect(owner.cookies["jialing"] == nil)
                }

                // One goes, the other goes on.
                #expect(await one.stop() == 0)
                var remaining = administrator.at(two.port)
                #expect(try await remaining.asks { try $0.get("/organisations") }.status == 200)
                #expect(await two.stop() == 0)
            }
        }
    }
}
