import Standards
import Vocabulary

extension Project {
    /// The project as JSON, for the store, the trail and the API: money as a string of fen, codes and dates as text, what nobody
    /// told as null.
    public var json: JSONValue {
        .object([
            "id": .string(id.text), "name": .string(name), "former_names": Self.texts(formerNames),
            "owner": .object([
                "name": .string(owner.name), "former_names": Self.texts(owner.formerNames),
                "credit_code": JSONValue(owner.creditCode?.description),
            ]),
            "national_code": JSONValue(nationalCode?.description), "region": JSONValue(region?.description),
            "industry": JSONValue(industry?.description), "purpose": .string(purpose),
            "subjects": .object(subjects.mapValues { .string($0.description) }),
            "stage": JSONValue(stage?.rawValue), "status": .string(status.rawValue),
            "merged_into": JSONValue(mergedInto?.text), "total_investment": Self.fen(totalInvestment),
            "own_capital": Self.fen(ownCapital), "need": need?.json ?? .null,
            "planned_start": JSONValue(plannedStart?.description),
            "planned_finish": JSONValue(plannedFinish?.description),
            "facts": .object(
                Dictionary(uniqueKeysWithValues: facts.facts.map { ($0.key.name, $0.value.json) })),
            "documents": .array(documents.map(\.json)), "contact": contact?.json ?? .null,
        ])
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    static func fen(_ money: Money?) -> JSONValue { JSONValue(money.map { String($0.fen) }) }
}

extension FinancingNeed {
    var json: JSONValue {
        .object([
            "amount": Project.fen(amount), "tenor_months": JSONValue(tenorMonths.map(Int64.init)),
            "kind": .string(kind.rawValue), "rate_ceiling": JSONValue(rateCeiling?.description),
        ])
    }
}

extension Fact {
    var json: JSONValue {
        .object([
            "value": value.json, "assurance": .string(assurance.rawValue), "document": JSONValue(document),
            "stated_by": JSONValue(statedBy), "stated_on": JSONValue(statedOn?.description),
        ])
    }
}

extension FactValue {
    /// A number in the unit that the dictionary gives the fact, true or false, or the identifier of a choice.
    public var json: JSONValue {
        switch self {
        case .number(let number): .number(number)
        case .yesNo(let answer): .bool(answer)
        case .choice(let id): .string(id)
        }
    }
}

extension ProjectDocument {
    var json: JSONValue {
        .object([
            "digest": .string(digest), "file_name": .string(fileName), "media_type": .string(mediaType),
            "bytes": .integer(byteCount), "proves": .array(proves.sorted().map { .string($0.name) }),
        ])
    }
}

extension ProjectContact {
    var json: JSONValue {
        .object(["name": .string(name), "telephone": .string(telephone), "email": .string(email)])
    }
}
