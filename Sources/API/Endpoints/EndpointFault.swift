import Vocabulary

/// A mistake in the description of the API, for a test to find before anybody else does.
public enum EndpointFault: Sendable, Hashable {
    case operationTwice(String)
    case routeTwice(String)
    /// A parameter in braces that is not described, or the other way round.
    case pathParameter(operation: String, name: String)
    case unknownSchema(name: String, by: String)
    /// A schema that leads to itself without a value in between.
    case endlessSchema(String)
    case noReply(String)
    /// Keys are kept by who asks, and only answers in JSON or without a body are kept.
    case idempotencyKey(String)
    case bodyOfReader(String)
    case missingPhrase(key: String, Language)
}

extension APISite {
    /// All mistakes in the description; empty if there are none.
    /// - Parameter phrases: The phrases by language, for the check of summaries and notes.
    public func faults(phrases: [Language: Set<String>]) -> Set<EndpointFault> {
        var faults: Set<EndpointFault> = []
        var operations: Set<String> = []
        var routes: Set<String> = []
        for endpoint in endpoints {
            if !operations.insert(endpoint.operation).inserted { faults.insert(.operationTwice(endpoint.operation)) }
            let route = "\(endpoint.method.rawValue) \(endpoint.path)"
            if !routes.insert(route).inserted { faults.insert(.routeTwice(route)) }
            let described = Set(endpoint.parameters.filter { $0.place == .path }.map(\.name))
            for name in described.symmetricDifference(endpoint.pathNames) {
                faults.insert(.pathParameter(operation: endpoint.operation, name: name))
            }
            if endpoint.replies.isEmpty { faults.insert(.noReply(endpoint.operation)) }
            if endpoint.body != nil && (endpoint.method == .get || endpoint.method == .delete) {
                faults.insert(.bodyOfReader(endpoint.operation))
            }
            if endpoint.idempotencyKey != .no && !endpoint.canBeRepeated {
                faults.insert(.idempotencyKey(endpoint.operation))
            }
            for name in endpoint.references where schemas[name] == nil {
                faults.insert(.unknownSchema(name: name, by: endpoint.operation))
            }
            for (language, keys) in phrases {
                for key in endpoint.phraseKeys where !keys.contains(key) {
                    faults.insert(.missingPhrase(key: key, language))
                }
            }
        }
        for (name, schema) in schemas {
            for reference in schema.references where schemas[reference] == nil {
                faults.insert(.unknownSchema(name: reference, by: name))
            }
            if leadsToItself(name) { faults.insert(.endlessSchema(name)) }
            for (language, keys) in phrases {
                for key in schema.notes where !keys.contains(key) { faults.insert(.missingPhrase(key: key, language)) }
            }
        }
        return faults
    }

    private func leadsToItself(_ name: String) -> Bool {
        var current = schemas[name]
        for _ in 0...schemas.count {
            if case .nullable(let inner) = current { current = inner }
            guard case .named(let next) = current else { return false }
            current = schemas[next]
        }
        return true
    }
}

extension Endpoint {
    fileprivate var canBeRepeated: Bool {
        guard security != .anyone, method != .get else { return false }
        if case .bytes = body { return false }
        return replies.allSatisfy { reply in
            if case .bytes = reply.content { return false }
            return true
        }
    }

    fileprivate var schemas: [Schema] {
        var schemas = parameters.map(\.schema)
        if case .json(let schema) = body { schemas.append(schema) }
        for reply in replies { if case .json(let schema) = reply.content { schemas.append(schema) } }
        return schemas
    }

    fileprivate var references: Set<String> { schemas.reduce(into: []) { $0.formUnion($1.references) } }

    fileprivate var phraseKeys: Set<String> {
        var keys = Set([summary] + parameters.compactMap(\.note) + replies.flatMap { $0.headers.values })
        for schema in schemas { keys.formUnion(schema.notes) }
        return keys
    }
}

extension Schema {
    /// The keys of all notes within.
    var notes: Set<String> {
        switch self {
        case .array(let item, _), .map(let item, _): item.notes
        case .either(let schemas): schemas.reduce(into: []) { $0.formUnion($1.notes) }
        case .nullable(let schema): schema.notes
        case .object(let members):
            members.reduce(into: []) { keys, member in
                if let note = member.note { keys.insert(note) }
                keys.formUnion(member.schema.notes)
            }
        case .variants(_, let variants): variants.values.reduce(into: []) { $0.formUnion($1.notes) }
        case .text, .integer, .number, .boolean, .choice, .named, .anything: []
        }
    }
}
