import Standards
import Vocabulary

/// Conditions, facts and values in the words of one language.
public struct ConditionWords: Sendable {
    public let dictionary: FactDictionary
    public let phrasebook: Phrasebook
    public let language: Language

    public init(dictionary: FactDictionary, phrasebook: Phrasebook, language: Language) {
        self.dictionary = dictionary
        self.phrasebook = phrasebook
        self.language = language
    }

    public func say(_ key: String, _ arguments: [String: String] = [:]) -> String {
        phrasebook.text(Message(key: key, arguments: arguments), in: language)
    }

    public func label(_ fact: FactID) -> String { dictionary[fact]?.label[language] ?? fact.name }

    public func evidence(_ fact: FactID) -> String { dictionary[fact]?.evidence[language] ?? "" }

    /// The text in the brackets of the language.
    func aside(_ text: String) -> String { language == .zh ? "（\(text)）" : " (\(text))" }

    var separator: String { language == .zh ? "、" : ", " }

    /// What a leaf asks, or how the parts of a node are joined.
    public func condition(_ criterion: Criterion) -> String {
        switch criterion {
        case .all(let parts): say(parts.isEmpty ? "explain.subject" : "explain.all")
        case .any(let parts): say(parts.isEmpty ? "explain.never" : "explain.any")
        case .not: say("explain.not")
        case .until(let year, _): say("explain.until", ["year": "\(year)"])
        case .see(let reference): say("explain.see", ["item": reference.description])
        case .compare(let fact, let comparison, let threshold):
            "\(label(fact)) \(Self.sign(comparison)) \(self.threshold(threshold))"
        case .holds(let fact): label(fact)
        case .oneOf(let fact, let choices):
            label(fact) + (language == .zh ? "：" : ": ")
                + choices.map { choice($0, of: fact) }.joined(separator: language == .zh ? "或" : " or ")
        case .complies(let standard, .grade(let grade)):
            label(Criterion.fact(of: standard, .grade(atLeast: grade))) + " ≤ \(grade)"
        case .complies(let standard, let compliance): label(Criterion.fact(of: standard, compliance))
        }
    }

    /// What an overlay changed, who changed it, and why.
    public func change(_ change: OverlayChange, by pack: StandardPack) -> String {
        phrasebook.text(change.message(by: pack.header.issuer, in: language), in: language)
    }

    /// The value with its unit, or yes, no, or the choice's label.
    public func value(_ value: FactValue, of fact: FactID) -> String {
        switch value {
        case .number(let number):
            let unit = dictionary[fact]?.unit?.symbol ?? "1"
            return Self.digits(number) + (unit == "1" ? "" : " \(unit)")
        case .yesNo(let yes): return say(yes ? "explain.yes" : "explain.no")
        case .choice(let id): return choice(id, of: fact)
        }
    }

    /// Who says so, when, and on which document.
    public func source(_ fact: Fact) -> String {
        var parts = [say("explain.assurance.\(fact.assurance.rawValue)")]
        if let document = fact.document { parts.append(document) }
        if let person = fact.statedBy { parts.append(person) }
        if let day = fact.statedOn { parts.append(day.description) }
        return parts.joined(separator: language == .zh ? "，" : ", ")
    }

    private func choice(_ id: String, of fact: FactID) -> String {
        guard case .choice(let choices)? = dictionary[fact]?.kind else { return id }
        return choices.first { $0.id == id }?.label[language] ?? id
    }

    func threshold(_ threshold: Threshold) -> String {
        func written(_ quantity: Quantity) -> String {
            Self.digits(quantity.value) + (quantity.unit.symbol == "1" ? "" : " \(quantity.unit.symbol)")
        }
        guard threshold.changes else { return threshold.steps.first.map { written($0.quantity) } ?? "" }
        return threshold.steps.map { say("explain.from-year", ["year": "\($0.from)", "value": written($0.quantity)]) }
            .joined(separator: language == .zh ? "；" : "; ")
    }

    static func sign(_ comparison: Comparison) -> String {
        switch comparison {
        case .less: "<"
        case .atMost: "≤"
        case .equal: "="
        case .atLeast: "≥"
        case .greater: ">"
        }
    }

    /// Up to six decimals, without zeros at the end.
    static func digits(_ value: Double) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: 6, to: &bytes)
        var text = String(decoding: bytes, as: UTF8.self)
        while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
