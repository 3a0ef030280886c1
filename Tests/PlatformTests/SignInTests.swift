import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import Access
@testable import Platform

@Suite("Signing in")
struct SignInTests {
    static let home = Origin(address: "203.0.113.7", agent: "test")
    static let elsewhere = Origin(address: "198.51.100.9", agent: "test")

    /// Somebody who has accepted an invitation, with a password.
    static func invited(_ house: TestPlatform, email: String = "lin@example.org") async throws -> ID<Person> {
        let administrator = try await house.member(.lender, [.administrator])
        let invited = try await house.platform.invite(
            email: email, roles: [.officer], to: administrator.home, by: administrator)
        return try await house.platform.accept(
            Acceptance(email: "", name: "林", language: .zh, password: TestPlatform.password), key: invited.key)
    }

    @Test(
        "Who accepted an invitation signs in, is known by the key, and no longer after signing out",
        arguments: Engine.allCases)
    func wholeWay(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let person = try await Self.invited(house)
            let signedIn = try await house.platform.signIn(
                email: "Lin@Example.org", password: TestPlatform.password, from: Self.home)
            #expect(signedIn.viewer.person == person)
            let seen = try #require(try await house.platform.viewer(sessionKey: signedIn.key))
            #expect(seen == signedIn.viewer)
            #expect(seen.memberships.map(\.roles) == [[.officer]])
            try await house.platform.signOut(signedIn.session.id, by: seen)
            #expect(try await house.platform.viewer(sessionKey: signedIn.key) == nil)
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.signOut(signedIn.session.id, by: seen)
            }
        }
    }

    @Test("A wrong password, an unknown address and what is no address are refused alike", arguments: Engine.allCases)
    func refusals(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            for (email, password) in [
                ("lin@example.org", "wrong"), ("nobody@example.org", TestPlatform.password),
                ("no address", TestPlatform.password),
            ] {
                await #expect(throws: PlatformFault.signInRefused) {
                    try await house.platform.signIn(email: email, password: password, from: Self.home)
                }
            }
        }
    }

    @Test(
        "After five failures the account waits, from that address alone; a success wipes the slate clean",
        arguments: Engine.allCases)
    func throttle(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            func tries(_ password: String, _ origin: Origin) async throws -> SignedIn {
                try await house.platform.signIn(email: "lin@example.org", password: password, from: origin)
            }
            for _ in 0..<5 {
                await #expect(throws: PlatformFault.signInRefused) { try await tries("wrong", Self.home) }
            }
            let until = house.now.advanced(bySeconds: 60)
            await #expect(throws: PlatformFault.throttled(until: until)) {
                try await tries(TestPlatform.password, Self.home)
            }
            _ = try await tries(TestPlatform.password, Self.elsewhere)
            house.pass(seconds: 60)
            _ = try await tries(TestPlatform.password, Self.home)
            for _ in 0..<4 {
                await #expect(throws: PlatformFault.signInRefused) { try await tries("wrong", Self.home) }
            }
            _ = try await tries(TestPlatform.password, Self.home)
        }
    }

    @Test("Many attempts at once are no way around the throttle", arguments: Engine.allCases)
    func parallelGuesses(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            let refused = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        do {
                            _ = try await house.platform.signIn(
                                email: "lin@example.org", password: "guess \(index)", from: Self.home)
                            return false
                        } catch {
                            return error as? PlatformFault == .signInRefused
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 5)
        }
    }

    @Test("An office of many people behind one address can sign in all morning", arguments: Engine.allCases)
    func office(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            // Without the hashing: what counts is the throttle alone.
            for number in 0..<200 {
                let subjects = ThrottledSubject.signIn("person\(number)@example.org", Self.home)
                try await house.platform.admit(subjects, at: house.now)
                try await house.platform.forgive(subjects)
            }
        }
    }

    @Test("A session ends after two hours unused and after twelve in any case", arguments: Engine.allCases)
    func expiry(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            let idle = try await house.platform.signIn(
                email: "lin@example.org", password: TestPlatform.password, from: Self.home)
            let busy = try await house.platform.signIn(
                email: "lin@example.org", password: TestPlatform.password, from: Self.home)
            for hour in 1...11 {
                house.pass(seconds: 3600)
                #expect(try await house.platform.viewer(sessionKey: busy.key) != nil, "hour \(hour)")
            }
            #expect(try await house.platform.viewer(sessionKey: idle.key) == nil)
            house.pass(seconds: 3600)
            #expect(try await house.platform.viewer(sessionKey: busy.key) == nil)
        }
    }

    @Test(
        "With an authenticator app a code is wanted, counts once, and recovery codes stand in once each",
        arguments: Engine.allCases)
    func secondFactor(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            func signIn(_ code: String?) async throws -> SignedIn {
                try await house.platform.signIn(
                    email: "lin@example.org", password: TestPlatform.password, code: code, from: Self.home)
            }
            let viewer = try await signIn(nil).viewer
            let proposal = try await house.platform.proposeAuthenticator(
                password: TestPlatform.password, by: viewer)
            let app = try #require(TimeBasedCode(base32: proposal.secret))
            // Until it is confirmed it does not count.
            _ = try await signIn(nil)
            let first = app.code(counter: TimeBasedCode.counter(at: house.now))
            let recovery = try await house.platform.confirmAuthenticator(code: first, by: viewer)
            #expect(recovery.count == 10)
            await #expect(throws: PlatformFault.secondFactorNeeded) { try await signIn(nil) }
            // The code that confirmed it has been used.
            await #expect(throws: PlatformFault.signInRefused) { try await signIn(first) }
            house.pass(seconds: 60)
            let second = app.code(counter: TimeBasedCode.counter(at: house.now))
            _ = try await signIn(second)
            await #expect(throws: PlatformFault.signInRefused) { try await signIn(second) }
            _ = try await signIn(recovery[3])
            await #expect(throws: PlatformFault.signInRefused) { try await signIn(recovery[3]) }
            #expect(try await house.platform.account(of: viewer).recoveryCodesLeft == 9)
            try await house.platform.removeAuthenticator(password: TestPlatform.password, by: viewer)
            _ = try await signIn(nil)
        }
    }

    @Test("A changed password ends all other sign-ins and counts from then on", arguments: Engine.allCases)
    func changedPassword(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            _ = try await Self.invited(house)
            func signIn(_ password: String) async throws -> SignedIn {
                try await house.platform.signIn(email: "lin@example.org", password: password, from: Self.home)
            }
            let other = try await signIn(TestPlatform.password)
            let this = try await signIn(TestPlatform.password)
            await #expect(throws: PlatformFault.self) {
                try await house.platform.changePassword(from: "wrong", to: "a new and long one", by: this.viewer)
            }
            do {
                try await house.platform.changePassword(
                    from: TestPlatform.password, to: "password123", by: this.viewer)
                Issue.record("a common password was taken")
            } catch PlatformFault.invalid(let faults) {
                #expect(faults.map(\.pointer) == ["/new_password"])
            }
            try await house.platform.changePassword(
                from: TestPlatform.password, to: "a new and long one", by: this.viewer)
            #expect(try await house.platform.viewer(sessionKey: other.key) == nil)
            #expect(try await house.platform.viewer(sessionKey: this.key) != nil)
            await #expect(throws: PlatformFault.signInRefused) { try await signIn(TestPlatform.password) }
            _ = try await signIn("a new and long one")
        }
    }
}
