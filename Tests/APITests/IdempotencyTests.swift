import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Synchronization
import Testing
import Vocabulary
import WebFixtures

@testable import API
@testable import Web

/// Keys in memory, as a database keeps them.
final class MemoryKeys: Sendable {
    private struct Entry {
        let request: RepeatableRequest
        var answer: AnswerRecord?
    }
    private let entries = Mutex<[String: Entry]>([:])

    var count: Int { entries.withLock { $0.count } }

    var store: IdempotencyStore {
        @Sendable func name(_ request: RepeatableRequest) -> String {
            "\(request.asker) \(request.operation) \(request.key)"
        }
        return IdempotencyStore(
            begin: { request in
                self.entries.withLock { entries in
                    guard let entry = entries[name(request)] else {
                        entries[name(request)] = Entry(request: request, answer: nil)
                        return .taken
                    }
                    guard entry.request.digest == request.digest else { return .another }
                    return entry.answer.map(RequestState.answered) ?? .underWay
                }
            },
            finish: { request, answer in self.entries.withLock { $0[name(request)]?.answer = answer } },
            abandon: { request in self.entries.withLock { _ = $0.removeValue(forKey: name(request)) } })
    }
}

@Suite("Requests that may be sent again")
struct IdempotencyTests {
    private final class Doings: Sendable {
        let count = Atomic(0)
    }

    private func endpoint(_ doings: Doings, use: Endpoint.Use = .required) -> Endpoint {
        Endpoint.test(
            .post, "/loans", security: .signedIn, body: .json(.object([.init("name", .text(0...9))])),
            replies: [.init(201, .json(.anything))]
        ) { request in
            let count = doings.count.add(1, ordering: .relaxed).newValue
            if request.body?["name"] == "fail" { throw Problem.conflict }
            return .created(.integer(Int64(count)), path: "/loans/\(count)", tag: EntityTag(version: 1))
        }.with { $0.idempotencyKey = use }
    }

    private func headers(_ key: String?, token: String = TestAPI.writer) -> HTTPFields {
        var headers: HTTPFields = [.authorization: "Bearer \(token)", .contentType: "application/json"]
        headers[HTTPField.Name(checked: "Idempotency-Key")] = key
        return headers
    }

    @Test("The same request with the same key is done once and answered twice")
    func replay() async throws {
        let (doings, keys) = (Doings(), MemoryKeys())
        let replayed = HTTPField.Name(checked: "Idempotency-Replayed")
        try await TestAPI([endpoint(doings)], idempotency: keys.store).test { client in
            let body = ByteBuffer(string: #"{"name":"a"}"#)
            for index in 0..<3 {
                try await client.execute(uri: "/api/v1/loans", method: .post, headers: headers("k1"), body: body) {
                    answer in
                    #expect(answer.status == .created && answer.text == "1")
                    #expect(answer.headers[.location] == "/api/v1/loans/1")
                    #expect(answer.headers[.eTag] == "\"v1\"")
                    #expect(answer.headers[.contentType] == "application/json")
                    #expect(answer.headers[replayed] == (index == 0 ? nil : "true"))
                }
            }
            try await client.execute(uri: "/api/v1/loans", method: .post, headers: headers("\"k1\""), body: body) {
                #expect($0.text == "1", "quoted, as the draft writes it, it is the same key")
            }
            try await client.execute(uri: "/api/v1/loans", method: .post, headers: headers("k2"), body: body) {
                #expect($0.text == "2")
            }
        }
        #expect(doings.count.load(ordering: .relaxed) == 2)
    }

    @Test("A key for another request, a request still in work, a failed one")
    func others() async throws {
        let (doings, keys) = (Doings(), MemoryKeys())
        try await TestAPI([endpoint(doings)], idempotency: keys.store).test { client in
            func post(_ key: String?, _ name: String, _ check: @escaping (TestResponse) throws -> Void) async throws {
                try await client.execute(
                    uri: "/api/v1/loans", method: .post, headers: headers(key),
                    body: ByteBuffer(string: "{\"name\":\"\(name)\"}"), testCallback: check)
            }
            try await post("k", "a") { #expect($0.status == .created) }
            try await post("k", "b") { answer in
                #expect(answer.status == .unprocessableContent)
                let value = try answer.json()
                #expect(value["code"] == "api.idempotency-conflict")
            }
            // What failed was not done: with the same key it is done again, and the key is free.
            for _ in 0..<2 { try await post("f", "fail") { #expect($0.status == .conflict) } }
            #expect(doings.count.load(ordering: .relaxed) == 3)
            #expect(keys.count == 1)
            // A request that is refused before it is done takes no key.
            try await post("g", "far too long a name") { #expect($0.status == .unprocessableContent) }
            #expect(keys.count == 1)
            try await post(nil, "a") { answer in
                #expect(answer.status == .badRequest)
                let value = try answer.json()
                #expect(value["code"] == "api.missing-idempotency-key")
            }
            for bad in ["", " ", "a b", "键", String(repeating: "k", count: 201)] {
                try await post(bad, "a") { #expect($0.status == .badRequest, "\(bad)") }
            }
        }
        let busy = IdempotencyStore(begin: { _ in .underWay }, finish: { _, _ in }, abandon: { _ in })
        try await TestAPI([endpoint(doings)], idempotency: busy).test { client in
            try await client.execute(
                uri: "/api/v1/loans", method: .post, headers: headers("k"), body: ByteBuffer(string: #"{"name":"a"}"#)
            ) { answer in
                #expect(answer.status == .conflict && answer.headers[.retryAfter] == "1")
            }
        }
    }

    @Test("Two people's keys never meet, and pieces of a request are not run together in its digest")
    func separation() async throws {
        let (doings, keys) = (Doings(), MemoryKeys())
        try await TestAPI([endpoint(doings, use: .optional)], idempotency: keys.store).test { client in
            let body = ByteBuffer(string: #"{"name":"a"}"#)
            for token in [TestAPI.reader, TestAPI.writer] {
                // Both tokens of the tests have one id, so the same key is the same asker's.
                try await client.execute(
                    uri: "/api/v1/loans", method: .post, headers: headers("k", token: token), body: body
                ) {
                    #expect($0.text == "1")
                }
            }
            try await client.execute(uri: "/api/v1/loans", method: .post, headers: headers(nil), body: body) {
                #expect($0.text == "2", "without a key nothing is kept")
            }
            let session: HTTPFields = [
                .cookie: "jialing=\(TestAPI.key)", .contentType: "application/json",
                HTTPField.Name(checked: "Idempotency-Key"): "k",
                HTTPField.Name(checked: FormTokens.header):
                    CrossSiteToken(session: try Secret(.session, reading: TestAPI.key)).text(.system),
            ]
            try await client.execute(uri: "/api/v1/loans", method: .post, headers: session, body: body) {
                #expect($0.text == "3")
            }
        }
        #expect(Idempotency.digest([[1, 2], [3]]) != Idempotency.digest([[1], [2, 3]]))
    }
}
