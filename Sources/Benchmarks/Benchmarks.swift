import Assessment
import Credit
import Foundation
import Identification
import Library
import Spreadsheet
import Vocabulary

/// Prints a table of speeds: reading alone, identification alone, and `assess` as its own process for several sizes.
///
///     swift run -c release Benchmarks [ROWS …]        (default: 10000 1000000)
///     swift run -c release Benchmarks fill DATA COUNT (projects for measuring the server)
///     swift run -c release Benchmarks fill-cube DATA LENDERS MONTHS LOANS (sums of books, for measuring statistics)
@main
struct Benchmarks {
    static func main() async throws {
        let root = ProcessInfo.processInfo.environment["JIALING_LIBRARY"] ?? "Library"
        let rest = Array(CommandLine.arguments.dropFirst(2))
        switch CommandLine.arguments.dropFirst().first {
        case "fill": return try await FilledService.make(rest, root: root)
        case "fill-cube": return try await FilledCube.make(rest, root: root)
        default: break
        }
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let sizes = arguments.isEmpty ? [10_000, 1_000_000] : Array(arguments)
        let library = try RuleLibrary.load(root: root)
        let words = try library.generatorWords()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jialing-benchmarks").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        print("| what | rows | seconds | rows/s | peak MB |")
        print("|---|---|---|---|---|")
        for rows in sizes {
            let ledger = folder + "/ledger.csv"
            try write(rows, words, to: ledger)
            try reading(ledger, rows)
            try assess(ledger, rows, root, folder)
            if rows == min(sizes.max() ?? 0, 1_000_000) {
                try assess(
                    ledger, rows, root, folder,
                    standards: ["cn.green-finance.2025", "cn.green-bond.2021", "eu.taxonomy.climate"])
            }
        }
        try StandardsBenchmarks.run(root: root, folder: folder)
        try ProjectBenchmarks.run(root: root)
        // Last: it keeps its loans in memory, which the system would count to a child's peak.
        let rows = min(sizes.max() ?? 0, 1_000_000)
        try write(rows, words, to: folder + "/ledger.csv")
        try identification(folder + "/ledger.csv", rows, library)
    }

    private static func write(_ rows: Int, _ words: GeneratorWords, to path: String) throws {
        var generator = LedgerGenerator(words: words, seed: 1)
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var out = Array(generator.header.utf8)
        for _ in 0..<rows {
            generator.append(to: &out)
            if out.count >= 4 << 20 {
                try file.write(contentsOf: Data(out))
                out.removeAll(keepingCapacity: true)
            }
        }
        try file.write(contentsOf: Data(out))
        try file.close()
    }

    private static func row(_ what: String, _ rows: Int, _ time: Duration, peak: String = "") {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print("| \(what) | \(rows) | \(fixed(seconds, 2)) | \(fixed(Double(rows) / seconds, 0)) | \(peak) |")
    }

    static func fixed(_ value: Double, _ digits: Int) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: digits, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func reading(_ ledger: String, _ rows: Int) throws {
        var fields = 0
        let time = try ContinuousClock().measure {
            var reader = try RecordReader(path: ledger)
            var cursor = FieldCursor(delimiter: reader.delimiter)
            while let batch = try reader.next() {
                for record in batch.records {
                    cursor.split(batch.text.span.extracting(record.byteRange))
                    fields += cursor.count
                }
            }
        }
        precondition(fields > rows)
        row("reading alone, one core", rows, time)
    }

    private static func identification(_ ledger: String, _ rows: Int, _ library: RuleLibrary) throws {
        var reader = try RecordReader(path: ledger)
        var cursor = FieldCursor(delimiter: reader.delimiter)
        var loans: [(borrower: [UInt8], purpose: [UInt8], project: [UInt8], industry: Int?)] = []
        while let batch = try reader.next() {
            for record in batch.records where record.line > 1 {
                let bytes = batch.text.span.extracting(record.byteRange)
                cursor.split(bytes)
                loans.append(
                    (
                        Array(cursor.text(at: 1, in: bytes).utf8), Array(cursor.text(at: 4, in: bytes).utf8),
                        Array(cursor.text(at: 5, in: bytes).utf8), Int(cursor.text(at: 2, in: bytes))
                    ))
            }
        }
        var identifier = Identifier(model: library.model)
        var text = LoanText()
        var green = 0
        let time = ContinuousClock().measure {
            for loan in loans {
                text.borrower.fold(loan.borrower.span)
                text.purpose.fold(loan.purpose.span)
                text.project.fold(loan.project.span)
                text.industry = loan.industry
                if identifier.identify(text).outcome == .accepted { green += 1 }
            }
        }
        precondition(green < loans.count)
        row("identification alone, one core", loans.count, time)
    }

    /// Runs the program itself, so that its own peak memory is measured and not this one's.
    private static func assess(
        _ ledger: String, _ rows: Int, _ root: String, _ folder: String, standards: [String] = []
    ) throws {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("jialing")
        let process = Process()
        process.executableURL = program
        process.arguments = ["assess", ledger, "--out", folder + "/out", "--as-of", "2026-10-31", "--library", root]
        process.arguments? += standards.flatMap { ["--standard", $0] }
        process.standardError = FileHandle.nullDevice
        var before = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &before)
        let time = try ContinuousClock().measure {
            try process.run()
            process.waitUntilExit()
        }
        guard process.terminationStatus == 0 else {
            print("| assess | \(rows) | status \(process.terminationStatus) | | |")
            return
        }
        var after = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &after)
        // The largest of all children so far; sizes go upwards, so it is this one's.
        row(
            "assess, all cores" + (standards.isEmpty ? "" : ", \(standards.count) standards"), rows, time,
            peak: "\(after.ru_maxrss / 1024)")
    }
}
