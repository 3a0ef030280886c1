import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import API
@testable import Service

@Suite("Keys of requests that may be sent again, as they are kept")
struct IdempotencyKeepingTests {
    private func request(_ key: String = "k", asker: String = "per_a", digest: Character = "0") -> IdempotentRequest {
        IdempotentRequest(
            key: key, asker: asker, operation: "registerProject", digest: String(repeating: digest, count: 64))
    }

    private let answer = KeptAnswer(status: 201, headers: ["Content-Type": "application/json"], body: Array("{}".utf8))

    @Test("A key is taken once, answered ever after, and refused to another request", arguments: Engine.allCases)
    func life(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            #expect(try await store.begin(request()) == .new)
            #expect(try await store.begin(request()) == .inProgress)
            #expect(try await store.begin(request(digest: "1")) == .conflict)
            #expect(try await store.begin(request(asker: "per_b")) == .new)
            try await store.finish(request(), answer)
            #expect(try await store.begin(request()) == .replay(answer))
            #expect(try await store.begin(request(digest: "1")) == .conflict)
            // Giving back what is done does nothing.
            try await store.abandon(request())
            #expect(try await store.begin(request()) == .replay(answer))
            try await store.abandon(request(asker: "per_b"))
            #expect(try await store.begin(request(asker: "per_b")) == .new)
        }
    }

    @Test(
        "After a minute the work of a process that died is taken over, by one; after a day a key is new",
        arguments: Engine.allCases)
    func time(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            #expect(try await store.begin(request()) == .new)
            house.pass(seconds: 59)
            #expect(try await store.begin(request()) == .inProgress)
            house.pass(seconds: 1)
            let findings = try await withThrowingTaskGroup(of: IdempotencyFinding.self) { group in
                for _ in 0..<8 { group.addTask { try await store.begin(request()) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(findings.filter { $0 == .new }.count == 1)
            #expect(findings.filter { $0 == .inProgress }.count == 7)
            try await store.finish(request(), answer)
            house.pass(seconds: 86_399)
            #expect(try await store.begin(request()) == .replay(answer))
            house.pass(seconds: 1)
            #expect(try await store.begin(request(digest: "2")) == .new)
        }
    }

    @Test("Of many who come at once with a new key one takes it", arguments: Engine.allCases)
    func manyAtOnce(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            for round in 0..<5 {
                let findings = try await withThrowingTaskGroup(of: IdempotencyFinding.self) { group in
                    for _ in 0..<8 { group.addTask { try await store.begin(request("k\(round)")) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(findings.filter { $0 == .new }.count == 1)
                #expect(findings.filter { $0 == .inProgress }.count == 7)
            }
        }
    }
}
