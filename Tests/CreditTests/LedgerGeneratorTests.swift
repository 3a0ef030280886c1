import Credit
import Library
import Testing
import Vocabulary

@Suite("Invented ledgers")
struct LedgerGeneratorTests {
    private let examples: LedgerExamples
    private let words: GeneratorWords

    init() throws {
        examples = try LedgerExamples()
        words = try examples.library.generatorWords()
    }

    private func ledger(seed: UInt64, rows: Int) -> (header: String, bytes: [UInt8]) {
        var generator = LedgerGenerator(words: words, seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<rows { generator.append(to: &bytes) }
        return (generator.header, bytes)
    }

    @Test("The same seed gives the same rows, another seed others")
    func seeds() {
        #expect(ledger(seed: 1, rows: 500).bytes == ledger(seed: 1, rows: 500).bytes)
        #expect(ledger(seed: 1, rows: 500).bytes != ledger(seed: 2, rows: 500).bytes)
        // A longer ledger begins as the shorter one.
        let (long, short) = (ledger(seed: 3, rows: 200).bytes, ledger(seed: 3, rows: 100).bytes)
        #expect(Array(long.prefix(short.count)) == short)
    }

    @Test("20,000 rows are read without rejection or warning, nine purposes in ten unlike every other")
    func rows() throws {
        let (header, bytes) = ledger(seed: 20_251_001, rows: 20_000)
        let parser = try examples.parser(header.dropLast().split(separator: ",").map(String.init))
        let span = bytes.span
        var fields: [Range<Int>] = []
        var start = 0
        var row = LoanRow()
        var line = 1
        var counts: [[UInt8]: Int] = [:]
        var ids: Set<[UInt8]> = []
        var warnings = 0
        var withFacts = 0
        for index in bytes.indices {
            guard bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "\n") else { continue }
            fields.append(start..<index)
            start = index + 1
            guard bytes[index] == UInt8(ascii: "\n") else { continue }
            line += 1
            if fields.count != parser.layout.headers.count { Issue.record("line \(line) has \(fields.count) fields") }
            try parser.parse(fields, of: span, line: line, into: &row)
            counts[Array(bytes[row.purpose]), default: 0] += 1
            ids.insert(Array(bytes[row.loanID]))
            warnings += row.warnings.count
            if !row.facts.isEmpty { withFacts += 1 }
            if row.region == nil || row.industry == nil || row.quality == nil || row.size == nil || row.rate == nil
                || row.approvedOn == nil || row.issuedOn == nil || row.maturesOn == nil || row.amount == nil
            {
                Issue.record("line \(line) is not read in full")
            }
            if let amount = row.amount, row.balance > amount { Issue.record("line \(line) owes more than was lent") }
            fields.removeAll(keepingCapacity: true)
        }
        #expect(line == 20_001)
        #expect(ids.count == 20_000)
        #expect(warnings == 0)
        #expect(withFacts > 500)
        #expect(counts.count >= 18_000, "\(counts.count) distinct purposes")
        #expect(counts.values.count { $0 == 1 } >= 16_000)
    }
}
