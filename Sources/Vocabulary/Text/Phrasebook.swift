/// The phrases of the product in each language, and the way from a ``Message`` to a sentence.
///
///     let book = Phrasebook([.en: ["date.impossible-month": "There is no month {month}."]])
///     book.text(Message(key: "date.impossible-month", arguments: ["month": "13"]), in: .en)
///     // "There is no month 13."
public struct Phrasebook: Sendable {
    private let phrases: [Language: [String: String]]

    /// Makes a phrasebook.
    /// - Parameter phrases: for each language the phrase of each key, with `{name}` where an argument belongs.
    public init(_ phrases: [Language: [String: String]]) {
        self.phrases = phrases
    }

    /// The sentence of a message.
    ///
    /// A key that the language lacks is taken from another language, and one that no language has is shown itself, so
    /// that a gap in a catalogue never hides a fault. A placeholder without an argument stays as it is. Arguments are
    /// put in as they are: braces in them are not read again.
    /// - Parameters:
    ///   - message: what to say.
    ///   - language: the language to say it in.
    public func text(_ message: Message, in language: Language) -> String {
        guard let phrase = phrase(of: message.key, in: language) else { return message.key }
        var result = ""
        var rest = phrase[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}") else {
                return result + rest[open...]
            }
            let name = rest[rest.index(after: open)..<close]
            if let value = message.arguments[String(name)] {
                result += value
            } else {
                result += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// What one language has and another lacks: whole phrases, and placeholders of phrases that both have.
    /// - Returns: the gaps, ordered by key, language and placeholder; empty if the catalogues agree.
    public func missing() -> [Gap] {
        var gaps: [Gap] = []
        let languages = phrases.keys.sorted { $0.rawValue < $1.rawValue }
        for key in Set(phrases.values.flatMap(\.keys)).sorted() {
            let everyPlaceholder = languages.reduce(into: Set<String>()) { names, language in
                names.formUnion(Self.placeholders(of: phrases[language]?[key] ?? ""))
            }
            for language in languages {
                guard let phrase = phrases[language]?[key] else {
                    gaps.append(Gap(key: key, placeholder: nil, language: language))
                    continue
                }
                for name in everyPlaceholder.subtracting(Self.placeholders(of: phrase)).sorted() {
                    gaps.append(Gap(key: key, placeholder: name, language: language))
                }
            }
        }
        return gaps
    }

    /// The names of the placeholders of a phrase, in the order of their first use.
    public static func placeholders(of phrase: String) -> [String] {
        var names: [String] = []
        var rest = phrase[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            if !names.contains(name) { names.append(name) }
            rest = rest[rest.index(after: close)...]
        }
        return names
    }

    private func phrase(of key: String, in language: Language) -> String? {
        if let phrase = phrases[language]?[key] { return phrase }
        for other in Language.allCases {
            if let phrase = phrases[other]?[key] { return phrase }
        }
        return nil
    }

    /// Something that one language has and another lacks.
    public struct Gap: Sendable, Hashable {
        /// The key of the phrase.
        public let key: String
        /// The placeholder that is missing, or nil if the whole phrase is missing.
        public let placeholder: String?
        /// The language that lacks it.
        public let language: Language

        /// Makes a gap.
        public init(key: String, placeholder: String?, language: Language) {
            self.key = key
            self.placeholder = placeholder
            self.language = language
        }
    }
}
