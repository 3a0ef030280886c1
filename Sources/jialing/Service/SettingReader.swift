import Foundation
import Vocabulary
import Web

/// Settings as the command line gives them, else as the environment does. An empty variable is none.
struct SettingReader {
    private let environment: [String: String]

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) { self.environment = environment }

    func text(_ given: String?, _ variable: String) -> String? {
        given ?? environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    func number(_ given: Int?, _ variable: String, in range: ClosedRange<Int>) throws(SettingFault) -> Int? {
        guard let text = text(given.map(String.init), variable) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SettingFault(
                "service.bad-number",
                ["name": variable, "value": text, "low": "\(range.lowerBound)", "high": "\(range.upperBound)"])
        }
        return number
    }

    /// `20/200`: so many requests a second on average, and so many at once.
    func rate(_ given: String?, _ variable: String) throws(SettingFault) -> WebSettings.Rate? {
        guard let text = text(given, variable) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let perSecond = Double(parts[0]), let burst = Int(parts[1]),
            (0.01...1_000_000).contains(perSecond), (1...1_000_000).contains(burst)
        else { throw SettingFault("service.bad-rate", ["name": variable, "value": text]) }
        return WebSettings.Rate(perSecond: perSecond, burst: burst)
    }

    /// An origin as people type it: `https://green.example.org`, with a port where it needs one and no path.
    func origin(_ given: String?, _ variable: String) throws(SettingFault) -> String? {
        guard let text = text(given, variable) else { return nil }
        let url = URL(string: text)
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url, let scheme = url.scheme?.lowercased(),
            scheme == "https" || scheme == "http", url.host() != nil, ["", "/"].contains(url.path()),
            url.query() == nil, url.fragment() == nil, url.user() == nil
        else { throw SettingFault("service.bad-address", ["name": variable, "value": text]) }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// A setting that cannot be meant.
struct SettingFault: Error {
    let message: Message

    init(_ key: String, _ arguments: [String: String]) { message = Message(key: key, arguments: arguments) }
}
