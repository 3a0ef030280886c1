import Foundation
import LibraryFixtures
import Seeded
import Testing

@testable import Vocabulary

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        "values of every kind are read",
        arguments: [
            ("null", .null), (" true\r\n", .bool(true)), ("false", .bool(false)), ("0", .integer(0)),
            ("-0", .integer(0)), ("9007199254740991", .integer(9_007_199_254_740_991)),
            ("-9007199254740991", .integer(-9_007_199_254_740_991)), ("1.5", .number(1.5)), ("56.0", .number(56)),
            ("1E3", .number(1000)), ("1e-2", .number(0.01)), ("-2.5e+3", .number(-2500)), ("1e-400", .number(0)),
            ("\"\"", .string("")), ("\"嘉陵\"", .string("嘉陵")),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u5609\ud83d\ude02\u0000""#, .string("嘉😂\u{0}")), ("[]", .array([])), ("{ }", .object([:])),
            ("[1, [2], {\"a\": null}]", .array([.integer(1), .array([.integer(2)]), .object(["a": .null])])),
            ("{\"b\":\t1 ,\"a\" : [ ]}", .object(["a": .array([]), "b": .integer(1)])),
        ] as [(String, JSONValue)])
    func kinds(text: String, expected: JSONValue) throws {
        #expect(try JSONValue.parse(text) == expected)
        #expect(try JSONValue.parse(Array(text.utf8)) == expected)
    }

    @Test(
        "what another reader might see otherwise is refused, with line and column",
        arguments: [
            ("", "json.ends-early", 1, 1), ("  \n ", "json.ends-early", 2, 2), ("[1,", "json.ends-early", 1, 4),
            ("{\"a\"", "json.ends-early", 1, 5), ("\"abc", "json.ends-early", 1, 1), ("\"\\", "json.ends-early", 1, 3),
            ("\"\\u12", "json.ends-early", 1, 6), ("-", "json.ends-early", 1, 2), ("1.", "json.ends-early", 1, 3),
            ("1e+", "json.ends-early", 1, 4), ("tru", "json.ends-early", 1, 4),
            ("\u{FEFF}{}", "json.byte-order-mark", 1, 1), ("{} {}", "json.trailing-text", 1, 4),
            ("1 2", "json.trailing-text", 1, 3), ("null,", "json.trailing-text", 1, 5),
            ("[1,]", "json.unexpected-character", 1, 4), ("{,}", "json.unexpected-character", 1, 2),
            ("{\"a\":1,}", "json.unexpected-character", 1, 8), ("{a:1}", "json.unexpected-character", 1, 2),
            ("{'a':1}", "json.unexpected-character", 1, 2), ("[1 2]", "json.unexpected-character", 1, 4),
            ("NaN", "json.unexpected-character", 1, 1), ("Infinity", "json.unexpected-character", 1, 1),
            ("+1", "json.unexpected-character", 1, 1), (".5", "json.unexpected-character", 1, 1),
            ("nulL", "json.unexpected-character", 1, 4), ("/* */1", "json.unexpected-character", 1, 1),
            ("[1}", "json.unexpected-character", 1, 3), ("1.e3", "json.unexpected-character", 1, 3),
            ("0x10", "json.trailing-text", 1, 2), ("\u{A0}1", "json.unexpected-character", 1, 1),
            ("{\n \"甲\": 1,\r\n  \"甲\": 2}", "json.duplicate-member", 3, 3),
            (#"{"a":1,"\u0061":2}"#, "json.duplicate-member", 1, 8),
            ("{\"\u{E9}\":1,\"e\u{301}\":2}", "json.duplicate-member", 1, 8),
            ("\"a\tb\"", "json.control-character", 1, 3), ("\"a\nb\"", "json.control-character", 1, 3),
            (#""\x""#, "json.unknown-escape", 1, 2), (#""\u12g4""#, "json.unknown-escape", 1, 2),
            (#""\ud83d""#, "json.unpaired-surrogate", 1, 2), (#""\ude02""#, "json.unpaired-surrogate", 1, 2),
            (#""\ud83dx""#, "json.unpaired-surrogate", 1, 2), (#""\ud83d\ud83d""#, "json.unpaired-surrogate", 1, 2),
            (#""\ud83d\n""#, "json.unpaired-surrogate", 1, 2),
            (#""\uffff""#, "json.noncharacter", 1, 2), (#""\uFDD0""#, "json.noncharacter", 1, 2),
            ("01", "json.leading-zero", 1, 1), ("-00", "json.leading-zero", 1, 2),
            ("[00.5]", "json.leading-zero", 1, 2),
            ("9007199254740992", "json.unsafe-integer", 1, 1), ("-9007199254740992", "json.unsafe-integer", 1, 1),
            ("[99999999999999999999999999]", "json.unsafe-integer", 1, 2),
            ("1e400", "json.number-too-large", 1, 1), ("-1e309", "json.number-too-large", 1, 1),
        ] as [(String, String, Int, Int)])
    func refusals(text: String, code: String, line: Int, column: Int) {
        let found = jsonFault(text)
        #expect(
            found?.code == code && found?.place == .text(line: line, column: column),
            "\(text): \(String(describing: found))")
    }

    @Test("text that is not UTF-8 is refused wherever it stands")
    func malformedUTF8() {
        let bad: [[UInt8]] = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE5, 0x98]]
        for bytes in bad {
            #expect(jsonFault([0x22] + bytes + [0x22])?.code == "json.not-utf8")
            #expect(jsonFault(bytes)?.code == "json.not-utf8")
            #expect(jsonFault([0x5B] + bytes + [0x5D])?.code == "json.not-utf8")
        }
        #expect(jsonFault([0x22, 0xEF, 0xB7, 0x90, 0x22])?.code == "json.noncharacter")
        // The replacement character itself is a character.
        #expect(jsonFault("\"\u{FFFD}\"") == nil)
    }

    @Test("bytes, depth, values and digits are bounded, each at exactly its limit")
    func limits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(jsonFault(nested(64)) == nil)
        #expect(jsonFault(nested(65))?.code == "json.too-deep")
        #expect(jsonFault(String(repeating: "{\"a\":", count: 65))?.code == "json.too-deep")
        #expect(jsonFault(nested(300), limits: JSONLimits(depth: .max))?.code == "json.too-deep")
        #expect(jsonFault(nested(256), limits: JSONLimits(depth: .max)) == nil)
        #expect(jsonFault("1", limits: JSONLimits(depth: 0)) == nil)
        #expect(jsonFault("[]", limits: JSONLimits(depth: 0))?.code == "json.too-deep")
        #expect(jsonFault("[1,2]", limits: JSONLimits(values: 3)) == nil)
        #expect(jsonFault("[1,2]", limits: JSONLimits(values: 2))?.code == "json.too-many-values")
        #expect(jsonFault("1234", limits: JSONLimits(bytes: 4)) == nil)
        #expect(jsonFault("1234 ", limits: JSONLimits(bytes: 4))?.code == "json.too-large")
        #expect(jsonFault("{\"" + String(repeating: "a", count: 1024) + "\":1}") == nil)
        #expect(jsonFault("{\"" + String(repeating: "a", count: 1025) + "\":1}")?.code == "json.name-too-long")
        #expect(jsonFault("0." + String(repeating: "1", count: 126)) == nil)
        #expect(jsonFault("0." + String(repeating: "1", count: 127))?.code == "json.number-too-long")
    }

    @Test("valid texts are read as Foundation reads them")
    func foundation() throws {
        var random = RandomJSON(seed: 8259)
        for _ in 0..<2000 {
            let value = random.value()
            var text = ""
            random.spell(value, into: &text)
            let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let ours = try JSONValue.parse(text)
            if !agree(ours, theirs) || ours != value { Issue.record("\(text)") }
        }
    }

    @Test("whatever bytes come, the parser returns, and each fault has its phrase in full")
    func fuzz() throws {
        let phrasebook = try DeliveredFiles.phrasebook(["vocabulary"])
        var random = RandomJSON(seed: 7493)
        let marks = Array("{}[]\",:\\u0123456789eE+-. tfn\u{0}\u{FF}".utf8) + [0xC3, 0xED, 0xA0, 0xF0, 0xFF]
        var seen: Set<String> = []
        for _ in 0..<20_000 {
            var text = ""
            random.spell(random.value(depth: 3), into: &text)
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random.generator) {
                let place = Int.random(in: 0...bytes.count, using: &random.generator)
                switch Int.random(in: 0..<4, using: &random.generator) {
                case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random.generator)
                case 1 where place < bytes.count: bytes.remove(at: place)
                case 2 where place < bytes.count: bytes.removeSubrange(place...)
                default: bytes.insert(marks.randomElement(using: &random.generator) ?? 0, at: place)
                }
            }
            guard let fault = jsonFault(bytes) else {
                // What was read is a value that can be written, unless it holds a number such as 1e20.
                let value = try JSONValue.parse(bytes)
                do throws(JSONFault) {
                    let written = try value.canonicalBytes()
                    let again = try JSONValue.parse(written).canonicalBytes()
                    #expect(again == written)
                } catch {
                    #expect(error.code == "json.unsafe-integer")
                }
                continue
            }
            guard case .text(let line, let column) = fault.place else {
                Issue.record("\(fault)")
                continue
            }
            #expect(line >= 1 && column >= 1 && line + column <= bytes.count + 2)
            guard seen.insert(fault.code).inserted else { continue }
            for language in Language.allCases {
                #expect(phrasebook.unfilledPlaceholders(of: fault.message, in: language).isEmpty, "\(fault)")
            }
        }
        #expect(seen.count >= 10)
    }

    @Test("time grows with the length, whatever stands there", .timeLimit(.minutes(10)))
    func linear() {
        // Each would take far longer if a byte were looked at once for every byte before it.
        let size = 1_000_000
        let limits = JSONLimits(bytes: 2 * size + 100, values: size)
        let accents = String(repeating: "\u{301}\u{323}", count: size / 4)
        // Hashing a String takes the square of the number of accents that follow each other.
        let names = (0..<size / 1024).map { "\"\($0)" + String(accents.unicodeScalars.prefix(500)) + "\":1" }
        let refused = [
            String(repeating: "\n", count: size) + "x", String(repeating: "9", count: size),
            "{\"e" + accents + "\":1,\"e" + accents + "\":2}", "\"" + String(repeating: "嘉", count: size / 3),
        ]
        for text in refused { #expect(jsonFault(text, limits: limits) != nil) }
        let read = [
            "\"" + String(repeating: "\\u00e9", count: size / 6) + "\"",
            "[" + String(repeating: "0,", count: size / 2) + "0]", "{" + names.joined(separator: ",") + "}",
        ]
        for text in read { #expect(jsonFault(text, limits: limits) == nil) }
    }

    private func agree(_ ours: JSONValue, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let value): return (theirs as? NSNumber)?.boolValue == value
        case .integer(let value): return (theirs as? NSNumber)?.int64Value == value
        case .number(let value):
            // On Linux Foundation keeps some numbers as Decimal and loses their last digits.
            guard let other = (theirs as? NSNumber)?.doubleValue else { return false }
            return (other - value).magnitude <= value.magnitude * 1e-14
        case .string(let value): return (theirs as? String).map { Array($0.utf8) == Array(value.utf8) } ?? false
        case .array(let values):
            guard let others = theirs as? [Any], others.count == values.count else { return false }
            return zip(values, others).allSatisfy { agree($0, $1) }
        case .object(let members):
            guard let others = theirs as? [String: Any], others.count == members.count else { return false }
            return members.allSatisfy { name, value in others[name].map { agree(value, $0) } ?? false }
        }
    }
}

extension RandomJSON {
    /// Writes a value in one of the many ways that JSON allows.
    mutating func spell(_ value: JSONValue, into text: inout String) {
        space(into: &text)
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .number(let value): text += Bool.random(using: &generator) ? "\(value)" : "\(value)".uppercased()
        case .string(let value): spell(value, into: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                spell(value, into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                space(into: &text)
                spell(member.key, into: &text)
                space(into: &text)
                text += ":"
                spell(member.value, into: &text)
            }
            text += "}"
        }
        space(into: &text)
    }

    private mutating func space(into text: inout String) {
        text += ["", "", "", " ", "\n", "\t", "\r\n  "].randomElement(using: &generator) ?? ""
    }

    private mutating func spell(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            guard mustEscape || Int.random(in: 0..<5, using: &generator) == 0 else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        text += "\""
    }
}
