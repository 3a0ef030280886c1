import Assessment
import LedgerFixtures
import Testing

@Suite("The same ledger gives the same bytes")
struct SameBytesTests {
    @Test("Whatever the number of workers and the size of the batches")
    func workers() async throws {
        var ledger = try AssessedLedger.generated(rows: 3_000, seed: 11)
        // Duplicates far apart, and a project that loans of many batches share.
        let columns = 15
        for number in 0..<40 {
            let id = number % 2 == 0 ? "JL000000000\(number % 9 + 1)" : "P\(number)"
            let fields = [id, "甲公司", "4415", "500101", "风电场建设", "大风项目", "100", "100.00"]
            let rest = [String](repeating: "", count: columns - fields.count - 1) + ["1000.00"]
            ledger += Array((fields + rest).joined(separator: ",").utf8) + [10]
        }
        var expected: (rows: [UInt8], rejected: [UInt8])?
        for (jobs, batchBytes) in [(1, 1 << 20), (1, 700), (2, 3_000), (5, 3_000)] {
            let folder = try TemporaryFolder()
            let result = try await AssessedLedger(ledger, in: folder) {
                $0.jobs = jobs
                $0.batchBytes = batchBytes
                $0.reader.blockSize = batchBytes
            }
            let bytes = (rows: try folder.bytes(of: "out/rows.csv"), rejected: try folder.bytes(of: "out/rejected.csv"))
            #expect(result.book.totals.rowsIn == 3_040)
            #expect(result.book.totals.rejectedRows == 20)
            if let expected {
                #expect(bytes.rows == expected.rows, "jobs \(jobs), batches of \(batchBytes)")
                #expect(bytes.rejected == expected.rejected)
            } else {
                expected = bytes
            }
        }
    }

    @Test("CSV in three delimiters, GB18030 and a workbook of the same content give the same rows")
    func forms() async throws {
        let ledger = Ledger([
            Ledger.loan("A1", "风电场建设，一期", ["项目所在地": "重庆市", "审批日期": "2026-01-05"]),
            Ledger.loan("A2", "补充流动资金\n第二行", ["项目所在地": "四川省"]),
            Ledger.loan("A3", "建设\"海绵城市\"；管网\t改造", balance: "12,345.67"), Ledger.loan("A4", "进货", balance: "?"),
            Ledger.loan("A5", "污水处理厂提标", ["五级分类": "关注", "企业规模": "大型", "审批日期": "2024/5/6"]),
        ])
        let folder = try TemporaryFolder()
        try ledger.writeWorkbook(to: folder.file("ledger.xlsx"))
        let files: [String] = [
            try folder.write(ledger.csv(), to: "comma.csv"),
            try folder.write(ledger.csv(.semicolon), to: "semicolon.csv"),
            try folder.write(ledger.csv(.tab), to: "tab.tsv"), try folder.write(ledger.gb18030(), to: "gb18030.csv"),
            try folder.write([0xEF, 0xBB, 0xBF] + ledger.csv(), to: "mark.csv"), folder.file("ledger.xlsx"),
        ]
        var expected: [[String]]?
        var forms: Set<String> = []
        for file in files {
            let result = try await AssessedLedger(file: file, in: folder)
            let rows = result.rows.records.map(\.fields)
            #expect(rows.count == 4)
            #expect(rows == expected ?? rows, "\(result.book.inputForm)")
            #expect(result.rejected["value"] == ["?"])
            expected = rows
            forms.insert(result.book.inputForm)
        }
        #expect(forms.count == 5, "\(forms)")
    }

    @Test("In English the figures are the same, only words differ")
    func language() async throws {
        let ledger = Ledger([Ledger.loan("A1", "风电场建设"), Ledger.loan("A2", "进货"), Ledger.loan("A3", "x", balance: "?")])
        let zh = try await AssessedLedger(ledger)
        let en = try await AssessedLedger(ledger) { $0.language = .en }
        for column in ["loan_id", "decision", "probability", "verdict", "candidates", "share", "co2e_t"] {
            #expect(zh.rows[column] == en.rows[column])
        }
        #expect(zh.rows["reason"] != en.rows["reason"])
        #expect(zh.rejected["reason"] != en.rejected["reason"])
    }
}
