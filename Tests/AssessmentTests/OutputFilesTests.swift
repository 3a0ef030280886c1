import Assessment
import Crypto
import Foundation
import LedgerFixtures
import Synchronization
import Testing
import Vocabulary

@Suite("Files that come out of a run")
struct OutputFilesTests {
    private let ledger = Ledger([Ledger.loan("A1", "风电场建设"), Ledger.loan("A2", "", balance: "1")])

    private func unfinished(_ folder: TemporaryFolder) throws -> [String] {
        try folder.names().filter { $0.hasSuffix(".part") }
    }

    private func run(_ options: AssessmentOptions) async throws -> AssessedBook {
        try await AssessmentRun(library: try RealLibrary.loaded(), options: options).run()
    }

    @Test("A run that ends well leaves the two files and nothing unfinished")
    func success() async throws {
        let result = try await AssessedLedger(ledger)
        #expect(try result.folder.names() == ["ledger", "out", "out/rejected.csv", "out/rows.csv"])
    }

    @Test("The hash and the length are those of the file", arguments: [true, false])
    func fingerprint(_ isWorkbook: Bool) async throws {
        let folder = try TemporaryFolder()
        if isWorkbook {
            try ledger.writeWorkbook(to: folder.file("ledger"))
        } else {
            try folder.write(AssessedLedger.generated(rows: 300), to: "ledger")
        }
        let result = try await AssessedLedger(file: folder.file("ledger"), in: folder) {
            $0.reader.blockSize = 1_000
            $0.batchBytes = 1_000
        }
        let bytes = try folder.bytes(of: "ledger")
        let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        #expect(result.book.inputDigest == digest)
        #expect(result.book.inputBytes == bytes.count)
    }

    @Test("Without the needed columns there is a fault that names them, and no file")
    func layoutFault() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array("借据号,贷款用途\nA1,风电场\n".utf8), to: "ledger")
        let options = try AssessedLedger.options(file: file, in: folder)
        let fault = await #expect(throws: AssessmentFault.self) { _ = try await run(options) }
        guard case .layout(.columnsMissing(let columns, _)) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(columns == [.borrower, .balance])
        #expect(fault?.exitStatus == 3)
        #expect(try folder.names() == ["ledger"])
    }

    @Test(
        "Where nothing can be written there is a fault, and nothing unfinished is left",
        arguments: ["out", "out/rows.csv", "out/rejected.csv", "out/rows.csv.part", "out/rejected.csv.part"])
    func unwritable(_ obstacle: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(ledger.csv(), to: "ledger")
        if obstacle == "out" {
            // A file stands where the folder should be.
            try folder.write([1], to: "out")
        } else {
            // A folder that is not empty stands where the file should be.
            try FileManager.default.createDirectory(
                atPath: folder.file(obstacle) + "/inside", withIntermediateDirectories: true)
        }
        let options = try AssessedLedger.options(file: file, in: folder)
        let fault = await #expect(throws: AssessmentFault.self) { _ = try await run(options) }
        guard case .cannotWrite = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(fault?.exitStatus == 1)
        #expect(try unfinished(folder).filter { $0 != obstacle }.isEmpty)
    }

    @Test("A missing, empty or foreign file is a typed fault")
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        let files = [
            folder.file("none"), folder.path, try folder.write([], to: "empty"),
            try folder.write(Array("%PDF-1.7\n".utf8) + [0, 1, 2], to: "pdf"),
            try folder.write(
                [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600), to: "xls"),
        ]
        for file in files {
            let options = try AssessedLedger.options(file: file, in: folder)
            let fault = await #expect(throws: AssessmentFault.self) { _ = try await run(options) }
            #expect(fault?.exitStatus == 3, "\(file)")
            #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
        }
    }

    @Test("An unknown standard is a fault that lists the known ones")
    func unknownStandard() throws {
        let folder = try TemporaryFolder()
        var options = try AssessedLedger.options(file: folder.file("none"), in: folder)
        options.standard = "cn.green-finance.1999"
        let library = try RealLibrary.loaded()
        let fault = #expect(throws: AssessmentFault.self) { _ = try AssessmentRun(library: library, options: options) }
        guard case .unknownStandard(_, let known) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(known.contains("cn.green-finance.2025"))
        #expect(fault?.exitStatus == 2)
    }

    @Test("Cancelling ends the run and leaves nothing", arguments: [1, 3])
    func cancelled(_ jobs: Int) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AssessedLedger.generated(rows: 4_000), to: "ledger")
        var options = try AssessedLedger.options(file: file, in: folder)
        options.batchBytes = 2_000
        options.reader.blockSize = 2_000
        options.jobs = jobs
        let run = try AssessmentRun(library: try RealLibrary.loaded(), options: options)
        let running = Mutex<Task<AssessedBook, any Error>?>(nil)
        let task = Task { try await run.run { _ in running.withLock { $0?.cancel() } } }
        running.withLock { $0 = task }
        let fault = await #expect(throws: AssessmentFault.self) { _ = try await task.value }
        guard case .interrupted = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(fault?.exitStatus == 130)
        #expect(try folder.names() == ["ledger", "out"])
    }

    @Test("A failed run leaves the files of an earlier good one as they were")
    func earlierFilesStay() async throws {
        let result = try await AssessedLedger(ledger)
        let before = try result.folder.bytes(of: "out/rows.csv")
        let bad = try result.folder.write(Array("x\n".utf8), to: "bad")
        let options = try AssessedLedger.options(file: bad, in: result.folder)
        await #expect(throws: AssessmentFault.self) { _ = try await run(options) }
        #expect(try result.folder.bytes(of: "out/rows.csv") == before)
    }

    @Test("A byte order mark stands before both files where it is asked for, and only there")
    func byteOrderMark() async throws {
        let marked = try await AssessedLedger(ledger) { $0.byteOrderMark = true }
        let plain = try await AssessedLedger(ledger)
        for name in ["out/rows.csv", "out/rejected.csv"] {
            let bytes = try marked.folder.bytes(of: name)
            #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
            #expect(try plain.folder.bytes(of: name) == Array(bytes.dropFirst(3)))
        }
    }
}
