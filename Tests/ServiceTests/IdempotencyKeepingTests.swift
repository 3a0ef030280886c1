import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import API
@testable import Service

@Suite("Keys of requests that may be sent again, as they are kept")
struct IdempotencyKeepingTests {
    private func request(_ key: String = "k", asker: String = "per_a", digest: Character = "0") -> RepeatableRequest {
        RepeatableRequest(
            asker: asker, operation: "registerProject", key: key, digest: String(repeating: digest, count: 64))
    }

    private let answer = AnswerRecord(
        status: 201, headers: ["Content-Type": "application/json"], body: Array("{}".utf8))

    @Test("A key is taken once, answered ever after, and refused to another request", arguments: Engine.allCases)
    func life(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            #expect(try await store.begin(request()) == .taken)
            #expect(try await store.begin(request()) == .underWay)
            #expect(try await store.begin(request(digest: "1")) == .another)
            #expect(try await store.begin(request(asker: "per_b")) == .taken)
            try await store.finish(request(), answer)
            #expect(try await store.begin(request()) == .answered(answer))
            #expect(try await store.begin(request(digest: "1")) == .another)
            // Giving back what is done does nothing.
            try await store.abandon(request())
            #expect(try await store.begin(request()) == .answered(answer))
            try await store.abandon(request(asker: "per_b"))
            #expect(try await store.begin(request(asker: "per_b")) == .taken)
        }
    }

    @Test(
        "After a minute the work of a process that died is taken over, by one; after a day a key is new",
        arguments: Engine.allCases)
    func time(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            #expect(try await store.begin(request()) == .taken)
            house.pass(seconds: 59)
            #expect(try await store.begin(request()) == .underWay)
            house.pass(seconds: 1)
            let findings = try await withThrowingTaskGroup(of: RequestState.self) { group in
                for _ in 0..<8 { group.addTask { try await store.begin(request()) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(findings.filter { $0 == .taken }.count == 1)
            #expect(findings.filter { $0 == .underWay }.count == 7)
            try await store.finish(request(), answer)
            house.pass(seconds: 86_399)
            #expect(try await store.begin(request()) == .answered(answer))
            house.pass(seconds: 1)
            #expect(try await store.begin(request(digest: "2")) == .taken)
        }
    }

    @Test("Of many who come at once with a new key one takes it", arguments: Engine.allCases)
    func manyAtOnce(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let store = IdempotencyStore.kept(by: house.platform)
            for round in 0..<5 {
                let findings = try await withThrowingTaskGroup(of: RequestState.self) { group in
                    for _ in 0..<8 { group.addTask { try await store.begin(request("k\(round)")) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(findings.filter { $0 == .taken }.count == 1)
                #expect(findings.filter { $0 == .underWay }.count == 7)
            }
        }
    }
}
