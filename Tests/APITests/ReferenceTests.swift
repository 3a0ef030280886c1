import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LibraryFixtures
import Testing
import Vocabulary
import WebFixtures

@testable import API
@testable import Web

@Suite("The description of the API")
struct ReferenceTests {
    static let endpoints: [Endpoint] = [
        Endpoint.test(
            .get, "/loans", operation: "listLoans", security: .scope(.projectsRead),
            parameters: [
                .query("region", .text(6...6), isRepeated: true, note: "test.note"), .header("X-Mode", .choice(["a"])),
            ], replies: [.init(200, .json(.page(of: .named("Loan"))))]
        ).with { $0.isPaged = true },
        Endpoint.test(
            .post, "/loans", operation: "createLoan", security: .signedIn, body: .json(.named("Loan")),
            replies: [.init(201, .json(.named("Loan")), headers: ["Location": "test.note"])]
        ).with { $0.idempotencyKey = .required },
        Endpoint.test(
            .put, "/loans/{id}/book", operation: "putBook", security: .signedIn,
            parameters: [.path("id", .id(of: Loan.self))],
            body: .bytes(mediaTypes: ["text/csv"]), replies: [.init(204)]
        ).with { $0.ifMatch = .optional },
        Endpoint.test(
            .get, "/loans/{id}/book", operation: "getBook", parameters: [.path("id", .id(of: Loan.self))],
            replies: [.init(200, .bytes(mediaType: "text/csv"))]),
    ]
    static let schemas: [String: Schema] = [
        "Loan": .object([
            .init("balance", .money, note: "test.note"), .init("due", .nullable(.date), isRequired: false),
            .init(
                "owner",
                .variants(
                    by: "kind",
                    [
                        "a": .object([.init("kind", .choice(["a"]))]),
                        "b": .object([.init("kind", .choice(["b"])), .init("parts", .array(of: .named("Loan"), 0...3))]
                        ),
                    ]), isRequired: false),
            .init("share", .number(0...1), isRequired: false), .init("since", .moment, isRequired: false),
        ])
    ]

    private func api() throws -> TestAPI { try TestAPI(Self.endpoints, schemas: Self.schemas) }

    @Test("Every key of the API has its phrase in both languages, with the same placeholders")
    func phrases() throws {
        let (zh, en) = (try DeliveredFiles.phrases(.zh, ["api"]), try DeliveredFiles.phrases(.en, ["api"]))
        #expect(Set(zh.keys) == Set(APIPhrases.everyCode))
        #expect(Set(en.keys) == Set(APIPhrases.everyCode))
        #expect(Phrasebook([.zh: zh, .en: en]).missing() == [])
    }

    @Test("The OpenAPI document says of each operation what its endpoint says")
    func document() async throws {
        try await api().test { client in
            let answer = try await client.execute(uri: "/api/v1/openapi.json", method: .get)
            #expect(answer.headers[.contentType] == "application/json")
            let document = try answer.json()
            #expect(document["openapi"] == "3.1.0")
            #expect(document["servers"] == [["url": "/api/v1"]])
            guard case .object(let paths) = document["paths"] else {
                Issue.record("there are no paths")
                return
            }
            #expect(Set(paths.keys) == ["/loans", "/loans/{id}/book"])
            let list = try #require(paths["/loans"]?["get"])
            #expect(list["operationId"] == "listLoans" && list["summary"] == "zh summary / en summary")
            #expect(list["security"] == [["bearer": ["projects:read"]], ["session": []]])
            let parameters = try #require(list["parameters"]?.elements)
            #expect(parameters.compactMap { $0["name"]?.text } == ["region", "X-Mode", "cursor", "limit"])
            #expect(parameters[0]["schema"]?["type"] == "array" && parameters[0]["description"] == "zh note / en note")
            #expect(
                list["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["properties"]?["items"]?["items"]
                    == ["$ref": "#/components/schemas/Loan"])
            #expect(list["responses"]?["default"] == ["$ref": "#/components/responses/Problem"])
            let create = try #require(paths["/loans"]?["post"])
            #expect(create["requestBody"]?["required"] == true)
            let key = try #require(create["parameters"]?.elements?.first)
            #expect(key["name"] == "Idempotency-Key" && key["in"] == "header" && key["required"] == true)
            #expect(create["responses"]?["201"]?["headers"]?["Location"]?["schema"] == ["type": "string"])
            let book = try #require(paths["/loans/{id}/book"])
            #expect(book["put"]?["requestBody"]?["content"] == ["text/csv": .object([:])])
            #expect(book["put"]?["parameters"]?.elements?.first?["required"] == true)
            #expect(book["get"]?["security"] == .array([]))
            guard case .object(let schemas) = document["components"]?["schemas"] else {
                Issue.record("there are no schemas")
                return
            }
            #expect(Set(schemas.keys) == ["Loan", "Problem"])
            var references: Set<String> = []
            Self.gather(document, &references)
            for reference in references {
                let parts = reference.split(separator: "/").dropFirst().map(String.init)
                #expect(parts.reduce(Optional(document)) { $0?[$1] } != nil, "\(reference) leads nowhere")
            }
        }
    }

    private static func gather(_ value: JSONValue, _ references: inout Set<String>) {
        switch value {
        case .array(let elements): for element in elements { gather(element, &references) }
        case .object(let members):
            if let reference = members["$ref"]?.text { references.insert(reference) }
            for member in members.values { gather(member, &references) }
        default: break
        }
    }

    @Test("The document is the same bytes each time, and who has it is not sent it again")
    func stable() async throws {
        let bytes = try api().site
        let phrasebook = try api().dependencies.phrasebook
        #expect(
            OpenAPIDocument(site: bytes, phrasebook: phrasebook).bytes
                == OpenAPIDocument(site: try api().site, phrasebook: phrasebook).bytes)
        try await api().test { client in
            let tag = try await client.execute(uri: "/api/v1/openapi.json", method: .get) { $0.headers[.eTag] }
            try await client.execute(uri: "/api/v1/openapi.json", method: .get, headers: [.ifNoneMatch: tag ?? "-"]) {
                #expect($0.status == .notModified)
            }
        }
    }

    @Test("The pages of the reference tell every operation in the visitor's language, without a script")
    func pages() async throws {
        try await api().test { client in
            for uri in ["/api/v1", "/api/v1/"] {
                try await client.execute(uri: uri, method: .get) { answer in
                    #expect(answer.status == .ok, "\(uri)")
                    for endpoint in Self.endpoints {
                        #expect(answer.text.contains("/api/v1/reference/\(endpoint.operation)\""))
                    }
                    #expect(answer.text.contains("嘉陵接口") && !answer.text.contains("<script"))
                }
            }
            for endpoint in Self.endpoints {
                let uri = "/api/v1/reference/\(endpoint.operation)"
                try await client.execute(uri: uri, method: .get, headers: [.acceptLanguage: "en"]) { answer in
                    #expect(answer.text.contains("<h1>en summary</h1>"))
                    #expect(answer.text.contains(endpoint.path))
                    for parameter in endpoint.parameters {
                        #expect(answer.text.contains("<code>\(parameter.name)</code>"))
                    }
                }
            }
            try await client.execute(uri: "/api/v1/reference/none", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test("Mistakes in the description are found")
    func faults() throws {
        let phrases: [Language: Set<String>] = [
            .zh: ["test.summary", "test.note"], .en: ["test.summary", "test.note"],
        ]
        #expect(try api().site.faults(phrases: phrases) == [])
        let bad = [
            Endpoint.test(.get, "/a/{id}", operation: "one"), .test(.get, "/a/{id}", operation: "one"),
            .test(.get, "/b", operation: "two", parameters: [.path("x", .boolean)], body: .json(.named("None"))),
            Endpoint.test(.post, "/c", operation: "three", replies: []).with { $0.idempotencyKey = .optional },
        ]
        let site = try TestAPI(bad, schemas: ["A": .named("A"), "B": .named("C"), "D": .array(of: .named("D"), 0...1)])
            .site
        #expect(
            site.faults(phrases: [.zh: ["test.summary"], .en: []]) == [
                .operationTwice("one"), .routeTwice("get /a/{id}"), .pathParameter(operation: "one", name: "id"),
                .pathParameter(operation: "two", name: "x"), .bodyOfReader("two"),
                .unknownSchema(name: "None", by: "two"),
                .noReply("three"), .idempotencyKey("three"), .endlessSchema("A"), .unknownSchema(name: "C", by: "B"),
                .missingPhrase(key: "test.summary", .en),
            ])
    }
}
