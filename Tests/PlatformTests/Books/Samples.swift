import Assessment
import Credit
import LedgerFixtures
import PlatformFixtures
import Synchronization
import Vocabulary

enum Samples {
    /// Two green loans and one that is not.
    static let ledger = Ledger([
        Ledger.loan(
            "L1", "50MW风力发电场建设", balance: "30000000.00",
            ["项目名称": "虚构风电场", "行政区划": "500235", "贷款质量": "正常"]),
        Ledger.loan("L2", "采购钢材", balance: "2000000.00"),
        Ledger.loan("L3", "生活污水处理厂建设", balance: "5000000.00"),
    ])

    /// The rows of a small ledger as an assessment hands them on, with what makes snapshots of them.
    static func rows(_ house: TestPlatform) async throws -> (SnapshotMaker, AssessedRows) {
        let folder = try TemporaryFolder()
        let file = try folder.write(Ledger([Ledger.loan("L1", "50MW风力发电场建设")]).csv(), to: "ledger")
        let run = try AssessmentRun(
            library: house.platform.library, options: AssessedLedger.options(file: file, in: folder))
        let taken = Mutex<[AssessedRows]>([])
        _ = try await run.run(taking: { rows in taken.withLock { $0.append(rows) } })
        return (SnapshotMaker(basis: run.basis), taken.withLock { $0[0] })
    }
}
