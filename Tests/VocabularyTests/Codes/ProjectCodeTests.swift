import Testing

@testable import Vocabulary

@Suite("Project codes")
struct ProjectCodeTests {
    // Constructed after the shape of published codes; the check digit of the newer generation is not verified.
    @Test("a code until 2020 names year, region, industry, procedure and serial")
    func older() throws {
        let code = try ProjectCode.parse("2020-500101-44-01-012345")
        #expect(code.issued == ProjectCode.Issued(year: 2020, month: nil))
        #expect(code.region.description == "500101")
        #expect(code.department == 44 && code.type == 1 && code.serial == 12_345)
        #expect(code.description == "2020-500101-44-01-012345")
    }

    @Test("a code since November 2020 names year and month")
    func newer() throws {
        let code = try ProjectCode.parse("21045001050401123456")
        #expect(code.issued == ProjectCode.Issued(year: 2021, month: 4))
        #expect(code.description == "2104-500105-04-01-123456")
        #expect(try ProjectCode.parse("2012-500105-04-01-123456").issued == ProjectCode.Issued(year: 2020, month: 12))
        #expect(try ProjectCode.parse("2016-500105-44-03-123456").issued == ProjectCode.Issued(year: 2016, month: nil))
    }

    @Test("full-width characters are folded and codes without hyphens are the same codes")
    func folding() throws {
        #expect(try ProjectCode.parse("２０２０－５００１０１－４４－０１－０１２３４５") == ProjectCode.parse("20205001014401012345"))
    }

    @Test(
        "what is no code is refused, with its place",
        arguments: [
            ("", "project-code.empty", nil), ("2020-500101-44-01-01234", "project-code.length", nil),
            ("2020500101-44-01-0123456", "project-code.hyphen", 4),
            ("2020-50010A-44-01-012345", "project-code.unexpected-character", 10),
            ("1999-500101-44-01-012345", "project-code.time", 0), ("0101-500101-44-01-012345", "project-code.time", 0),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(ProjectCode.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("codes print and read back, and hostile bytes end in a code or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["2020-500101-44-01-012345", "2104-500105-04-01-123456", "20205001014401012345"],
            alphabet: "0123456789-０－ ",
            seed: 53
        ) { bytes throws(ParseFault) in
            let code = try ProjectCode.parse(bytes)
            if try ProjectCode.parse(code.description) != code { Issue.record("\(code)") }
        }
    }
}
