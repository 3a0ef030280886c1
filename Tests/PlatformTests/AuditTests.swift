import Access
import Crypto
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("The audit trail")
struct AuditTests {
    @Test("Acts follow each other without gaps, also when many come at once and some fail", arguments: Engine.allCases)
    func gapless(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let administrator = try await house.member(.lender, [.administrator])
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        // Every third has no role, and fails.
                        _ = try? await house.platform.invite(
                            email: "p\(number)@example.org", roles: number % 3 == 0 ? [] : [.reader],
                            to: administrator.home, by: administrator)
                    }
                }
            }
            let entries = try await house.platform.auditTrail(of: administrator.home, limit: 100, by: administrator)
            #expect(entries.map(\.number) == Array((1...13).reversed()))
        }
    }

    @Test(
        "An entry is canonical JSON with its digest, and says who did what to what for whom", arguments: Engine.allCases
    )
    func content(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let administrator = try await house.member(.lender, [.administrator])
            let invited = try await house.platform.invite(
                email: "secret.name@example.org", roles: [.reader], to: administrator.home, by: administrator)
            let entry = try #require(
                try await house.platform.auditTrail(of: administrator.home, limit: 1, by: administrator).first)
            let body = try JSONValue.parse(entry.body)
            #expect(try body.canonicalBytes() == Array(entry.body.utf8))
            #expect(entry.digest == Array(SHA256.hash(data: Array(entry.body.utf8))))
            #expect(body["act"] == "people.invite")
            #expect(body["subject"]?.text == invited.invitation.id.text)
            #expect(body["person"]?.text == administrator.person.text)
            #expect(body["organisation"]?.text == administrator.home.text)
            #expect(body["at"]?.text == house.now.description)
            // The trail cannot forget: names and addresses, and keys above all, stay out of it.
            #expect(!entry.body.contains("secret.name"))
            #expect(!entry.body.contains(invited.key.text))
        }
    }

    @Test("What failed leaves no entry and nothing else", arguments: Engine.allCases)
    func failure(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let administrator = try await house.member(.lender, [.administrator])
            await #expect(throws: PlatformFault.conflict("organisation.last-administrator")) {
                try await house.platform.endMembership(
                    of: administrator.person, in: administrator.home, by: administrator)
            }
            #expect(try await house.platform.auditTrail(of: administrator.home, limit: 9, by: administrator) == [])
            let members = try await house.platform.members(of: administrator.home, by: administrator)
            #expect(members.map(\.endedAt) == [nil])
        }
    }
}
