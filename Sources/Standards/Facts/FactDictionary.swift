import Vocabulary

/// A name in the two languages of the platform.
public struct BilingualText: Sendable, Hashable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

/// What kind of value a fact takes.
public enum FactKind: Sendable, Hashable {
    /// A number in `unit`, with the range that is possible at all; outside it the value is a mistake.
    case number(unit: Unit, minimum: Double?, maximum: Double?)
    case yesNo
    /// One of the listed choices.
    case choice([FactChoice])
}

public struct FactChoice: Sendable, Hashable {
    public let id: String
    public let label: BilingualText

    public init(id: String, label: BilingualText) {
        self.id = id
        self.label = label
    }
}

/// One entry of the dictionary: what a fact means, in which unit, and what proves it.
public struct FactDefinition: Sendable, Hashable {
    public let id: FactID
    public let kind: FactKind
    public let label: BilingualText
    /// The document that proves the fact, in words a clerk can ask for.
    public let evidence: BilingualText
    /// For how many months the evidence holds; nil where it does not expire.
    public let validMonths: Int?

    public init(
        id: FactID, kind: FactKind, label: BilingualText, evidence: BilingualText, validMonths: Int?
    ) {
        self.id = id
        self.kind = kind
        self.label = label
        self.evidence = evidence
        self.validMonths = validMonths
    }

    /// The unit of a numeric fact.
    public var unit: Unit? {
        guard case .number(let unit, _, _) = kind else { return nil }
        return unit
    }
}

/// The one dictionary of facts that every standard, method and ledger column refers to.
public struct FactDictionary: Sendable {
    private let definitions: [FactID: FactDefinition]

    /// - Throws: `PackFault` where an id stands twice.
    public init(_ list: [FactDefinition]) throws(PackFault) {
        var definitions: [FactID: FactDefinition] = [:]
        for definition in list {
            guard definitions.updateValue(definition, forKey: definition.id) == nil else {
                throw PackFault(.duplicate, subject: definition.id.name)
            }
        }
        self.definitions = definitions
    }

    public subscript(id: FactID) -> FactDefinition? { definitions[id] }

    public var all: [FactDefinition] { definitions.values.sorted { $0.id < $1.id } }

    public var count: Int { definitions.count }

    /// Reads the text of a cell or a command-line argument as the value of a fact.
    ///
    /// A number may carry a unit of the same dimension (`120 MW` for a fact in kW) and is converted.
    /// - Throws: `FactFault` when the fact is unknown or the text is not a value of its kind.
    public func value(of id: FactID, from text: String) throws(FactFault) -> FactValue {
        guard let definition = definitions[id] else { throw FactFault(.unknownFact, id, text) }
        let trimmed = text.trimmingSpaces()
        switch definition.kind {
        case .number(let unit, let minimum, let maximum):
            let number = try Self.number(trimmed, unit: unit, id: id)
            if let minimum, number < minimum { throw FactFault(.outOfRange, id, text) }
            if let maximum, number > maximum { throw FactFault(.outOfRange, id, text) }
            return .number(number)
        case .yesNo:
            switch trimmed.lowercased() {
            case "是", "有", "符合", "达到", "y", "yes", "true", "1": return .yesNo(true)
            case "否", "无", "不符合", "未达到", "n", "no", "false", "0": return .yesNo(false)
            default: throw FactFault(.notYesNo, id, text)
            }
        case .choice(let choices):
            for choice in choices
            where choice.id == trimmed || choice.label.zh == trimmed || choice.label.en == trimmed {
                return .choice(choice.id)
            }
            throw FactFault(.notAChoice, id, text)
        }
    }

    private static func number(_ text: String, unit: Unit, id: FactID) throws(FactFault) -> Double {
        // A percent sign is a unit here: 5% of a fact in % is 5, of a pure number 0.05.
        let hasPercentSign = text.contains { $0 == "%" || $0 == "％" || $0 == "‰" }
        if !hasPercentSign, let plain = try? DecimalNumber.parse(text), plain.isFinite { return plain }
        guard let quantity = try? Quantity.parse(text) else { throw FactFault(.notANumber, id, text) }
        guard let converted = try? quantity.converted(to: unit) else {
            throw FactFault(.wrongUnit, id, text)
        }
        guard converted.value.isFinite else { throw FactFault(.outOfRange, id, text) }
        return converted.value
    }
}

/// Why a text is not a value of a fact.
public struct FactFault: Error, Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case unknownFact = "fact.unknown"
        case notANumber = "fact.not-a-number"
        case wrongUnit = "fact.wrong-unit"
        case outOfRange = "fact.out-of-range"
        case notYesNo = "fact.not-yes-no"
        case notAChoice = "fact.not-a-choice"
    }

    public let reason: Reason
    public let fact: FactID
    public let text: String

    public init(_ reason: Reason, _ fact: FactID, _ text: String) {
        self.reason = reason
        self.fact = fact
        self.text = text
    }

    public var message: Message {
        Message(key: reason.rawValue, arguments: ["fact": fact.name, "value": String(text.prefix(40))])
    }
}
