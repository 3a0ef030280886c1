import HTTPTypes
import Vocabulary

/// Chooses the language of an answer: the visitor's own choice in a cookie, else `Accept-Language`, else Chinese.
public enum LanguageChoice {
    /// The name of the cookie, whose value is the code of a language.
    public static let cookie = "language"

    static func choose(_ headers: HTTPFields) -> Language {
        if let chosen = RequestCookies.value(of: cookie, in: headers).flatMap(Language.init(rawValue:)) {
            return chosen
        }
        return headers[.acceptLanguage].flatMap(preferred) ?? .zh
    }

    /// The language with the highest weight (RFC 9110, 12.5.4); of equal ones the first. Nil if none of ours is named.
    static func preferred(_ header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for range in header.prefix(400).split(separator: ",").prefix(20) {
            let parts = range.split(separator: ";")
            guard let tag = parts.first?.filter({ $0 != " " }).lowercased() else { continue }
            let weight =
                parts.dropFirst().compactMap { part -> Double? in
                    let text = part.filter { $0 != " " }
                    return text.hasPrefix("q=") ? Double(text.dropFirst(2)) : nil
                }.first ?? 1
            guard let language = Language(rawValue: String(tag.prefix { $0 != "-" })), weight > 0 else { continue }
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }

    /// The header field that keeps a choice for a year.
    public static func setCookie(_ language: Language, isHTTPS: Bool) -> String {
        "\(cookie)=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax\(isHTTPS ? "; Secure" : "")"
    }
}

/// Reads cookies (RFC 6265, 4.2).
enum RequestCookies {
    /// The value of the first cookie of a name; nil where there is none.
    static func value(of name: String, in headers: HTTPFields) -> String? {
        for line in headers[values: .cookie] {
            for pair in line.split(separator: ";").prefix(100) {
                guard let equals = pair.firstIndex(of: "=") else { continue }
                guard pair[..<equals].drop(while: { $0 == " " }) == name else { continue }
                return String(pair[pair.index(after: equals)...])
            }
        }
        return nil
    }
}
