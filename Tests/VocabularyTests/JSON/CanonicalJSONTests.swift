import Seeded
import Testing

@testable import Vocabulary

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    @Test("the sample of RFC 8785, section 3.2.2, is written as sections 3.2.3 and 3.2.4 have it, byte for byte")
    func sample() throws {
        let text = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let hexadecimal = """
            7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e3333\
            33333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127\
            425c225c5c5c5c5c222f227d
            """
        #expect(try JSONValue.parse(text).canonicalBytes().hexadecimal == hexadecimal)
    }

    @Test("members are sorted by UTF-16 code units, as in the example of RFC 8785, section 3.2.3")
    func sorting() throws {
        let text = #"""
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """#
        #expect(
            try canonical(.parse(text))
                == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
                + "\"\u{F6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
                + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}")
    }

    @Test(
        "the vectors of the author of RFC 8785 (cyberphone/json-canonicalization, testdata) come out",
        arguments: [
            (
                #"{"1": {"f": {"f": "hi","F": 5} ,"\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { }}"#,
                #"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}"#
            ),
            (
                #"[56, {"d": true, "10": null, "1": [ ]}]"#, #"[56,{"1":[],"10":null,"d":true}]"#
            ),
            (
                #"{"peach": "sorting", "p\u00e9ch\u00e9": "French", "p\u00eache": "MUST", "sin": "locale"}"#,
                #"{"peach":"sorting","péché":"French","pêche":"MUST","sin":"locale"}"#
            ),
            (#"{"Unnormalized Unicode":"A\u030a"}"#, "{\"Unnormalized Unicode\":\"A\u{30A}\"}"),
            (#"{"\u0080": "Control\u007f", "</script>": "\/"}"#, "{\"</script>\":\"/\",\"\u{80}\":\"Control\u{7F}\"}"),
        ])
    func vectors(text: String, expected: String) throws {
        // Compared as bytes: String would take a composed and a decomposed letter for the same.
        #expect(try JSONValue.parse(text).canonicalBytes() == Array(expected.utf8))
    }

    @Test(
        "numbers are printed as the table of RFC 8785, appendix B, has them",
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
            // And from the README of the author's testdata.
            (0x4340_0000_0000_0001, "9007199254740994"), (0x4340_0000_0000_0002, "9007199254740996"),
        ] as [(UInt64, String)])
    func numbers(bits: UInt64, expected: String) {
        var buffer: [UInt8] = []
        ECMAScriptNumber.append(Double(bitPattern: bits), to: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == expected)
    }

    @Test("a printed number reads back as the same double, whatever its size")
    func readBack() {
        var generator = SeededGenerator(seed: 8785)
        for round in 0..<50_000 {
            let value = round % 2 == 0 ? Double(bitPattern: generator.next()) : Double(generator.spreadInt64()) / 1000
            guard value.isFinite else { continue }
            var buffer: [UInt8] = []
            ECMAScriptNumber.append(value, to: &buffer)
            let text = String(decoding: buffer, as: UTF8.self)
            if Double(text) != value { Issue.record("\(value) \(text)") }
        }
    }

    @Test("what is written reads back as the same value and is written the same again")
    func roundTrip() throws {
        var random = RandomJSON(seed: 1)
        for _ in 0..<5000 {
            let value = random.value()
            let bytes = try value.canonicalBytes()
            let read = try JSONValue.parse(bytes)
            let again = try read.canonicalBytes()
            if read != value || again != bytes {
                Issue.record("\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test("names stand in the order of their UTF-16 code units")
    func order() throws {
        var random = RandomJSON(seed: 2)
        for _ in 0..<500 {
            let names = (0..<40).map { _ in random.string() }
            let object = JSONValue.object(Dictionary(names.map { ($0, .null) }, uniquingKeysWith: { left, _ in left }))
            let expected = Set(names).sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            let list = try expected.map { try canonical(.string($0)) + ":null" }.joined(separator: ",")
            // Bytes, because of names that String takes for equal.
            let bytes = try object.canonicalBytes()
            if bytes != Array("{\(list)}".utf8) { Issue.record("\(names)") }
        }
    }

    @Test("a whole number with a point is written without it; negative zero loses its sign")
    func wholeNumbers() throws {
        #expect(try canonical(.number(56)) == "56")
        #expect(try canonical(.number(-0.0)) == "0")
        #expect(try canonical(.number(9_007_199_254_740_991)) == "9007199254740991")
        #expect(try canonical(.integer(-9_007_199_254_740_991)) == "-9007199254740991")
        #expect(try canonical(.number(1e21)) == "1e+21")
    }

    @Test("only control characters, the quote and the backslash are escaped")
    func escaping() throws {
        #expect(
            try canonical(.string("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\"\\/\u{7F}\u{2028}é嘉😂"))
                == "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7F}\u{2028}é嘉😂\"")
    }

    @Test(
        "a value that other readers would round or refuse is not written, and its place is told",
        arguments: [
            (.number(.nan), "json.not-a-number"), (.number(.infinity), "json.not-a-number"),
            (.number(-.infinity), "json.not-a-number"), (.integer(9_007_199_254_740_992), "json.unsafe-integer"),
            (.integer(.min), "json.unsafe-integer"), (.number(9_007_199_254_740_992), "json.unsafe-integer"),
            (.number(-1e20), "json.unsafe-integer"), (.string("\u{FFFE}"), "json.noncharacter"),
        ] as [(JSONValue, String)])
    func refusals(value: JSONValue, code: String) throws {
        let document: JSONValue = .object(["a/b": .array([.null, .object(["c~d": value])])])
        let fault = try #require(throws: JSONFault.self) { try document.canonicalBytes() }
        #expect(fault.code == code)
        #expect(fault.place == .value(JSONPointer.root.appending("a/b").appending(1).appending("c~d")))
        #expect(fault.message.arguments["place"] == "/a~1b/1/c~0d")
        #expect(ParseFault.everyCode.contains(fault.code))
    }

    @Test("depth is bounded in writing too")
    func depth() throws {
        func nested(_ depth: Int) -> JSONValue { (1..<depth).reduce(.array([])) { value, _ in .array([value]) } }
        #expect(try nested(JSONLimits.deepest).canonicalBytes().count == 2 * JSONLimits.deepest)
        let fault = try #require(throws: JSONFault.self) { try nested(JSONLimits.deepest + 1).canonicalBytes() }
        #expect(fault.code == "json.too-deep")
    }
}

@Suite("JSON pointers")
struct JSONPointerTests {
    @Test("the examples of RFC 6901, section 5, are printed with their escapes")
    func examples() {
        #expect(JSONPointer.root.description == "")
        #expect(JSONPointer.root.appending("foo").appending(0).description == "/foo/0")
        for (name, text) in [
            ("", "/"), ("a/b", "/a~1b"), ("c%d", "/c%d"), ("e^f", "/e^f"), ("g|h", "/g|h"), ("i\\j", "/i\\j"),
            ("k\"l", "/k\"l"), (" ", "/ "), ("m~n", "/m~0n"), ("~1", "/~01"),
        ] {
            #expect(JSONPointer.root.appending(name).description == text)
        }
    }
}
