import Vocabulary
import Web

/// The API as an OpenAPI 3.1 document. Texts stand in Chinese and English, one after the other: a document has no language
/// of its own.
struct OpenAPIDocument {
    let site: APISite
    let phrasebook: Phrasebook
    /// The name of the session's cookie, which is another one without TLS.
    var cookie = "__Host-jialing"

    /// The same bytes for the same endpoints.
    var bytes: [UInt8] { JSONBytes.write(value) }

    var value: JSONValue {
        [
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
            "info": [
                "title": .string(both(Message(.title))), "version": "1",
                "description": .string(both(Message(.about))),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(APISite.root)]],
            "tags": .array(Set(site.endpoints.map(\.tag)).sorted().map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(site.schemas.mapValues { $0.jsonSchema(note: both) }),
                "responses": ["Problem": problem],
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"],
                    "session": ["type": "apiKey", "in": "cookie", "name": .string(cookie)],
                ],
            ],
        ]
    }

    private var paths: [String: JSONValue] {
        var paths: [String: [String: JSONValue]] = [:]
        for endpoint in site.endpoints {
            paths[endpoint.path, default: [:]][endpoint.method.rawValue] = operation(endpoint)
        }
        return paths.mapValues(JSONValue.object)
    }

    private func operation(_ endpoint: Endpoint) -> JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(endpoint.operation), "tags": [.string(endpoint.tag)],
            "summary": .string(both(endpoint.summary)), "responses": .object(responses(endpoint)),
            "security": security(endpoint.security),
        ]
        let parameters = endpoint.allParameters.map(parameter) + headerParameters(endpoint)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        switch endpoint.body {
        case nil: break
        case .json(let schema):
            members["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": schema.jsonSchema(note: both)]],
            ]
        case .bytes(let mediaTypes):
            // OpenAPI 3.1: a body of bytes has no schema.
            var content: [String: JSONValue] = [:]
            for mediaType in mediaTypes { content[mediaType] = .object([:]) }
            members["requestBody"] = ["required": true, "content": .object(content)]
        }
        return .object(members)
    }

    private func parameter(_ parameter: Parameter) -> JSONValue {
        var schema = parameter.schema.jsonSchema(note: both)
        if parameter.isRepeated {
            schema = ["type": "array", "items": schema, "maxItems": .integer(Int64(Parameter.mostValues))]
        }
        var members: [String: JSONValue] = [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "schema": schema,
        ]
        if let note = parameter.note { members["description"] = .string(both(note)) }
        return .object(members)
    }

    private func headerParameters(_ endpoint: Endpoint) -> [JSONValue] {
        func header(_ name: String, _ use: Endpoint.Use, _ note: APIKey) -> [JSONValue] {
            guard use != .no else { return [] }
            return [
                [
                    "name": .string(name), "in": "header", "required": .bool(use == .required),
                    "description": .string(both(Message(note))), "schema": ["type": "string"],
                ]
            ]
        }
        return header(Idempotency.header, endpoint.idempotencyKey, .idempotencyHeader)
            + header("If-Match", endpoint.ifMatch, .ifMatchHeader)
    }

    private func responses(_ endpoint: Endpoint) -> [String: JSONValue] {
        var responses: [String: JSONValue] = ["default": ["$ref": "#/components/responses/Problem"]]
        for reply in endpoint.replies {
            var members: [String: JSONValue] = ["description": .string(both(endpoint.summary))]
            switch reply.content {
            case .nothing: break
            case .json(let schema):
                members["content"] = ["application/json": ["schema": schema.jsonSchema(note: both)]]
            case .bytes(let mediaTypes):
                members["content"] = .object(
                    Dictionary(mediaTypes.map { ($0, .object([:])) }, uniquingKeysWith: { first, _ in first }))
            }
            if !reply.headers.isEmpty {
                members["headers"] = .object(
                    reply.headers.mapValues { ["description": .string(both($0)), "schema": ["type": "string"]] })
            }
            responses[String(reply.status)] = .object(members)
        }
        return responses
    }

    private func security(_ security: Endpoint.Security) -> JSONValue {
        switch security {
        case .anyone: []
        case .session: [["session": []]]
        case .signedIn: [["bearer": []], ["session": []]]
        // Since OpenAPI 3.1 a scheme other than OAuth may name what it asks for.
        case .scope(let scope): [["bearer": [.string(scope.rawValue)]], ["session": []]]
        }
    }

    private var problem: JSONValue {
        [
            "description": .string(both(Message(.problemAnswer))),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    private func both(_ key: String) -> String { both(Message(key: key)) }

    private func both(_ message: Message) -> String {
        "\(phrasebook.text(message, in: .zh)) / \(phrasebook.text(message, in: .en))"
    }
}
