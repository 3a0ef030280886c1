import Access
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Organisations, their people and tokens")
struct OrganisationTests {
    @Test(
        "The first administrator comes in by a link, of which only the latest counts, and none once it was used",
        arguments: Engine.allCases)
    func settingUp(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            func link() async throws -> Secret? {
                try await house.platform.setUpLink(name: "平台运营方", region: TestPlatform.chongqing)
            }
            let first = try #require(try await link())
            let second = try #require(try await link())
            await #expect(throws: PlatformFault.notFound) { try await house.platform.invitation(key: first) }
            let acceptance = Acceptance(
                email: "root@example.org", name: "管理员", language: .zh, password: TestPlatform.password)
            _ = try await house.platform.accept(acceptance, key: second)
            await #expect(throws: PlatformFault.notFound) { try await house.platform.accept(acceptance, key: second) }
            #expect(try await link() == nil)
        }
    }

    @Test("An invitation is for one address, one use and one week, and can be taken back", arguments: Engine.allCases)
    func invitations(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let administrator = try await house.member(.lender, [.administrator])
            func invite() async throws -> Invited {
                try await house.platform.invite(
                    email: "zhou@example.org", roles: [.reader], to: administrator.home, by: administrator)
            }
            let acceptance = Acceptance(
                email: "else@example.org", name: "周", language: .zh, password: TestPlatform.password)
            let late = try await invite()
            house.pass(seconds: Platform.invitationLength)
            await #expect(throws: PlatformFault.notFound) { try await house.platform.accept(acceptance, key: late.key) }
            let withdrawn = try await invite()
            try await house.platform.withdraw(withdrawn.invitation.id, by: administrator)
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.accept(acceptance, key: withdrawn.key)
            }
            let good = try await invite()
            _ = try await house.platform.accept(acceptance, key: good.key)
            let members = try await house.platform.members(of: administrator.home, by: administrator)
            #expect(members.map(\.person.email.text).contains("zhou@example.org"))
            #expect(!members.map(\.person.email.text).contains("else@example.org"))
        }
    }

    @Test("Who has an account proves it with its password to take a second membership", arguments: Engine.allCases)
    func secondMembership(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let person = try await SignInTests.invited(house)
            let district = try await house.member(.district, [.administrator])
            let invited = try await house.platform.invite(
                email: "lin@example.org", roles: [.reader], to: district.home, by: district)
            await #expect(throws: PlatformFault.self) {
                try await house.platform.accept(
                    Acceptance(email: "", name: "", language: .zh, password: "a password of somebody else"),
                    key: invited.key)
            }
            let accepted = try await house.platform.accept(
                Acceptance(email: "", name: "", language: .zh, password: TestPlatform.password), key: invited.key)
            #expect(accepted == person)
            let signedIn = try await house.platform.signIn(
                email: "lin@example.org", password: TestPlatform.password, from: SignInTests.home)
            #expect(Set(signedIn.viewer.memberships.map(\.kind)) == [.lender, .district])
        }
    }

    @Test(
        "Administrators of one organisation have no say in another, and do not learn of it", arguments: Engine.allCases)
    func apart(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let here = try await house.member(.lender, [.administrator])
            let there = try await house.member(.lender, [.administrator, .officer, .reviewer, .reader])
            let somebody = there.person
            for attempt: () async throws -> Void in [
                { _ = try await house.platform.organisation(there.home, by: here) },
                { _ = try await house.platform.members(of: there.home, by: here) },
                { _ = try await house.platform.invitations(of: there.home, by: here) },
                { _ = try await house.platform.tokens(of: there.home, by: here) },
                { _ = try await house.platform.auditTrail(of: there.home, limit: 10, by: here) },
                { _ = try await house.platform.invite(email: "a@b.cd", roles: [.reader], to: there.home, by: here) },
                { try await house.platform.setRoles([.reader], of: somebody, in: there.home, by: here) },
                { try await house.platform.endMembership(of: somebody, in: there.home, by: here) },
                {
                    _ = try await house.platform.issueToken(
                        name: "x", scopes: [.projectsRead], days: 1, for: there.home, by: here)
                },
            ] {
                await #expect(throws: PlatformFault.notFound) { try await attempt() }
            }
            #expect(try await house.platform.organisations(limit: 10, by: here).map(\.id) == [here.home])
        }
    }

    @Test("The last administrator cannot leave, also not when two go at once", arguments: Engine.allCases)
    func lastAdministrator(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let organisation = try await house.organisation(.lender)
            let one = try await house.viewer([.administrator], of: organisation)
            await #expect(throws: PlatformFault.conflict("organisation.last-administrator")) {
                try await house.platform.endMembership(of: one.person, in: organisation.id, by: one)
            }
            let two = try await house.viewer([.administrator], of: organisation)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for viewer in [one, two] {
                    group.addTask {
                        do {
                            try await house.platform.setRoles(
                                [.reader], of: viewer.person, in: organisation.id, by: viewer)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter(\.self).count == 1)
        }
    }

    @Test(
        "A token opens what its scopes say for its organisation, until it is revoked or its maker leaves",
        arguments: Engine.allCases)
    func tokens(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let organisation = try await house.organisation(.lender)
            let keeper = try await house.viewer([.administrator], of: organisation)
            let maker = try await house.viewer([.administrator], of: organisation)
            func issue() async throws -> IssuedToken {
                try await house.platform.issueToken(
                    name: "核心系统", scopes: [.projectsRead], days: 30, for: organisation.id, by: maker)
            }
            let revoked = try await issue()
            let viewer = try #require(try await house.platform.viewer(tokenKey: revoked.key))
            #expect(!viewer.grants(for: .readProject).isEmpty)
            #expect(viewer.grants(for: .registerProject).isEmpty)
            #expect(viewer.grants(for: .issueToken).isEmpty)
            await #expect(throws: PlatformFault.signInNeeded) { try await house.platform.account(of: viewer) }
            try await house.platform.revokeToken(revoked.token.id, by: keeper)
            #expect(try await house.platform.viewer(tokenKey: revoked.key) == nil)
            let expired = try await issue()
            house.pass(seconds: 30 * 86_400)
            #expect(try await house.platform.viewer(tokenKey: expired.key) == nil)
            let left = try await issue()
            try await house.platform.endMembership(of: maker.person, in: organisation.id, by: keeper)
            #expect(try await house.platform.viewer(tokenKey: left.key) == nil)
        }
    }

    @Test(
        "An organisation is changed only by who saw its latest version; its region only by the operator",
        arguments: Engine.allCases)
    func editing(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let administrator = try await house.member(.regulator, [.administrator])
            let id = administrator.home
            let seen = try await house.platform.organisation(id, by: administrator)
            var draft = OrganisationDraft(name: "新名称", region: seen.organisation.region)
            let changed = try await house.platform.editOrganisation(
                id, draft, version: seen.version, by: administrator)
            #expect(changed.organisation.name == "新名称")
            await #expect(throws: PlatformFault.changedMeanwhile) {
                try await house.platform.editOrganisation(id, draft, version: seen.version, by: administrator)
            }
            draft.region = RegionCode(100_000)!
            await #expect(throws: PlatformFault.invalid("/region", "organisation.region-fixed")) {
                try await house.platform.editOrganisation(id, draft, version: changed.version, by: administrator)
            }
            let operatorsOwn = try await house.member(.platformOperator, [.administrator])
            draft.region = TestPlatform.sichuan
            _ = try await house.platform.editOrganisation(id, draft, version: changed.version, by: operatorsOwn)
            try await house.platform.closeOrganisation(id, version: changed.version + 1, by: operatorsOwn)
            await #expect(throws: PlatformFault.conflict("organisation.closed")) {
                try await house.platform.invite(email: "a@b.cd", roles: [.reader], to: id, by: administrator)
            }
        }
    }

    @Test("Two organisations cannot have one credit code", arguments: Engine.allCases)
    func creditCodes(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let viewer = try await house.member(.platformOperator, [.administrator])
            let draft = OrganisationDraft(
                name: "虚构银行", creditCode: "91350100M000100Y43", region: TestPlatform.chongqing)
            _ = try await house.platform.createOrganisation(.lender, draft, by: viewer)
            await #expect(throws: PlatformFault.conflict("organisation.credit-code-taken")) {
                try await house.platform.createOrganisation(.lender, draft, by: viewer)
            }
            var wrong = draft
            wrong.creditCode = "91350100M000100Y44"
            wrong.name = " "
            do {
                _ = try await house.platform.createOrganisation(.lender, wrong, by: viewer)
                Issue.record("taken with faults")
            } catch PlatformFault.invalid(let faults) {
                #expect(faults.map(\.pointer) == ["/name", "/credit_code"])
            }
            await #expect(throws: PlatformFault.forbidden(.createOrganisation)) {
                let regulator = try await house.member(.regulator, Set(Role.allCases))
                _ = try await house.platform.createOrganisation(.lender, draft, by: regulator)
            }
        }
    }
}
