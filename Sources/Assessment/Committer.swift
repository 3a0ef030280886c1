import Credit
import Impact
import Library
import Spreadsheet
import Standards
import Vocabulary

/// What must happen in input order: finding duplicates, sharing a project among its loans, adding up, writing.
struct Committer {
    let rowsPath: String
    let rejectedPath: String
    private let rows: OutputFile
    private let rejected: OutputFile
    private let formatter: RowFormatter
    private let phrasebook: Phrasebook
    private let language: Language
    private let regions: RegionTable
    private let pack: StandardPack
    private let methods: [CompiledMethod]
    private let asOf: CalendarDate
    private let loanIDTitle: String
    private var duplicates = DuplicateIndex()
    private var claims = ProjectClaims()
    private var totals: BookTotals
    /// The loans that the older edition judges, apart: the two bases are never added up.
    private var olderTotals: BookTotals
    private var opened = LargestBenefits(most: 40)
    /// What the notes of items without figures say, in the form of a field.
    private var notes: [Int: [UInt8]] = [:]
    private var bytes = 0
    private var out: [UInt8] = []

    init(
        options: AssessmentOptions, basis: AssessmentBasis, library: RuleLibrary, formatter: RowFormatter,
        parser: RowParser
    ) throws(AssessmentFault) {
        rowsPath = options.outputFolder + "/rows.csv"
        rejectedPath = options.outputFolder + "/rejected.csv"
        rows = try OutputFile(path: rowsPath)
        do {
            rejected = try OutputFile(path: rejectedPath)
        } catch {
            rows.discard()
            throw error
        }
        self.formatter = formatter
        phrasebook = library.phrasebook
        language = options.language
        regions = library.regions
        pack = basis.pack
        methods = basis.methods
        asOf = options.asOf
        loanIDTitle = parser.layout.field(.loanID).map { parser.layout.headers[$0] } ?? LedgerColumn.loanID.rawValue
        totals = BookTotals(
            indicators: library.indicators.filter(\.additive), methods: basis.methods,
            furtherStandards: basis.further.count)
        olderTotals = totals
        let mark = options.byteOrderMark ? CSVWriter.byteOrderMark : []
        try rows.write(mark + formatter.header)
        var header: [UInt8] = mark
        var writer = CSVWriter()
        writer.appendRecord(["line", "column", "value", "reason"], to: &header)
        try rejected.write(header)
    }

    mutating func commit(_ chunk: AssessedChunk) throws(AssessmentFault) -> AssessmentProgress {
        out.removeAll(keepingCapacity: true)
        for record in chunk.records {
            switch record {
            case .rejected(let rejection): try reject(rejection)
            case .loan(let loan):
                if let first = duplicates.firstLine(of: loan.fingerprint, line: loan.row.line) {
                    let id = String(decoding: chunk.text[loan.loanID], as: UTF8.self)
                    try reject(
                        Rejection(
                            line: loan.row.line, column: loanIDTitle, value: id,
                            message: Message(key: "row.duplicate", arguments: ["line": "\(first)"])))
                } else {
                    add(loan, chunk)
                }
            }
        }
        try rows.write(out)
        bytes += chunk.bytesRead
        return AssessmentProgress(bytes: bytes, rows: totals.rowsIn + olderTotals.rowsIn)
    }

    private mutating func add(_ record: AssessedChunk.Loan, _ chunk: AssessedChunk) {
        let loan = record.loan
        let row = record.row
        let green = Money(fen: Int64(clamping: loan.greenFen(of: row.balance)))
        var share: LoanShare?
        if loan.isGreen, loan.benefit != nil {
            share = claims.claim(record.project, balance: green, totalInvestment: row.totalInvestment)
        }
        let region = row.region.map { regions.successor(of: $0, at: asOf) }
        if loan.isUnderPredecessor, loan.decision != .unassessed {
            olderTotals.add(loan, row: row, region: region, share: share)
        } else {
            totals.add(loan, row: row, region: region, share: share)
        }
        if let share, let benefit = loan.benefit, let item = loan.item {
            opened.consider(method: benefit.method, size: abs(benefit.figures.size) * share.ratio) {
                let outcome = methods[benefit.method].compute(
                    row.facts, province: benefit.province, year: asOf.year)
                guard case .computed(let full) = outcome else { return nil }
                return OpenedLoan(
                    loanID: String(decoding: chunk.text[row.loanID], as: UTF8.self),
                    borrower: String(decoding: chunk.text[row.borrower], as: UTF8.self),
                    project: String(decoding: chunk.text[row.projectName], as: UTF8.self), line: row.line,
                    item: pack.items[item].code, region: region, balance: green,
                    totalInvestment: row.totalInvestment, share: share, benefit: full)
            }
        }
        formatter.finish(record.pieces, of: chunk.lines, loan: loan, row: row, share: share, notes: &notes, to: &out)
    }

    private mutating func reject(_ rejection: Rejection) throws(AssessmentFault) {
        totals.rejectedRows += 1
        var line: [UInt8] = []
        var writer = CSVWriter()
        writer.append(number: "\(rejection.line)", to: &line)
        writer.append(text: rejection.column, to: &line)
        writer.append(text: rejection.value, to: &line)
        writer.append(text: phrasebook.text(rejection.message, in: language), to: &line)
        writer.endRecord(to: &line)
        try rejected.write(line)
    }

    func finish() throws(AssessmentFault) -> (totals: BookTotals, older: BookTotals, opened: [OpenedLoan]) {
        try rejected.finish()
        try rows.finish()
        return (totals, olderTotals, opened.loans)
    }

    func discard() {
        rows.discard()
        rejected.discard()
    }
}

/// Keeps of each method the loans with the largest shares of benefit, for laying open how their figures came about.
struct LargestBenefits {
    private var byMethod: [Int: [(size: Double, loan: OpenedLoan)]] = [:]
    private let most: Int
    /// Of one method: enough to see the pattern, few enough to read.
    private static let ofOneMethod = 5

    init(most: Int) {
        self.most = most
    }

    mutating func consider(method: Int, size: Double, _ open: () -> OpenedLoan?) {
        let list = byMethod[method] ?? []
        if list.count == Self.ofOneMethod, let smallest = list.last, smallest.size >= size { return }
        guard let loan = open() else { return }
        let place = list.firstIndex { $0.size < size } ?? list.count
        byMethod[method, default: []].insert((size, loan), at: place)
        if list.count == Self.ofOneMethod { byMethod[method]?.removeLast() }
    }

    var loans: [OpenedLoan] {
        Array(byMethod.sorted { $0.key < $1.key }.flatMap { $0.value.map(\.loan) }.prefix(most))
    }
}

extension MethodFigures {
    /// Its first figure, for ranking loans of one method.
    fileprivate var size: Double { values.first { !$0.isNaN } ?? 0 }
}
