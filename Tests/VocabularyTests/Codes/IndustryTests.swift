import Testing

@testable import Vocabulary

@Suite("Industries")
struct IndustryTests {
    static let tableText = """
        code\tname
        0111\t稻谷种植
        44\t电力、热力生产和供应业
        441\t电力生产
        4411\t火力发电
        4415\t风力发电
        4620\t污水处理及其再生利用
        """

    @Test(
        "codes are read with and without the letter of their section, at every level",
        arguments: [
            ("4415", "4415", "D", IndustryCode.Level.class), ("D4415", "4415", "D", .class),
            ("d4415", "4415", "D", .class),
            ("Ｄ４４１５", "4415", "D", .class), ("441", "441", "D", .group), ("D44", "44", "D", .division),
            (" 0111 ", "0111", "A", .class),
            ("A011", "011", "A", .group), ("T9700", "9700", "T", .class),
        ])
    func reading(text: String, printed: String, letter: Character, level: IndustryCode.Level) throws {
        let code = try IndustryCode.parse(text)
        #expect(code.description == printed && code.section.letter == letter && code.level == level)
    }

    @Test(
        "what is no industry code is refused, with its place",
        arguments: [
            ("", "industry.empty", nil), ("4", "industry.length", nil), ("44155", "industry.length", nil),
            ("D", "industry.length", nil),
            ("44X5", "industry.unexpected-character", 2), ("DD44", "industry.unexpected-character", 1),
            ("9800", "industry.no-such-division", 0),
            ("D0011", "industry.no-such-division", 1), ("C4415", "industry.section-mismatch", 0),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(IndustryCode.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
        if code == "industry.section-mismatch" { #expect(found?.arguments["expected"] == "D") }
    }

    @Test("the twenty sections share out the divisions 01 to 97 without gap or overlap (GB/T 4754-2017, table 1)")
    func sections() throws {
        #expect(IndustrySection.allCases.map(\.letter) == Array("ABCDEFGHIJKLMNOPQRST"))
        var next = 1
        for section in IndustrySection.allCases {
            #expect(section.divisions.lowerBound == next)
            next = section.divisions.upperBound + 1
        }
        #expect(next == 98)
        let firsts: [(Int, Character)] = [
            (1, "A"), (6, "B"), (13, "C"), (44, "D"), (47, "E"), (51, "F"), (53, "G"), (61, "H"), (63, "I"), (66, "J"),
            (70, "K"),
            (71, "L"), (73, "M"), (76, "N"), (80, "O"), (83, "P"), (84, "Q"), (86, "R"), (91, "S"), (97, "T"),
        ]
        for (division, letter) in firsts { #expect(IndustrySection(division: division)?.letter == letter) }
        #expect(IndustrySection(division: 0) == nil && IndustrySection(division: 98) == nil)
    }

    @Test("every code of two to four digits prints, reads back and lies under its parent")
    func everyCode() throws {
        for level in IndustryCode.Level.allCases {
            for number in 0..<10_000 {
                guard let code = IndustryCode(number, level: level) else { continue }
                if try IndustryCode.parse(code.description) != code { Issue.record("\(code)") }
                let lettered = String(code.section.letter) + code.description
                if try IndustryCode.parse(lettered) != code { Issue.record("\(lettered)") }
                if let parent = code.parent {
                    if !parent.contains(code) || code.contains(parent) || !(parent < code) { Issue.record("\(code)") }
                    if parent.section != code.section { Issue.record("\(code)") }
                } else if level != .division {
                    Issue.record("\(code)")
                }
            }
        }
    }

    @Test("a table gives names by code and codes by name, division, and section")
    func table() throws {
        let table = try IndustryTable.parse(Self.tableText)
        let wind = try IndustryCode.parse("D4415")
        #expect(table.name(of: wind) == "风力发电" && table.contains(wind))
        #expect(table.codes(named: "风力发电") == [wind])
        #expect(table.codes(under: try IndustryCode.parse("44")).map(\.description) == ["44", "441", "4411", "4415"])
        #expect(table.codes(in: .utilities).count == 5)
        #expect(table.name(of: try IndustryCode.parse("4499")) == nil && table.codes(named: "没有") == [])
        #expect(
            fault { () throws(ParseFault) in _ = try IndustryTable.parse("code\tname\n4415\ta\n4415\tb\n") }?.code
                == "table.duplicate")
        #expect(
            fault { () throws(ParseFault) in _ = try IndustryTable.parse("code\tname\n9800\ta\n") }?.code
                == "table.bad-cell")
    }

    @Test("hostile bytes end in codes and tables or in faults with phrases")
    func fuzzing() throws {
        try fuzz(seeds: ["4415", "D4415", "011"], alphabet: "0123456789ABCDTｄ ", seed: 58) { bytes throws(ParseFault) in
            let code = try IndustryCode.parse(bytes)
            if try IndustryCode.parse(code.description) != code { Issue.record("\(code)") }
        }
        try fuzz(seeds: [Self.tableText], alphabet: "0123456789\t\n电", rounds: 3_000, seed: 59) {
            bytes throws(ParseFault) in _ = try IndustryTable.parse(bytes)
        }
    }
}
