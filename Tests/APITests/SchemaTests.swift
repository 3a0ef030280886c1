import Seeded
import Testing
import Vocabulary
import Web

@testable import API

@Suite("Schemas")
struct SchemaTests {
    private func faults(_ schema: Schema, _ json: String, _ named: [String: Schema] = [:]) throws -> [String] {
        schema.faults(in: try JSONValue.parse(json), schemas: named).map {
            "\($0.pointer) \($0.message.key.dropFirst(4))"
        }
    }

    private let loan = Schema.object([
        .init("balance", .money), .init("due", .date, isRequired: false), .init("a/b~c", .boolean, isRequired: false),
        .init("lines", .array(of: .object([.init("n", .integer(1...9))]), 1...3), isRequired: false),
    ])

    @Test("What is right has no fault")
    func right() throws {
        #expect(try faults(loan, #"{"balance":"-1250000","due":"2026-02-28","lines":[{"n":1},{"n":9}]}"#) == [])
        #expect(try faults(.nullable(.boolean), "null") == [] && faults(.nullable(.boolean), "true") == [])
        #expect(try faults(.number(0...1), "1") == [] && faults(.number(0...1), "0.5") == [])
        #expect(try faults(.anything, #"{"x":[1,null]}"#) == [])
    }

    @Test("Every fault is told with its place, all of them at once")
    func wrong() throws {
        #expect(
            try faults(loan, #"{"due":"2026-02-29","lines":[{"n":0},{"n":1.5},{}],"colour":1,"a/b~c":"x"}"#) == [
                "/balance required", "/due not-a-date", "/a~1b~0c not-boolean", "/lines/0/n too-small",
                "/lines/1/n not-integer", "/lines/2/n required", "/colour unknown-member",
            ])
        #expect(try faults(loan, "[]") == [" not-object"])
        #expect(try faults(loan, #"{"balance":1250000}"#) == ["/balance not-text"], "money is never a number")
    }

    @Test(
        "Bounds hold at both ends",
        arguments: [
            (.text(2...3), #""a""#, "too-short"), (.text(2...3), #""ab""#, nil), (.text(2...3), #""绿色信""#, nil),
            (.text(2...3), #""abcd""#, "too-long"), (.integer(1...2), "0", "too-small"),
            (.integer(1...2), "3", "too-large"),
            (.number(1...2), "2.5", "too-large"), (.array(of: .boolean, 1...1), "[]", "too-few"),
            (.array(of: .boolean, 1...1), "[true,true]", "too-many"), (.choice(["a", "b"]), #""c""#, "not-one-of"),
            (.choice(["a"]), "1", "not-text"), (.boolean, "0", "not-boolean"), (.number(0...1), #""1""#, "not-number"),
        ] as [(Schema, String, String?)])
    func bounds(schema: Schema, json: String, fault: String?) throws {
        #expect(try faults(schema, json) == (fault.map { [" \($0)"] } ?? []))
    }

    @Test("Days, moments, ids and money are read strictly")
    func formats() throws {
        func accepts(_ schema: Schema, _ text: String) -> Bool { schema.faults(in: .string(text)).isEmpty }
        #expect(accepts(.date, "2024-02-29"))
        for text in ["2026-13-01", "2026-1-1", "20260101", "2026-01-01 ", "2026/01/01", "0000-01-01", "٢٠٢٦-01-01"] {
            #expect(!accepts(.date, text), "\(text)")
        }
        // RFC 3339, 5.8.
        for text in ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "2026-11-21T08:30:00Z"] {
            #expect(accepts(.moment, text), "\(text)")
        }
        for text in [
            "1990-12-31T23:59:60Z", "2026-11-21T24:00:00Z", "2026-11-21 08:30:00Z", "2026-11-21T08:30:00",
            "2026-11-21T08:30Z",
            "2026-11-21T08:30:00.Z", "2026-11-21T08:30:00+0800", "2026-11-21T08:30:00+24:00", "2026-02-30T08:30:00Z",
            "",
        ] { #expect(!accepts(.moment, text), "\(text)") }
        let id = Schema.id(of: Loan.self)
        #expect(accepts(id, TestAPI.loan))
        for text in [
            "lon_", TestAPI.loan.uppercased(), "prj" + TestAPI.loan.dropFirst(3), TestAPI.loan + "0",
            "lon_81jd5x0w2k8e6v7c3m9a4n5p6q", "lon_01jd5x0w2k8e6v7c3m9a4n5p6u",
        ] {
            #expect(!accepts(id, text) && ID<Loan>(text) == nil, "\(text)")
        }
        #expect(accepts(.money, "0") && accepts(.money, "-9223372036854775808"))
        for text in ["", "-", "1.5", "+1", " 1", "1e3", "9223372036854775808", "１"] {
            #expect(!accepts(.money, text), "\(text)")
        }
    }

    @Test("One of several forms is told by its word")
    func variants() throws {
        let schema = Schema.variants(
            by: "kind",
            [
                "bank": .object([.init("kind", .choice(["bank"])), .init("code", .text(1...9))]),
                "person": .object([.init("kind", .choice(["person"]))]),
            ])
        #expect(try faults(schema, #"{"kind":"bank","code":"x"}"#) == [])
        #expect(try faults(schema, #"{"kind":"person","code":"x"}"#) == ["/code unknown-member"])
        #expect(try faults(schema, #"{"kind":"x"}"#) == ["/kind not-one-of"])
        #expect(try faults(schema, "{}") == ["/kind required"])
        #expect(try faults(schema, "3") == [" not-object"])
    }

    @Test("A schema may contain itself; one that is nothing but itself still ends")
    func references() throws {
        let tree = Schema.object([.init("children", .array(of: .named("Tree"), 0...9))])
        #expect(
            try faults(.named("Tree"), #"{"children":[{"children":[]},{}]}"#, ["Tree": tree]) == [
                "/children/1/children required"
            ])
        #expect(try faults(.named("A"), "1", ["A": .named("B"), "B": .nullable(.named("A"))]) == [" not-object"])
        #expect(try faults(.named("None"), "1") == [" not-object"])
    }

    @Test("A value with a thousand faults is told of fifty, and checking goes no further")
    func manyFaults() throws {
        let value = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<1000).map { ("m\($0)", .null) }))
        #expect(loan.faults(in: value).count == Problem.mostDetails)
        let array = JSONValue.array(Array(repeating: .null, count: 1000))
        #expect(Schema.array(of: .boolean, 0...1000).faults(in: array).count == Problem.mostDetails)
        #expect(
            Schema.array(of: .boolean, 0...10).faults(in: array).count == 1, "what is too long is not looked through")
    }

    @Test("No value crashes a check")
    func fuzz() throws {
        var random = SeededGenerator(seed: 1)
        func value(_ depth: Int) -> JSONValue {
            switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
            case 0: .null
            case 1: .bool(Bool.random(using: &random))
            case 2: .integer(Int64.random(in: -3...12, using: &random))
            case 3: .number(Double.random(in: -1...2, using: &random))
            case 4: .string(["", "2026-01-01", "12", "bank", "绿"].randomElement(using: &random) ?? "")
            case 5: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth - 1) })
            default:
                .object(
                    Dictionary(
                        ["balance", "due", "lines", "n", "x"].prefix(Int.random(in: 0...5, using: &random)).map {
                            ($0, value(depth - 1))
                        }, uniquingKeysWith: { $1 }))
            }
        }
        var right = 0
        for _ in 0..<5000 {
            let value = value(3)
            if loan.faults(in: value).isEmpty {
                right += 1
                #expect(value["balance"]?.text.map(TextForms.isMoney) == true)
            }
        }
        #expect(right > 0)
    }

    @Test("A schema prints itself as JSON Schema")
    func printing() throws {
        #expect(
            loan.jsonSchema()
                == (try JSONValue.parse(
                    """
                    {"type":"object","additionalProperties":false,"required":["balance"],"properties":{
                    "balance":{"type":"string","pattern":"^-?[0-9]+$","maxLength":20},
                    "due":{"type":"string","format":"date"},
                    "a/b~c":{"type":"boolean"},
                    "lines":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"object","additionalProperties":false,
                    "required":["n"],"properties":{"n":{"type":"integer","format":"int64","minimum":1,"maximum":9}}}}}}
                    """)))
        #expect(
            Schema.nullable(.named("A")).jsonSchema() == [
                "anyOf": [["$ref": "#/components/schemas/A"], ["type": "null"]]
            ])
        #expect(Schema.choice(["a"]).jsonSchema() == ["type": "string", "enum": ["a"]])
        #expect(Schema.text(1...5).jsonSchema() == ["type": "string", "minLength": 1, "maxLength": 5])
        #expect(Schema.moment.jsonSchema() == ["type": "string", "format": "date-time"])
        #expect(Schema.id(of: Loan.self).jsonSchema()["pattern"] == "^lon_[0-7][0-9a-hjkmnp-tv-z]{25}$")
        let noted = Schema.object([.init("x", .boolean, note: "test.note")])
        #expect(noted.jsonSchema(note: { "<\($0)>" })["properties"]?["x"]?["description"] == "<test.note>")
    }
}
