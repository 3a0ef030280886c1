import Assessment
import Credit
import Library
import Vocabulary

/// A ledger that went through the house, with the files that came out.
public struct AssessedLedger: Sendable {
    public let book: AssessedBook
    public let rows: Table
    public let rejected: Table
    public let folder: TemporaryFolder

    /// - Parameter change: Changes the options before the run.
    public init(
        _ bytes: [UInt8], in folder: TemporaryFolder, _ change: (inout AssessmentOptions) -> Void = { _ in }
    ) async throws {
        try await self.init(file: try folder.write(bytes, to: "ledger"), in: folder, change)
    }

    public init(
        _ ledger: Ledger, library: RuleLibrary? = nil, _ change: (inout AssessmentOptions) -> Void = { _ in }
    ) async throws {
        let folder = try TemporaryFolder()
        try await self.init(file: try folder.write(ledger.csv(), to: "ledger"), in: folder, library: library, change)
    }

    /// - Parameter library: The rules; nil for those of the repository.
    public init(
        file: String, in folder: TemporaryFolder, library: RuleLibrary? = nil,
        _ change: (inout AssessmentOptions) -> Void = { _ in }
    ) async throws {
        var options = try Self.options(file: file, in: folder)
        change(&options)
        let run = try AssessmentRun(library: try library ?? RealLibrary.loaded(), options: options)
        book = try await run.run()
        rows = try Table(path: book.rowsFile)
        rejected = try Table(path: book.rejectedFile)
        self.folder = folder
    }

    public static func options(file: String, in folder: TemporaryFolder) throws -> AssessmentOptions {
        AssessmentOptions(
            input: .file(file), outputFolder: folder.file("out"), asOf: try CalendarDate.parse("2026-10-31"),
            standard: "cn.green-finance.2025")
    }

    public subscript(id: String) -> Table.Record? { rows.records.first { $0["loan_id"] == id } }

    /// An invented ledger as CSV.
    public static func generated(rows: Int, seed: UInt64 = 1) throws -> [UInt8] {
        var generator = LedgerGenerator(words: try RealLibrary.loaded().generatorWords(), seed: seed)
        var bytes = Array(generator.header.utf8)
        for _ in 0..<rows { generator.append(to: &bytes) }
        return bytes
    }
}
