import Assessment
import Credit
import LedgerFixtures
import Standards
import Testing
import Vocabulary

/// Under Examples/overlays, whose rules are invented.
@Suite("A ledger under a region's overlay")
struct OverlayLedgerTests {
    /// A small station whose renewal the catalogue accepts, with what the region asks besides shown or not.
    private static func renewal(_ id: String, approved: String, protection: String) -> [String: String] {
        Ledger.loan(
            id, "老旧小水电站增效扩容改造",
            [
                "审批日期": approved, "发放日期": approved, "fact:small_hydropower_station": "是",
                "fact:ecological_flow_and_connectivity_secured": "是", "fact:no_major_ecological_impact": "是",
                "fact:ecological_protection_measures_taken": protection,
            ])
    }

    @Test(
        "Loans from before the overlay took effect are judged by the catalogue alone, still earlier ones by its predecessor"
    )
    func days() async throws {
        let ledger = Ledger([
            Self.renewal("A1", approved: "2026-01-01", protection: "否"),
            Self.renewal("A2", approved: "2025-12-31", protection: "否"),
            Self.renewal("A3", approved: "2024-03-01", protection: "否"),
            Self.renewal("A4", approved: "2026-01-01", protection: "是"),
        ])
        let result = try await AssessedLedger(ledger, library: try RealLibrary.loadedWithOverlays()) {
            $0.standard = "example.chongqing"
        }
        #expect(
            result.rows["standard"] == [
                "example.chongqing", "cn.green-finance.2025", "cn.green-industry.2019", "example.chongqing",
            ])
        #expect(result.rows["verdict"][0] == "not_aligned" && result.rows["decision"][0] == "not_green")
        #expect(result.rows["verdict"][1] == "aligned" && result.rows["verdict"][3] == "aligned")
        // The reason names the fact, who asks for it, and why.
        let reason = result.rows["reason"][0]
        for words in ["4.3.4", "示例机构（重庆，虚构）", "库区支流枯水期易断流"] { #expect(reason.contains(words), "\(reason)") }
        #expect(result.book.totals.assessed.fen > 0)
    }

    @Test("What the catalogue does not change is judged and measured as under the catalogue")
    func unchanged() async throws {
        let ledger = Ledger([Ledger.loan("A1", "风电场建设", JudgementTests.measured)])
        let national = try await AssessedLedger(ledger)
        let regional = try await AssessedLedger(ledger, library: try RealLibrary.loadedWithOverlays()) {
            $0.standard = "example.sichuan"
        }
        for column in ["verdict", "item", "mark", "method", "share"] {
            #expect(regional.rows[column] == national.rows[column])
        }
        #expect(regional.rows["method"] != [""])
    }
}
