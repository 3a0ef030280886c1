import Assessment
import LedgerFixtures
import Seeded
import Testing

@Suite("Hostile ledgers")
struct HostileLedgerTests {
    private static let header = Array("借据号,借款人名称,贷款用途,贷款余额,项目总投资,fact:installed_capacity\n".utf8)

    /// Ends with a typed fault, or with every row accounted for; leaves nothing unfinished.
    @discardableResult
    private func survives(_ bytes: [UInt8], _ batchBytes: Int = 4_000) async throws -> AssessedLedger? {
        let folder = try TemporaryFolder()
        do {
            let result = try await AssessedLedger(bytes, in: folder) {
                $0.batchBytes = batchBytes
                $0.jobs = 2
            }
            let totals = result.book.totals
            #expect(totals.acceptedRows == result.rows.records.count)
            #expect(totals.rejectedRows == result.rejected.records.count)
            #expect(try folder.names().allSatisfy { !$0.hasSuffix(".part") })
            return result
        } catch let fault as AssessmentFault {
            let message = fault.message(titles: try RealLibrary.loaded().ledgerWords.titles)
            for language in ["zh", "en"] {
                let text = try RealLibrary.loaded().phrasebook.text(message, in: language == "zh" ? .zh : .en)
                #expect(text != message.key, "no words for \(message.key)")
            }
            #expect(try folder.names().allSatisfy { !$0.hasSuffix(".part") })
            return nil
        }
    }

    @Test("Random bytes, bare and behind a good header", arguments: 0..<6)
    func randomBytes(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        for length in [0, 1, 7, 300, 20_000] {
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            try await survives(noise)
            try await survives(Self.header + noise)
        }
    }

    @Test("A good ledger with bytes changed", arguments: 0..<6)
    func mutated(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let good = try AssessedLedger.generated(rows: 30, seed: seed)
        let marks: [UInt8] = [0, 10, 13, 34, 44, 59, 9, 0xFF, 0xE4, 0x80, 39]
        for _ in 0..<8 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...40, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = marks.randomElement(using: &generator) ?? 0
                case 1: bytes.remove(at: place)
                default: bytes.insert(.random(in: 0...255, using: &generator), at: place)
                }
            }
            try await survives(bytes)
        }
    }

    @Test("One endless line", arguments: [true, false])
    func endlessLine(_ hasHeader: Bool) async throws {
        let line = [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20)
        let result = try await survives((hasHeader ? Self.header : []) + line, 512 << 10)
        #expect((result == nil) == !hasHeader)
        #expect(result?.book.totals.rejectedRows ?? 1 == 1)
    }

    @Test("A lone quote costs its own row and no other, and is said")
    func loneQuote() async throws {
        #expect(try await survives([34]) == nil)
        let result = try await survives(Self.header + Array("A1,甲,风电场,1,,\nA2,乙,\"风电场,1,,\nA3,丙,进货,1,,\n".utf8))
        #expect(result?.rows["loan_id"] == ["A1", "A3"])
        #expect(result?.rejected["line"] == ["3"])
        #expect(result?.rejected["reason"].first?.contains("引号") == true)
    }

    @Test("NULs in every place")
    func nuls() async throws {
        try await survives([UInt8](repeating: 0, count: 5_000))
        try await survives(Self.header + [UInt8](repeating: 0, count: 5_000))
        try await survives(Self.header + Array("A\u{0}1,甲\u{0},风电\u{0}场,1\u{0},\u{0},\u{0}\n".utf8))
    }

    @Test("Ten thousand columns in the header, and in a row")
    func manyColumns() async throws {
        let wide = (0..<10_000).map { "列\($0)" }.joined(separator: ",")
        let text = "借据号,借款人名称,贷款用途,贷款余额,\(wide)\nA1,甲,风电场建设,100\nA2,乙,风电场建设,100,\(wide)\n"
        #expect(try await survives(Array(text.utf8))?.rows["loan_id"] == ["A1", "A2"])
        let row = "A3,丙,风电场建设,100" + String(repeating: ",", count: 10_000) + "\n"
        #expect(try await survives(Self.header + Array(row.utf8))?.rows["loan_id"] == ["A3"])
        try await survives(Array((wide + "\n" + wide + "\n").utf8))
    }

    @Test("Numbers beyond every bound are rejected or left out, never turned into others")
    func hugeNumbers() async throws {
        let numbers = [
            "9999999999999999999999", "1e400", "-1e400", "NaN", "inf", "1e-400", "92233720368547758.07",
            "92233720368547758.08", "0x10", "１２３", "--5", "1,2,3", "九千九百万", String(repeating: "9", count: 5_000),
        ]
        let rows = numbers.enumerated().map { "A\($0),甲,风电场建设,\"\($1)\",\"\($1)\",\"\($1)\"\n" }.joined()
        let result = try await survives(Self.header + Array(rows.utf8))
        #expect(result?.book.totals.rowsIn == numbers.count)
        #expect(result?.rejected["line"].contains("2") == true)
        #expect(result?.rows["loan_id"].contains("A6") == true)
        #expect(result?.rejected["line"].contains("9") == true)
    }

    @Test("Sums of the largest balances do not overflow")
    func sums() async throws {
        let rows = (0..<50).map { "A\($0),甲,风电场建设,92233720368547758.07,1,\n" }.joined()
        let result = try await survives(Self.header + Array(rows.utf8))
        #expect(result?.book.totals.green.fen == Int128(Int64.max) * 50)
    }

    @Test("A loan id of two kilobytes and a purpose of half a megabyte")
    func longFields() async throws {
        let id = String(repeating: "9", count: 2_000)
        let purpose = String(repeating: "风电场建设，60%用于光伏，", count: 15_000)
        let result = try await survives(Self.header + Array("\(id),甲,风电场,1,,\nA2,乙,\"\(purpose)\",1,,\n".utf8))
        #expect(result?.rejected["line"] == ["2"])
        #expect(result?.rows["loan_id"] == ["A2"])
    }

    @Test("Headers alone make an empty book")
    func headerOnly() async throws {
        let result = try await survives(Self.header)
        #expect(result?.book.totals.rowsIn == 0)
        try await survives(Array("\n\n\n".utf8))
        try await survives(Array(",,,,\n".utf8))
    }
}
