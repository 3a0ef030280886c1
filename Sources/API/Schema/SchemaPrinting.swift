import Vocabulary

extension Schema {
    /// The schema as JSON Schema 2020-12, within an OpenAPI 3.1 document.
    /// - Parameter note: The text of a note by the key of its phrase.
    public func jsonSchema(note: (String) -> String = { $0 }) -> JSONValue {
        switch self {
        case .anything: return .object([:])
        case .boolean: return ["type": "boolean"]
        case .integer(let range):
            // No integer beyond these gets through the reader.
            let safe = JSONValue.safeIntegers
            return [
                "type": "integer", "format": "int64", "minimum": .integer(max(range.lowerBound, safe.lowerBound)),
                "maximum": .integer(min(range.upperBound, safe.upperBound)),
            ]
        case .number(let range):
            var members: [String: JSONValue] = ["type": "number"]
            if range.lowerBound.isFinite { members["minimum"] = .number(range.lowerBound) }
            if range.upperBound.isFinite { members["maximum"] = .number(range.upperBound) }
            return .object(members)
        case .choice(let words):
            return ["type": "string", "enum": .array(words.map(JSONValue.string))]
        case .text(let length, let format): return Self.text(length, format)
        case .array(let item, let count):
            return [
                "type": "array", "items": item.jsonSchema(note: note),
                "minItems": .integer(Int64(count.lowerBound)), "maxItems": .integer(Int64(count.upperBound)),
            ]
        case .map(let item, let most):
            return [
                "type": "object", "additionalProperties": item.jsonSchema(note: note),
                "maxProperties": .integer(Int64(most)),
            ]
        case .either(let schemas): return ["anyOf": .array(schemas.map { $0.jsonSchema(note: note) })]
        case .nullable(let schema): return ["anyOf": [schema.jsonSchema(note: note), ["type": "null"]]]
        case .named(let name): return ["$ref": .string("#/components/schemas/\(name)")]
        case .variants(_, let variants):
            let sorted = variants.sorted { $0.key < $1.key }
            return ["oneOf": .array(sorted.map { $0.value.jsonSchema(note: note) })]
        case .object(let members):
            var properties: [String: JSONValue] = [:]
            for member in members {
                var schema = member.schema.jsonSchema(note: note)
                if let key = member.note, case .object(var fields) = schema {
                    // Beside a reference a description is allowed since JSON Schema 2019-09.
                    fields["description"] = .string(note(key))
                    schema = .object(fields)
                }
                properties[member.name] = schema
            }
            var object: [String: JSONValue] = [
                "type": "object", "properties": .object(properties), "additionalProperties": false,
            ]
            let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { object["required"] = .array(required) }
            return .object(object)
        }
    }

    private static func text(_ length: ClosedRange<Int>, _ format: TextFormat) -> JSONValue {
        var members: [String: JSONValue] = ["type": "string"]
        switch format {
        case .plain:
            if length.lowerBound > 0 { members["minLength"] = .integer(Int64(length.lowerBound)) }
            members["maxLength"] = .integer(Int64(length.upperBound))
        case .date: members["format"] = "date"
        case .moment: members["format"] = "date-time"
        case .id(let prefix): members["pattern"] = .string("^\(prefix)_[0-7][0-9a-hjkmnp-tv-z]{25}$")
        case .money:
            members["pattern"] = "^-?[0-9]+$"
            members["maxLength"] = 20
        }
        return .object(members)
    }
}
