import Assessment
import LedgerFixtures
import Testing

@Suite("Every row of a ledger is accounted for")
struct RowAccountingTests {
    @Test("Rows in are rows accepted and rows rejected, in the order of the ledger")
    func accounting() async throws {
        let ledger = Ledger([
            Ledger.loan("A1", "风电场建设"), Ledger.loan("A2", "", balance: "1"), Ledger.loan("A3", "补充流动资金"),
            Ledger.loan("A4", "污水处理厂扩建", balance: "不详"), Ledger.loan("", "光伏电站"), Ledger.loan("A6", "光伏电站"),
            Ledger.loan("A7", "进货", balance: "-5"), Ledger.loan("1.23457E+17", "进货"),
        ])
        let result = try await AssessedLedger(ledger)
        #expect(result.book.totals.rowsIn == 8)
        #expect(result.book.totals.acceptedRows == 3)
        #expect(result.book.totals.rejectedRows == 5)
        #expect(result.rows["loan_id"] == ["A1", "A3", "A6"])
        #expect(result.rejected["line"] == ["3", "5", "6", "8", "9"])
        #expect(result.rejected["column"] == ["贷款用途", "贷款余额", "借据号", "贷款余额", "借据号"])
        #expect(result.rejected["reason"].allSatisfy { !$0.isEmpty && !$0.contains("row.") && !$0.contains("{") })
    }

    @Test("A loan id that comes again is rejected with the line of the first")
    func duplicates() async throws {
        let result = try await AssessedLedger(
            Ledger([
                Ledger.loan("A1", "风电场建设"), Ledger.loan("A2", "进货"), Ledger.loan("A1", "光伏电站"),
                Ledger.loan(" A2 ", "进货"), Ledger.loan("a1", "进货"), Ledger.loan("A1", "第三次"),
            ])
        ) { $0.batchBytes = 1 }
        #expect(result.rows["loan_id"] == ["A1", "A2", "a1"])
        #expect(result.rejected["line"] == ["4", "5", "7"])
        #expect(result.rejected.records.map { $0["reason"].contains("第2行") } == [true, false, true])
        #expect(result.rejected.records[1]["reason"].contains("第3行"))
        #expect(result.rejected["value"] == ["A1", "A2", "A1"])
    }

    @Test("A rejected row does not take the loan id away from a later good one")
    func rejectedFirst() async throws {
        let result = try await AssessedLedger(
            Ledger([Ledger.loan("A1", "风电场", balance: ""), Ledger.loan("A1", "风电场")]))
        #expect(result.rows["loan_id"] == ["A1"])
        #expect(result.rejected["line"] == ["2"])
    }

    @Test("Lines are counted as an editor counts them, line breaks within quotes included", arguments: ["\n", "\r\n"])
    func lineNumbers(_ end: String) async throws {
        let text = [
            "借据号,借款人名称,贷款用途,贷款余额", "A1,甲,\"风电场\(end)二期\(end)建设\",100", "A2,乙,进货,", "",
            "A3,丙,\"\"\"引号\"\"里\(end)换行\",100", "A4,丁,进货,负数", "A1,戊,进货,1",
        ].joined(separator: end)
        let result = try await AssessedLedger(Array(text.utf8), in: try TemporaryFolder())
        #expect(result.rows["loan_id"] == ["A1", "A3"])
        #expect(result.rejected["line"] == ["5", "9", "10"])
        #expect(result.rejected.records[2]["reason"].contains("第2行"))
    }

    @Test("A generated ledger: each loan once, in order, and nothing rejected")
    func generated() async throws {
        let result = try await AssessedLedger(try AssessedLedger.generated(rows: 1_000), in: try TemporaryFolder()) {
            $0.batchBytes = 10_000
            $0.jobs = 2
        }
        #expect(
            result.rows["loan_id"]
                == (1...1_000).map { "JL" + String(repeating: "0", count: 10 - "\($0)".count) + "\($0)" })
        #expect(result.rejected.records.isEmpty)
        #expect(result.book.totals.rowsIn == 1_000)
    }

    @Test("Fields too many or too few are said, and the row is still read")
    func fieldCount() async throws {
        let text = "借据号,借款人名称,贷款用途,贷款余额,利率\nA1,甲,风电场建设,100\nA2,甲,风电场建设,100,3,4,5\n"
        let result = try await AssessedLedger(Array(text.utf8), in: try TemporaryFolder())
        #expect(result.rows["loan_id"] == ["A1", "A2"])
        #expect(result.rows["warnings"].allSatisfy { $0.contains("5列") })
        #expect(result.book.totals.rowsWithWarnings == 2)
    }
}
