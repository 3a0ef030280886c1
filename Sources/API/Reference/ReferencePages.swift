import Vocabulary
import Web

/// The API as pages for people: what each operation takes and gives, in the visitor's language, without scripts.
struct ReferencePages {
    let site: APISite
    let phrasebook: Phrasebook

    /// All operations by tag.
    func index(_ language: Language) -> String {
        var body = "<p>\(text(.about, language))</p>"
        body += "<p><a href=\"\(APISite.root)/openapi.json\">\(text(.machineReadable, language))</a></p>"
        for tag in Set(site.endpoints.map(\.tag)).sorted() {
            body += "<h2>\(escaped(tag))</h2><table>"
            for endpoint in site.endpoints.filter({ $0.tag == tag }).sorted(by: Self.before) {
                body += "<tr><td><code>\(endpoint.method.rawValue.uppercased())</code></td>"
                body += "<td><a href=\"\(APISite.root)/reference/\(escaped(endpoint.operation))\">"
                body += "<code>\(escaped(endpoint.path))</code></a></td>"
                body += "<td>\(phrase(endpoint.summary, language))</td></tr>"
            }
            body += "</table>"
        }
        body += "<h2>\(text(.schemas, language))</h2>"
        for (name, schema) in site.schemas.sorted(by: { $0.key < $1.key }) {
            body += "<h3 id=\"schema-\(escaped(name))\">\(escaped(name))</h3>\(table(schema, language))"
        }
        return page(text(.title, language), body, language)
    }

    /// One operation.
    func page(of endpoint: Endpoint, _ language: Language) -> String {
        var body = "<p><a href=\"\(APISite.root)/\">\(text(.back, language))</a></p>"
        body += "<p><code>\(endpoint.method.rawValue.uppercased()) \(APISite.root)\(escaped(endpoint.path))</code></p>"
        switch endpoint.security {
        case .anyone: body += "<p>\(text(.securityNone, language))</p>"
        case .session: body += "<p>\(text(.securitySession, language))</p>"
        case .signedIn: body += "<p>\(text(.securitySignedIn, language))</p>"
        case .scope(let scope):
            body +=
                "<p>\(escaped(phrasebook.text(Message(.securityScope, ["scope": scope.rawValue]), in: language)))</p>"
        }
        if !endpoint.allParameters.isEmpty {
            body += "<h2>\(text(.parameters, language))</h2><table>"
            for parameter in endpoint.allParameters {
                body += "<tr><td><code>\(escaped(parameter.name))</code></td><td>\(parameter.place.rawValue)</td>"
                body += "<td>\(text(parameter.isRequired ? .mandatory : .optional, language))</td>"
                body += "<td>\(inline(parameter.schema))</td>"
                body += "<td>\(parameter.note.map { phrase($0, language) } ?? "")</td></tr>"
            }
            body += "</table>"
        }
        for (use, key) in [(endpoint.idempotencyKey, APIKey.idempotencyHeader), (endpoint.ifMatch, .ifMatchHeader)]
        where use != .no {
            body += "<p>\(text(key, language)) (\(text(use == .required ? .mandatory : .optional, language)))</p>"
        }
        switch endpoint.body {
        case nil: break
        case .json(let schema): body += "<h2>\(text(.body, language))</h2>\(table(schema, language))"
        case .bytes(let mediaTypes):
            body +=
                "<h2>\(text(.body, language))</h2><p><code>\(escaped(mediaTypes.joined(separator: ", ")))</code></p>"
        }
        body += "<h2>\(text(.responses, language))</h2>"
        for reply in endpoint.replies {
            body += "<h3>\(reply.status)</h3>"
            switch reply.content {
            case .nothing: break
            case .json(let schema): body += table(schema, language)
            case .bytes(let mediaTypes):
                body += mediaTypes.map { "<p><code>\(escaped($0))</code></p>" }.joined()
            }
        }
        body += "<p>\(text(.problemAnswer, language)): <a href=\"\(APISite.root)/#schema-Problem\">Problem</a></p>"
        return page(phrase(endpoint.summary, language), body, language)
    }

    private static func before(_ left: Endpoint, _ right: Endpoint) -> Bool {
        (left.path, left.method.rawValue) < (right.path, right.method.rawValue)
    }

    /// An object as a table of its members; anything else in a line.
    private func table(_ schema: Schema, _ language: Language) -> String {
        guard case .object(let members) = schema else { return "<p>\(inline(schema))</p>" }
        var rows = "<table>"
        for member in members {
            rows += "<tr><td><code>\(escaped(member.name))</code></td>"
            rows += "<td>\(text(member.isRequired ? .mandatory : .optional, language))</td>"
            rows += "<td>\(inline(member.schema))</td>"
            rows += "<td>\(member.note.map { phrase($0, language) } ?? "")</td></tr>"
        }
        return rows + "</table>"
    }

    private func inline(_ schema: Schema) -> String {
        switch schema {
        case .named(let name):
            return "<a href=\"\(APISite.root)/#schema-\(escaped(name))\">\(escaped(name))</a>"
        case .array(let item, let count): return "[\(inline(item))] \(count.lowerBound)…\(count.upperBound)"
        case .nullable(let inner): return "\(inline(inner)) | null"
        default:
            return "<code>\(escaped(String(decoding: JSONBytes.write(schema.jsonSchema()), as: UTF8.self)))</code>"
        }
    }

    private func page(_ title: String, _ body: String, _ language: Language) -> String {
        """
        <!doctype html>
        <html lang="\(language == .zh ? "zh-CN" : "en")"><head><meta charset="utf-8"><title>\(title)</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
        <body><main><h1>\(title)</h1>\(body)</main></body></html>
        """
    }

    private func text(_ key: APIKey, _ language: Language) -> String { phrase(key.rawValue, language) }

    private func phrase(_ key: String, _ language: Language) -> String {
        escaped(phrasebook.text(Message(key: key), in: language))
    }

    private func escaped(_ text: String) -> String { HTMLEscaping.escaped(text) }
}
