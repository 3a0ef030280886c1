import Access
import HTTPTypes
import Hummingbird
import Vocabulary
import Web

/// Reads a request as its endpoint describes it: everything is parsed and checked before the handler runs, and all faults of
/// parameters and body are told at once.
struct RequestReading {
    let endpoint: Endpoint
    let schemas: [String: Schema]
    let seal: CursorSeal
    let settings: WebSettings

    /// What was read, and the bytes of a JSON body, for the digest of a request that may be repeated.
    struct Outcome {
        let request: EndpointRequest
        let bodyBytes: [UInt8]
        let list: String
    }

    func read(_ original: Request, _ context: WebContext) async throws -> Outcome {
        var request = original
        try checkWho(context)
        try checkAccept(request.headers)
        var faults: [FieldFault] = []
        let query = try FormFields.parse(
            Array((request.uri.query ?? "").utf8), mostFields: settings.formFields, mostBytes: settings.targetBytes)
        let parameters = try self.parameters(request, context, query, &faults)
        let list = listName(parameters)
        let page = try page(parameters, list, &faults)
        let ifMatch = try ifMatch(request.headers)
        var (body, bytes): (JSONValue?, [UInt8]) = (nil, [])
        let type = MediaTypeText(request.headers[.contentType])
        switch endpoint.body {
        case nil: break
        case .json(let schema):
            guard let type, type.essence == "application/json",
                type.parameters["charset"].map({ $0.lowercased() == "utf-8" }) ?? true
            else { throw Problem.unsupportedMedia(accepted: ["application/json"]) }
            bytes = try await BoundedBody.collect(&request)
            guard !bytes.isEmpty else { throw Problem(status: 400, message: Message(.emptyBody)) }
            let value = try JSONBytes.parse(bytes, mostBytes: endpoint.bodyBytes ?? settings.bodyBytes)
            faults += schema.faults(in: value, schemas: schemas)
            body = value
        case .bytes(let mediaTypes):
            guard let type, mediaTypes.contains(type.essence) else {
                throw Problem.unsupportedMedia(accepted: mediaTypes)
            }
        }
        guard faults.isEmpty else { throw Problem.invalid(faults) }
        var stream: RequestBody?
        if case .bytes = endpoint.body { stream = request.body }
        return Outcome(
            request: EndpointRequest(
                viewer: context.viewer, parameters: parameters, body: body, bytes: stream,
                mediaType: endpoint.body == nil ? nil : type?.essence, ifMatch: ifMatch, page: page,
                language: context.language, requestID: context.requestID, formToken: context.formToken),
            bodyBytes: bytes, list: list)
    }

    private func checkWho(_ context: WebContext) throws(Problem) {
        switch endpoint.security {
        case .anyone: return
        case .signedIn: _ = try context.signedIn()
        case .session:
            guard case .session = try context.signedIn().credential else {
                throw Problem(status: 403, message: Message(.sessionOnly))
            }
        case .scope(let scope):
            if case .token(_, let scopes) = try context.signedIn().credential, !scopes.contains(scope) {
                throw Problem.missingScope(scope.rawValue)
            }
        }
    }

    private func checkAccept(_ headers: HTTPFields) throws(Problem) {
        let offered = Set(
            endpoint.replies.flatMap { reply in
                switch reply.content {
                case .nothing, .json: ["application/json"]
                case .bytes(let mediaTypes): mediaTypes.map { MediaTypeText($0)?.essence ?? $0 }
                }
            }
        ).sorted()
        guard !offered.isEmpty, !AcceptedMedia.accepts(headers[values: .accept], oneOf: offered) else { return }
        throw Problem.notAcceptable(offered: offered)
    }

    private func parameters(
        _ request: Request, _ context: WebContext, _ query: FormFields, _ faults: inout [FieldFault]
    ) throws(Problem) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for parameter in endpoint.allParameters {
            let texts: [String]
            switch parameter.place {
            case .path:
                // A path that is no text names nothing.
                guard let encoded = context.parameters.get(parameter.name),
                    let text = PercentDecoding.decode(encoded)
                else { throw Problem.notFound }
                texts = [text]
            case .query: texts = query.values(parameter.name)
            case .header: texts = HTTPField.Name(parameter.name).map { request.headers[values: $0] } ?? []
            }
            let own = ParameterReading(parameter: parameter, schemas: schemas)
            let (value, found) = own.read(texts)
            // There is nothing at an address that cannot be one.
            if parameter.place == .path && !found.isEmpty { throw Problem.notFound }
            faults += found
            if let value { values[parameter.name] = value }
        }
        let known = Set(endpoint.allParameters.filter { $0.place == .query }.map(\.name))
        for name in Set(query.all.map(\.name)).subtracting(known).sorted() {
            faults.append(FieldFault(String(name.prefix(64)), Message(.unknownParameter)))
        }
        return values
    }

    /// The list with its filters: a cursor of one is none of another.
    private func listName(_ parameters: [String: JSONValue]) -> String {
        guard endpoint.isPaged else { return "" }
        let filters = parameters.filter { $0.key != "cursor" && $0.key != "limit" }
        return endpoint.operation + String(decoding: JSONBytes.write(.object(filters)), as: UTF8.self)
    }

    private func page(
        _ parameters: [String: JSONValue], _ list: String, _ faults: inout [FieldFault]
    ) throws(Problem) -> PageRequest? {
        guard endpoint.isPaged else { return nil }
        // A limit that is wrong is among the faults already.
        let limit = Int(parameters["limit"]?.integer ?? Int64(PageRequest.usualItems))
        var after: Cursor?
        if let text = parameters["cursor"]?.text {
            do {
                after = try seal.open(text, list: list)
            } catch {
                faults += error.details
            }
        }
        return PageRequest(after: after, limit: limit)
    }

    private func ifMatch(_ headers: HTTPFields) throws(Problem) -> EntityTagList? {
        guard endpoint.ifMatch != .no else { return nil }
        let values = headers[values: .ifMatch]
        guard !values.isEmpty else {
            guard endpoint.ifMatch == .optional else { throw Problem.preconditionRequired }
            return nil
        }
        guard let list = EntityTagList(values) else { throw Problem(status: 400, message: Message(.badIfMatch)) }
        return list
    }
}

/// The values of one parameter.
struct ParameterReading {
    let parameter: Parameter
    let schemas: [String: Schema]

    func read(_ texts: [String]) -> (JSONValue?, [FieldFault]) {
        func fault(_ key: APIKey, _ arguments: [String: String] = [:]) -> (JSONValue?, [FieldFault]) {
            (nil, [FieldFault(parameter.name, Message(key, arguments))])
        }
        guard let first = texts.first else { return parameter.isRequired ? fault(.missingParameter) : (nil, []) }
        if parameter.isRepeated {
            guard texts.count <= Parameter.mostValues else {
                return fault(.tooMany, ["limit": String(Parameter.mostValues)])
            }
            let values = texts.map(value)
            return (
                .array(values), values.flatMap { parameter.schema.faults(in: $0, at: parameter.name, schemas: schemas) }
            )
        }
        guard texts.count == 1 else { return fault(.repeatedParameter) }
        let value = value(of: first)
        let faults = parameter.schema.faults(in: value, at: parameter.name, schemas: schemas)
        return (faults.isEmpty ? value : nil, faults)
    }

    /// Text as its schema takes it; text that is no such value stays text, which the schema then refuses.
    private func value(of text: String) -> JSONValue {
        var schema = parameter.schema
        if case .named(let name) = schema, let found = schemas[name] { schema = found }
        if case .nullable(let inner) = schema { schema = inner }
        switch schema {
        case .integer: return Int64(text).map(JSONValue.integer) ?? .string(text)
        case .number:
            guard let number = Double(text), number.isFinite else { return .string(text) }
            return .number(number)
        case .boolean: return text == "true" ? true : text == "false" ? false : .string(text)
        default: return .string(text)
        }
    }
}

/// `Accept` (RFC 9110, 12.5.1).
enum AcceptedMedia {
    /// Whether one of these types may be sent. No header accepts all; a type with weight 0 is refused.
    static func accepts(_ values: [String], oneOf offered: [String]) -> Bool {
        guard !values.isEmpty else { return true }
        var weights: [(range: String, weight: Double)] = []
        for item in values.joined(separator: ",").prefix(2000).split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let range = parts.first, !range.isEmpty else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            weights.append((range, weight))
        }
        return offered.contains { type in
            let family = "\(type.prefix { $0 != "/" })/*"
            // The most exact range decides.
            for range in [type, family, "*/*"] {
                if let found = weights.first(where: { $0.range == range }) { return found.weight > 0 }
            }
            // Problems are JSON too: who accepts those alone means us.
            return type == "application/json" && weights.contains { $0.range == "application/problem+json" }
        }
    }
}

/// Percent escapes of a path (RFC 3986, 2.1).
enum PercentDecoding {
    /// Nil for a broken escape, for bytes that are not UTF-8 and for control characters.
    static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next(), let low = iterator.next(), let value = HexDigits.byte(high, low)
            else { return nil }
            bytes.append(value)
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
