import Seeded
import Testing

@testable import Vocabulary

@Suite("Regions")
struct RegionTests {
    /// A part of GB/T 2260 for Chongqing and Sichuan, with what makes names hard.
    static let tableText = """
        code\tname\tparent\tstatus
        500000\t重庆市\t\tcurrent
        500100\t市辖区\t500000\taggregate
        500101\t万州区\t500100\tcurrent
        500103\t渝中区\t500100\tcurrent
        500105\t江北区\t500100\tabolished (merged into 500157)
        500112\t渝北区\t500100\tabolished (merged into 500157)
        500157\t两江新区\t500100\tcurrent
        500200\t县\t500000\taggregate
        500233\t忠县\t500200\tcurrent
        500240\t石柱土家族自治县\t500200\tcurrent
        500242\t酉阳土家族苗族自治县\t500200\tcurrent
        510000\t四川省\t\tcurrent
        510100\t成都市\t510000\tcurrent
        510107\t武侯区\t510100\tcurrent
        511000\t内江市\t510000\tcurrent
        511002\t市中区\t511000\tcurrent
        511100\t乐山市\t510000\tcurrent
        511102\t市中区\t511100\tcurrent
        513300\t甘孜藏族自治州\t510000\tcurrent
        513328\t甘孜县\t513300\tcurrent
        513200\t阿坝藏族羌族自治州\t510000\tcurrent
        """
    static let mergersText = "from\tinto\teffective\n500105,500112\t500157\t2025-11-01\n"

    private func table() throws -> RegionTable {
        try RegionTable.parse(Self.tableText, mergers: RegionMerger.parseTable(Self.mergersText))
    }

    private func code(_ number: Int) throws -> RegionCode { try #require(RegionCode(number)) }

    @Test("the digits of a code tell its level and the regions above it")
    func digits() throws {
        let district = try RegionCode.parse("５００１１２")
        #expect(
            district.level == .county && district.parent == RegionCode(500_100)
                && district.province == RegionCode(500_000))
        #expect(district.prefecture == RegionCode(500_100) && district.parent?.parent == RegionCode(500_000))
        #expect(district.province.parent == nil && district.province.level == .province)
        #expect(try code(100_000).level == .nation && code(100_000).contains(district))
        #expect(
            try code(500_000).contains(district) && !code(510_000).contains(district)
                && code(500_100).contains(district))
        #expect(!district.contains(district.province))
        #expect(try district < code(510_000))
        #expect(RegionCode(99_999) == nil && RegionCode(900_000) == nil)
    }

    @Test(
        "what is no region code is refused",
        arguments: [
            ("", "region.empty", nil), ("50011", "region.length", nil), ("5001122", "region.length", nil),
            ("50011A", "region.unexpected-character", 5), ("000000", "region.impossible", 0),
            ("999999", "region.impossible", 0),
        ] as [(String, String, Int?)])
    func refusals(text: String, faultCode: String, position: Int?) {
        let found = refusal(RegionCode.self, text)
        #expect(found?.code == faultCode && found?.position == position)
    }

    @Test("every code of six digits that is read prints the same")
    func everyCode() throws {
        for number in stride(from: 100_000, to: 900_000, by: 7) {
            let text = String(number)
            if try RegionCode.parse(text).description != text { Issue.record("\(text)") }
        }
    }

    @Test(
        "regions are found by full and shortened names, with and without the regions above them",
        arguments: [
            ("渝中区", 500_103), ("渝中", 500_103), ("重庆市渝中区", 500_103), ("重庆渝中", 500_103), ("重庆市 渝中区", 500_103),
            ("重庆", 500_000), ("重庆市", 500_000), ("忠县", 500_233), ("石柱", 500_240), ("石柱县", 500_240), ("酉阳", 500_242),
            ("石柱土家族自治县", 500_240),
            ("四川省成都市武侯区", 510_107), ("成都武侯", 510_107), ("成都", 510_100), ("甘孜州", 513_300), ("甘孜", 513_300),
            ("甘孜县", 513_328), ("甘孜州甘孜", 513_328),
            ("阿坝", 513_200),
            ("两江新区", 500_157), ("两江", 500_157), ("内江市市中区", 511_002), ("四川乐山市中区", 511_102), ("江北", 500_105),
            ("渝北区", 500_112),
        ])
    func names(name: String, number: Int) throws {
        #expect(try table().region(named: name)?.code == RegionCode(number), "\(name)")
    }

    @Test("a name that several regions bear or none is nobody's")
    func ambiguity() throws {
        let table = try table()
        #expect(table.region(named: "市中区") == nil)
        #expect(table.regions(named: "市中区").map(\.code.number) == [511_002, 511_102])
        #expect(table.region(named: "市中区", within: RegionCode(511_100))?.code.number == 511_102)
        for name in ["", "市", "县", "市辖区", "成都市渝中区", "上海", "忠"] { #expect(table.region(named: name) == nil, "\(name)") }
    }

    @Test("江北区 and 渝北区 are 两江新区 from the day of the merger on")
    func merger() throws {
        let table = try table()
        let before = try CalendarDate.parse("2025-10-31")
        let after = try CalendarDate.parse("2025-11-01")
        #expect(try table.successor(of: code(500_105), at: before) == code(500_105))
        #expect(try table.successor(of: code(500_105), at: after) == code(500_157))
        #expect(try table.successor(of: code(500_112), at: after) == code(500_157))
        #expect(try table.successor(of: code(500_103), at: after) == code(500_103))
        #expect(table.region(try code(500_105))?.status == .abolished(note: "merged into 500157"))
    }

    @Test("mergers of mergers are followed and circles end")
    func chains() throws {
        let day = try CalendarDate.parse("2020-01-01")
        let (a, b, c) = (try code(110_101), try code(110_102), try code(110_103))
        let chain = RegionTable(
            regions: [],
            mergers: [
                RegionMerger(from: [a], into: b, effective: day),
                RegionMerger(from: [b], into: c, effective: day.advanced(by: 10)),
            ])
        #expect(chain.successor(of: a, at: day) == b)
        #expect(chain.successor(of: a, at: day.advanced(by: 10)) == c)
        let circle = RegionTable(
            regions: [],
            mergers: [
                RegionMerger(from: [a], into: b, effective: day), RegionMerger(from: [b], into: a, effective: day),
            ])
        #expect([a, b].contains(circle.successor(of: a, at: day)))
    }

    @Test("the path to a district leaves out levels that only group codes")
    func path() throws {
        #expect(try table().path(to: code(500_103)).map(\.name) == ["重庆市", "渝中区"])
        #expect(try table().path(to: code(510_107)).map(\.name) == ["四川省", "成都市", "武侯区"])
        #expect(try table().parent(of: code(500_103)) == RegionCode(500_100))
        #expect(try table().parent(of: code(440_305)) == RegionCode(440_300))
    }

    @Test(
        "faults of a table name the line",
        arguments: [
            ("", "table.empty", nil), ("code\tname\tparent\tstatus\n", "table.empty", nil),
            ("code\tname\n", "table.header", "1"),
            ("code\tname\tparent\tstatus\n500000\t重庆市\t\n", "table.columns", "2"),
            ("code\tname\tparent\tstatus\r\n50000\t重庆市\t\tcurrent\r\n", "table.bad-cell", "2"),
            ("code\tname\tparent\tstatus\n500000\t重庆市\t\tgone\n", "table.bad-cell", "2"),
            ("code\tname\tparent\tstatus\n500000\t\t\tcurrent\n", "table.bad-cell", "2"),
            ("code\tname\tparent\tstatus\n500000\t重庆市\t\tcurrent\n\n500000\t重庆市\t\tcurrent\n", "table.duplicate", "4"),
            ("code\tname\tparent\tstatus\n500101\t万州区\t500100\tcurrent\n", "table.unknown-parent", "2"),
        ] as [(String, String, String?)])
    func tableFaults(text: String, code: String, line: String?) {
        let found = fault { () throws(ParseFault) in _ = try RegionTable.parse(text) }
        #expect(found?.code == code && found?.arguments["line"] == line, "\(String(describing: found))")
    }

    @Test("bytes that are no UTF-8 are refused with their line")
    func notUTF8() {
        var bytes = Array("code\tname\tparent\tstatus\n500000\t".utf8)
        bytes += [0xFF, 0x0A]
        let found = fault { () throws(ParseFault) in _ = try RegionTable.parse(bytes.span) }
        #expect(found?.code == "table.not-utf8" && found?.arguments["line"] == "2")
    }

    @Test("a byte order mark and carriage returns do no harm")
    func windowsText() throws {
        let text = "\u{FEFF}" + Self.tableText.split(separator: "\n").joined(separator: "\r\n")
        #expect(try RegionTable.parse(text).regions.count == 21)
    }

    @Test("hostile bytes end in codes and tables or in faults with phrases")
    func fuzzing() throws {
        try fuzz(seeds: ["500112", "５００１１２"], alphabet: "0123456789０ ", seed: 54) { bytes throws(ParseFault) in
            _ = try RegionCode.parse(bytes)
        }
        try fuzz(seeds: [Self.tableText], alphabet: "0123456789\t\n市区", rounds: 3_000, seed: 55) {
            bytes throws(ParseFault) in _ = try RegionTable.parse(bytes)
        }
        try fuzz(seeds: [Self.mergersText], alphabet: "0123456789\t\n,-", rounds: 5_000, seed: 56) {
            bytes throws(ParseFault) in _ = try RegionMerger.parseTable(bytes)
        }
        let table = try table()
        var generator = SeededGenerator(seed: 57)
        let characters = Array("重庆市渝中区成都四川省甘孜藏族自治州 -")
        for _ in 0..<3_000 {
            let length = Int.random(in: 0...40, using: &generator)
            _ = table.regions(
                named: String((0..<length).compactMap { _ in characters.randomElement(using: &generator) }))
        }
    }
}
