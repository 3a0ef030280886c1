import Assessment
import Credit
import LedgerFixtures
import Standards
import Testing

@Suite("People's verdicts as a file")
struct DecisionFileTests {
    private func read(_ text: String) throws -> [String: PersonDecision] {
        let folder = try TemporaryFolder()
        return try DecisionFile.read(
            folder.write(Array(text.utf8), to: "decisions.csv"),
            pack: RealLibrary.loaded().pack("cn.green-finance.2025"))
    }

    @Test("A file with every column in any order is read")
    func good() throws {
        let decisions = try read(
            "reason,name,item,decision,loan_id\n看过合同,王五,4.2.1,accepted,A1\n\"停建,见函\",赵六,,not_green,A2\n")
        #expect(
            decisions == [
                "A1": PersonDecision(decision: .accepted, item: ItemCode("4.2.1"), by: "王五", reason: "看过合同"),
                "A2": PersonDecision(decision: .notGreen, item: nil, by: "赵六", reason: "停建,见函"),
            ])
    }

    @Test(
        "A verdict without name, reason, known decision or known item is refused with its line",
        arguments: [
            "A1,accepted,4.2.1,,看过", "A1,accepted,4.2.1,王五,", "A1,maybe,4.2.1,王五,看过", "A1,accepted,,王五,看过",
            "A1,accepted,9.9.99,王五,看过", "A1,unassessed,,王五,看过", ",not_green,,王五,看过", "A1",
        ])
    func bad(_ row: String) throws {
        let fault = #expect(throws: AssessmentFault.self) {
            _ = try read("loan_id,decision,item,name,reason\nA0,not_green,,王五,看过\n\(row)\n")
        }
        guard case .badDecisions(let line, _) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(line == 3)
        #expect(fault?.exitStatus == 2)
    }

    @Test("A file without one of the columns, or none at all, is refused")
    func columns() throws {
        #expect(throws: AssessmentFault.self) { _ = try read("loan_id,decision,item,name\nA1,not_green,,王五\n") }
        #expect(throws: AssessmentFault.self) { _ = try read("") }
        #expect(throws: AssessmentFault.self) {
            _ = try DecisionFile.read("/nowhere/decisions.csv", pack: nil)
        }
    }
}
