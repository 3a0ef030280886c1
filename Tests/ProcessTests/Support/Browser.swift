import Foundation

/// What a browser does with our pages: keeps cookies, and sends a form's hidden token back.
struct Browser: Sendable {
    var port: Int
    private(set) var cookies: [String: String] = [:]
    /// The token of the last form that was shown.
    private(set) var formToken: String?

    init(port: Int) { self.port = port }

    /// The same person at another address, such as another process of the service.
    func at(_ port: Int) -> Browser {
        var other = self
        other.port = port
        return other
    }

    mutating func get(_ path: String, _ headers: [(String, String)] = []) throws -> Answer {
        try ask("GET", path, headers, body: nil)
    }

    /// Sends a form; the token goes with it where there is one and the fields have none.
    mutating func post(
        _ path: String, _ fields: [(String, String)], _ headers: [(String, String)] = []
    ) throws -> Answer {
        var fields = fields
        if let formToken, !fields.contains(where: { $0.0 == "form_token" }) { fields.append(("form_token", formToken)) }
        return try ask("POST", path, headers, body: Self.encoded(fields))
    }

    /// Sends a form with a text file.
    mutating func upload(
        _ path: String, _ fields: [(String, String)], file name: String, _ text: String
    ) throws -> Answer {
        var body = ""
        for (name, value) in [("form_token", formToken ?? "")] + fields {
            body += "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        body += "Content-Type: text/csv\r\n\r\n\(text)\r\n--x--\r\n"
        return try ask("POST", path, [], body: body, "multipart/form-data; boundary=x")
    }

    mutating func forget() { cookies = [:] }

    mutating func plant(_ name: String, _ value: String) { cookies[name] = value }

    private mutating func ask(
        _ method: String, _ path: String, _ headers: [(String, String)], body: String?,
        _ mediaType: String = "application/x-www-form-urlencoded"
    ) throws -> Answer {
        var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        if !cookies.isEmpty {
            request +=
                "Cookie: \(cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))\r\n"
        }
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if let body {
            request += "Content-Type: \(mediaType)\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        let answer = try Exchange.send(request + "\r\n" + (body ?? ""), port: port)
        for cookie in answer.all("Set-Cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            if let name = pair.first { cookies[name] = pair.count > 1 ? pair[1] : "" }
        }
        if let token = Self.between("name=\"form_token\" value=\"", "\"", in: answer.body) { formToken = token }
        return answer
    }

    static func between(_ start: String, _ end: String, in text: String) -> String? {
        guard let from = text.range(of: start), let to = text.range(of: end, range: from.upperBound..<text.endIndex)
        else { return nil }
        return String(text[from.upperBound..<to.lowerBound])
    }

    static func encoded(_ fields: [(String, String)]) -> String {
        func part(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return fields.map { "\(part($0.0))=\(part($0.1))" }.joined(separator: "&")
    }
}
