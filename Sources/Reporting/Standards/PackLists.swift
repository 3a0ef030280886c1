import Standards
import Vocabulary

/// What the packs are, and what was found in them.
public enum PackLists {
    /// The packs as text, with how far each was checked and how much it holds.
    public static func text(_ packs: [StandardPack], _ words: ConditionWords) -> String {
        packs.map { pack in
            "\(pack.id)  \(pack.name[words.language])\n  "
                + (pack.header.overlayOf.map { words.say("standards.list.overlay", ["standard": $0]) } ?? "")
                + words.say(
                    "standards.list",
                    [
                        "date": pack.header.effective.description, "items": "\(pack.items.count)",
                        "activities": "\(pack.activityCount)", "criteria": "\(pack.criterionCount)",
                        "verification": words.say(StandardWords.verification(pack.header.verification)),
                    ])
        }.joined(separator: "\n")
    }

    /// What a search found as text: an item a line, and below it where each word was found.
    public static func text(_ found: [FoundItem], _ words: ConditionWords) -> String {
        found.map { item in
            var lines = ["\(item.pack.id)  \(item.item.code)  \(item.item.name[words.language])"]
            for place in item.places where place.field != .name {
                let row = place.row.map { words.rows([$0]) } ?? ""
                let field = words.say(StandardWords.field(place.field))
                let title = row.isEmpty ? field : words.say("standards.field-of-row", ["row": row, "field": field])
                let line = "    \(title)\(words.colon)\(place.text)"
                if !lines.contains(line) { lines.append(line) }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// What a pack is, as a value for the API.
    public static func jsonValue(_ pack: StandardPack) -> JSONValue {
        JSONText.object([
            ("id", .string(pack.id)), ("version", .string(pack.header.version)), ("name", StandardJSON.both(pack.name)),
            ("issuer", StandardJSON.both(pack.header.issuer)), ("document", .string(pack.header.documentNumber)),
            ("effective", .string(pack.header.effective.description)),
            ("jurisdictions", .array(pack.header.jurisdictions.map { .string($0) })),
            ("source", StandardJSON.both(pack.header.source)),
            ("verification", .string(pack.header.verification.rawValue)),
            ("overlay_of", StandardJSON.text(pack.header.overlayOf)),
            ("predecessor", StandardJSON.text(pack.header.predecessor)),
            ("items", .number("\(pack.items.count)")), ("activities", .number("\(pack.activityCount)")),
            ("criteria", .number("\(pack.criterionCount)")),
        ]).jsonValue
    }

    /// What a fact of the dictionary is, as a value for the API.
    public static func jsonValue(_ fact: FactDefinition) -> JSONValue {
        var members: [(String, JSONText)] = [
            ("id", .string(fact.id.name)), ("label", StandardJSON.both(fact.label)),
            ("evidence", StandardJSON.both(fact.evidence)),
            ("valid_months", fact.validMonths.map { .number("\($0)") } ?? .null),
        ]
        switch fact.kind {
        case .number(let unit, let minimum, let maximum):
            members += [
                ("kind", .string("number")), ("unit", .string(unit.symbol)),
                ("minimum", minimum.map { .number("\($0)") } ?? .null),
                ("maximum", maximum.map { .number("\($0)") } ?? .null),
            ]
        case .yesNo: members.append(("kind", .string("yes_no")))
        case .choice(let choices):
            let listed = choices.map { choice in
                JSONText.object([("id", .string(choice.id)), ("label", StandardJSON.both(choice.label))])
            }
            members += [("kind", .string("choice")), ("choices", .array(listed))]
        }
        return JSONText.object(members).jsonValue
    }

    /// What a search found, for machines.
    public static func json(_ found: [FoundItem]) -> String { StandardJSON.written(document(found)) }

    /// What a search found, as values for the API.
    public static func jsonValue(_ found: [FoundItem]) -> JSONValue { document(found).jsonValue }

    private static func document(_ found: [FoundItem]) -> JSONText {
        .array(
            found.map { item in
                .object([
                    ("standard", .string(item.pack.id)), ("item", .string(item.item.code.text)),
                    ("name", StandardJSON.both(item.item.name)),
                    (
                        "found",
                        .array(
                            item.places.map { place in
                                .object([
                                    ("word", .string(place.word)), ("field", .string(place.field.rawValue)),
                                    ("row", place.row.map { .number("\($0)") } ?? .null),
                                    ("text", .string(place.text)),
                                ])
                            })
                    ),
                ])
            })
    }
}
