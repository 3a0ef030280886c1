import Hummingbird
import Vocabulary

/// A problem as an answer: `application/problem+json` for machines, a plain page for people.
struct ProblemRendering {
    let phrasebook: Phrasebook
    let language: Language
    let requestID: String

    func response(_ problem: Problem, asJSON: Bool) -> Response {
        var headers = problem.headers
        headers[.contentType] = asJSON ? "application/problem+json" : "text/html; charset=utf-8"
        headers[.contentLanguage] = language.rawValue
        headers[.cacheControl] = "no-store"
        let bytes = asJSON ? JSONBytes.write(value(problem)) : Array(page(problem).utf8)
        return Response(
            status: .init(code: problem.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// RFC 9457, with `code`, `requestId` and `errors` as extension members.
    func value(_ problem: Problem) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": .string("urn:jialing:\(problem.message.key)"),
            "title": .string(text(problem.title)),
            "status": .integer(Int64(problem.status)),
            "detail": .string(text(problem.message)),
            "code": .string(problem.message.key),
            "requestId": .string(requestID),
        ]
        if !problem.details.isEmpty {
            members["errors"] = .array(
                problem.details.map { detail in
                    [
                        "pointer": .string(detail.pointer), "code": .string(detail.message.key),
                        "message": .string(text(detail.message)),
                    ]
                })
        }
        return .object(members)
    }

    /// A page without style, script or anything that could leak.
    private func page(_ problem: Problem) -> String {
        let title = HTMLEscaping.escaped(text(problem.title))
        let lang = language == .zh ? "zh-CN" : "en"
        var list = ""
        for detail in problem.details {
            list += "<li><code>\(HTMLEscaping.escaped(detail.pointer))</code> "
            list += "\(HTMLEscaping.escaped(text(detail.message)))</li>"
        }
        let number = Message(key: ProblemWords.requestNumber.rawValue, arguments: ["id": requestID])
        return """
            <!doctype html>
            <html lang="\(lang)"><head><meta charset="utf-8"><title>\(title)</title>\
            <meta name="viewport" content="width=device-width, initial-scale=1"></head>
            <body><main><h1>\(title)</h1>
            <p>\(HTMLEscaping.escaped(text(problem.message)))</p>
            \(list.isEmpty ? "" : "<ul>\(list)</ul>\n")\
            <p><small>\(HTMLEscaping.escaped(text(number)))</small></p>
            <p><a href="/">\(HTMLEscaping.escaped(text(Message(key: ProblemWords.home.rawValue))))</a></p>
            </main></body></html>
            """
    }

    private func text(_ message: Message) -> String { phrasebook.text(message, in: language) }
}
