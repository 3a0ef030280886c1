import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary
import WebFixtures

@testable import API
@testable import Web

@Suite("Endpoints")
struct EndpointTests {
    private let json: HTTPFields = [.contentType: "application/json"]

    @Test("A handler gets parameters as what they are, and only what is described")
    func parameters() async throws {
        let endpoint = Endpoint.test(
            .get, "/loans/{id}",
            parameters: [
                .path("id", .id(of: Loan.self)), .query("limit", .integer(1...10)), .query("green", .boolean),
                .query("name", .text(1...9)), .query("region", .text(6...6), isRepeated: true),
                .query("day", .date, isRequired: true), .header("X-Mode", .choice(["a", "b"])),
            ]
        ) { request in
            let id: ID<Loan> = try request.id("id")
            #expect(id.text == TestAPI.loan)
            return .json(.object(request.parameters))
        }
        try await TestAPI([endpoint]).test { client in
            let uri = "/api/v1/loans/\(TestAPI.loan)"
            let query = "?limit=3&green=true&name=%E7%BB%BF+a&region=510100&region=500000&day=2026-11-21"
            try await client.execute(uri: uri + query, method: .get, headers: [HTTPField.Name(checked: "X-Mode"): "b"])
            { answer in
                let value = try answer.json()
                #expect(
                    value == [
                        "id": .string(TestAPI.loan), "limit": 3, "green": true, "name": "绿 a",
                        "region": ["510100", "500000"],
                        "day": "2026-11-21", "X-Mode": "b",
                    ])
            }
            let wrong = "?limit=11&green=yes&name=&region=1&limit2=1&name=a"
            try await client.execute(uri: uri + wrong, method: .get, headers: [HTTPField.Name(checked: "X-Mode"): "c"])
            { answer in
                #expect(answer.status == .unprocessableContent)
                let faults = try answer.faults()
                #expect(
                    faults == [
                        "limit api.too-large", "green api.not-boolean", "name api.repeated-parameter",
                        "region api.too-short",
                        "day api.missing-parameter", "X-Mode api.not-one-of", "limit2 api.unknown-parameter",
                    ])
            }
            for id in ["lon_1", "x%2Fy", "%FF", TestAPI.loan.uppercased()] {
                try await client.execute(uri: "/api/v1/loans/\(id)?day=2026-11-21", method: .get) {
                    #expect($0.status == .notFound, "there is nothing where no id is")
                }
            }
        }
    }

    @Test("A body is checked before the handler runs, and its faults point into it")
    func bodies() async throws {
        let schema = Schema.object([.init("name", .text(1...5)), .init("lines", .array(of: .money, 0...3))])
        let endpoint = Endpoint.test(.post, "/loans", body: .json(schema), replies: [.init(201, .json(schema))]) {
            request in
            .created(try #require(request.body), path: "/loans/1", tag: EntityTag(version: 1))
        }
        try await TestAPI([endpoint]).test { client in
            func post(
                _ text: String, _ type: String = "application/json; charset=utf-8",
                _ check: @escaping (TestResponse) throws -> Void
            )
                async throws
            {
                try await client.execute(
                    uri: "/api/v1/loans", method: .post, headers: [.contentType: type], body: ByteBuffer(string: text),
                    testCallback: check)
            }
            try await post(#"{"name":"绿","lines":["1"]}"#) { answer in
                #expect(answer.status == .created)
                #expect(answer.headers[.location] == "/api/v1/loans/1")
                #expect(answer.headers[.eTag] == "\"v1\"")
                #expect(answer.text == #"{"lines":["1"],"name":"绿"}"#)
            }
            try await post(#"{"name":"","lines":["1","x"],"more":1}"#) { answer in
                #expect(answer.status == .unprocessableContent)
                let faults = try answer.faults()
                #expect(faults == ["/name api.too-short", "/lines/1 api.not-money", "/more api.unknown-member"])
            }
            for bad in [
                "{", "", #"{"name":"a","name":"b","lines":[]}"#, String(repeating: "[", count: 100), "\u{FEFF}{}",
            ] {
                try await post(bad) { #expect($0.status == .badRequest) }
            }
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "json"] {
                try await post("{}", type) { answer in
                    #expect(answer.status == .unsupportedMediaType)
                }
            }
            let long = "{\"name\":\"" + String(repeating: "a", count: 1_100_000)
            try await post(long) { #expect($0.status == .contentTooLarge) }
        }
    }

    @Test("Who may not ask is told so before anything else is looked at")
    func security() async throws {
        let endpoints = [
            Endpoint.test(.get, "/open", operation: "open"),
            .test(.get, "/mine", operation: "mine", security: .signedIn),
            .test(.post, "/write", operation: "write", security: .scope(.projectsWrite), body: .json(.anything)),
        ]
        try await TestAPI(endpoints).test { client in
            func status(_ uri: String, _ method: HTTPRequest.Method, _ headers: HTTPFields) async throws -> Int {
                try await client.execute(uri: "/api/v1\(uri)", method: method, headers: headers) { $0.status.code }
            }
            let (reader, writer): (HTTPFields, HTTPFields) = (
                [.authorization: "Bearer \(TestAPI.reader)"],
                [.authorization: "Bearer \(TestAPI.writer)", .contentType: "application/json"]
            )
            let cookie: HTTPFields = [.cookie: "jialing=\(TestAPI.key)"]
            let open = try await status("/open", .get, [:])
            #expect(open == 200)
            let nobody = try await status("/mine", .get, [:])
            #expect(nobody == 401)
            let token = try await status("/mine", .get, reader)
            #expect(token == 200)
            let session = try await status("/mine", .get, cookie)
            #expect(session == 200)
            let write = try await status("/write", .post, writer)
            #expect(write == 400, "the body is missing, which only who may write is told")
            let noWrite = try await status("/write", .post, reader)
            #expect(noWrite == 403)
            let forged = try await status("/write", .post, cookie)
            #expect(forged == 403, "a session without the form token")
            let wrong = try await status("/open", .get, [.authorization: "Bearer wrong"])
            #expect(wrong == 401)
        }
    }

    @Test("What the client does not accept is not sent")
    func accept() async throws {
        let endpoints = [
            Endpoint.test(.get, "/json", operation: "a"),
            .test(.get, "/file", operation: "b", replies: [.init(200, .bytes(mediaType: "text/csv"))]) { _ in
                .download(.init(byteBuffer: ByteBuffer(string: "a,b")), fileName: "台账.csv", mediaType: "text/csv")
            },
        ]
        try await TestAPI(endpoints).test { client in
            for accept in ["application/json", "*/*", "text/html, application/*;q=0.1", "application/problem+json"] {
                try await client.execute(uri: "/api/v1/json", method: .get, headers: [.accept: accept]) {
                    #expect($0.status == .ok, "\(accept)")
                }
            }
            for accept in ["text/html", "application/json;q=0, */*", "image/*"] {
                try await client.execute(uri: "/api/v1/json", method: .get, headers: [.accept: accept]) {
                    #expect($0.status == .notAcceptable, "\(accept)")
                }
            }
            try await client.execute(uri: "/api/v1/file", method: .get, headers: [.accept: "text/csv"]) { answer in
                #expect(answer.text == "a,b")
                #expect(answer.headers[.contentDisposition]?.contains("filename*=UTF-8''") == true)
                #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            }
        }
    }

    @Test("A reader who has the state gets 304, a writer must have it")
    func states() async throws {
        let tag = EntityTag(version: 7)
        let endpoints = [
            Endpoint.test(.get, "/thing", operation: "read") { _ in .json("x", tag: tag) },
            Endpoint.test(.put, "/thing", operation: "write", body: .json(.anything), replies: [.init(204)]) {
                request in
                try request.checkUnchanged(tag)
                return .noContent
            }.with { $0.ifMatch = .required },
        ]
        try await TestAPI(endpoints).test { client in
            try await client.execute(uri: "/api/v1/thing", method: .get, headers: [.ifNoneMatch: "\"v7\""]) { answer in
                #expect(answer.status == .notModified && answer.body.readableBytes == 0)
                #expect(answer.headers[.eTag] == "\"v7\"")
            }
            for (field, status) in [("\"v7\"", 204), ("\"v6\"", 412), ("v7", 400), (nil, 428)] as [(String?, Int)] {
                var headers = json
                headers[.ifMatch] = field
                try await client.execute(
                    uri: "/api/v1/thing", method: .put, headers: headers, body: ByteBuffer(string: "1")
                ) {
                    #expect($0.status.code == status, "\(field ?? "-")")
                }
            }
        }
    }

    @Test("Pages are turned by a cursor that is bound to the list and its filters")
    func paging() async throws {
        let all = Array(1...7)
        let endpoint = Endpoint.test(
            .get, "/loans", parameters: [.query("region", .text(1...6))],
            replies: [.init(200, .json(.page(of: .integer(1...9))))]
        ) { request in
            let page = try #require(request.page)
            let rest = all.filter { $0 > Int(page.after?.sortKey ?? "0") ?? 0 }
            return .page(
                Page(
                    rest, limit: page.limit, cursor: { Cursor(sortKey: "\($0)", id: "\($0)") },
                    value: { .integer(Int64($0)) }))
        }.with { $0.isPaged = true }
        try await TestAPI([endpoint]).test { client in
            var seen: [JSONValue] = []
            var uri = "/api/v1/loans?limit=3&region=51"
            for expected in [3, 3, 1] {
                let answer = try await client.execute(uri: uri, method: .get) { try $0.json() }
                seen += answer["items"]?.elements ?? []
                #expect(answer["items"]?.elements?.count == expected)
                if let next = answer["next"]?.text { uri = "/api/v1/loans?limit=3&region=51&cursor=\(next)" }
            }
            #expect(seen == all.map { .integer(Int64($0)) })
            let other = uri.replacing("region=51", with: "region=50")
            for bad in [other, "/api/v1/loans?cursor=abc", "/api/v1/loans?cursor="] {
                try await client.execute(uri: bad, method: .get) { answer in
                    #expect(answer.status == .unprocessableContent)
                    let faults = try answer.faults()
                    #expect(faults.first?.hasPrefix("cursor ") == true)
                }
            }
            for bad in ["0", "501", "x", "-1"] {
                try await client.execute(uri: "/api/v1/loans?limit=\(bad)", method: .get) {
                    #expect($0.status == .unprocessableContent)
                }
            }
        }
    }

    @Test("Bytes reach the handler as they arrive, under the limit of their endpoint")
    func streams() async throws {
        let endpoint = Endpoint.test(.put, "/book", body: .bytes(mediaTypes: ["text/csv"])) { request in
            var count = 0
            for try await chunk in try #require(request.bytes) { count += chunk.readableBytes }
            return .json(.integer(Int64(count)))
        }.with { $0.bodyBytes = 2_000_000 }
        try await TestAPI([endpoint]).test { client in
            let body = ByteBuffer(repeating: 0x61, count: 2_000_000)
            try await client.execute(uri: "/api/v1/book", method: .put, headers: [.contentType: "text/csv"], body: body)
            {
                #expect($0.text == "2000000")
            }
            try await client.execute(
                uri: "/api/v1/book", method: .put, headers: [.contentType: "text/html"], body: body
            ) {
                #expect($0.status == .unsupportedMediaType)
            }
            let more = ByteBuffer(repeating: 0x61, count: 2_000_001)
            try await client.execute(uri: "/api/v1/book", method: .put, headers: [.contentType: "text/csv"], body: more)
            {
                #expect($0.status == .contentTooLarge)
            }
        }
    }

    @Test("An answer that is not as described is found in a test, not by a client")
    func undescribed() async throws {
        func endpoint(_ answer: EndpointResponse) -> Endpoint {
            .test(.get, "/x", replies: [.init(200, .json(.object([.init("n", .integer(0...9))])))]) { _ in answer }
        }
        for (answer, status) in [
            (.json(["n": 1]), 200), (.json(["n": 10]), 500), (.json(["n": 1, "m": 2]), 500),
            (.json(["n": 1], status: 201), 500),
            (.noContent, 500),
        ] as [(EndpointResponse, Int)] {
            try await TestAPI([endpoint(answer)]).test { client in
                try await client.execute(uri: "/api/v1/x", method: .get) { #expect($0.status.code == status) }
            }
        }
    }
}
