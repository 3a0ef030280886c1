import Credit
import Impact
import Library
import Spreadsheet
import Standards
import Vocabulary

/// What must happen in input order: finding duplicates, sharing a project among its loans, adding up, writing.
struct Committer {
    /// Where lines are written; nil where the rows themselves are handed on.
    let files: LedgerFiles?
    private let delimiter: Delimiter
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
        files: LedgerFiles?, asOf: CalendarDate, basis: AssessmentBasis, library: RuleLibrary, layout: LedgerLayout,
        delimiter: Delimiter
    ) {
        self.files = files
        self.delimiter = delimiter
        self.asOf = asOf
        regions = library.regions
        pack = basis.pack
        methods = basis.methods
        loanIDTitle = layout.field(.loanID).map { layout.headers[$0] } ?? LedgerColumn.loanID.rawValue
        totals = BookTotals(
            indicators: library.indicators.filter(\.additive), methods: basis.methods,
            furtherStandards: basis.further.count)
        olderTotals = totals
    }

    mutating func commit(
        _ chunk: AssessedChunk
    ) throws(AssessmentFault) -> (progress: AssessmentProgress, rows: AssessedRows) {
        out.removeAll(keepingCapacity: true)
        var rows = AssessedRows(text: files == nil ? chunk.text : [], delimiter: delimiter)
        for record in chunk.records {
            switch record {
            case .rejected(let rejected): try reject(rejected, &rows)
            case .loan(let loan):
                if let first = duplicates.firstLine(of: loan.fingerprint, line: loan.row.line) {
                    let id = String(decoding: chunk.text[loan.row.loanID], as: UTF8.self)
                    let rejection = Rejection(
                        line: loan.row.line, column: loanIDTitle, value: id,
                        message: Message(key: "row.duplicate", arguments: ["line": "\(first)"]))
                    try reject(AssessedRows.Rejected(rejection: rejection, record: loan.record), &rows)
                } else {
                    add(loan, chunk, &rows)
                }
            }
        }
        try files?.write(out)
        bytes += chunk.bytesRead
        return (AssessmentProgress(bytes: bytes, rows: totals.rowsIn + olderTotals.rowsIn), rows)
    }

    private mutating func add(_ record: AssessedChunk.Loan, _ chunk: AssessedChunk, _ rows: inout AssessedRows) {
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
        if let files, let pieces = record.pieces {
            files.formatter.finish(
                pieces, of: chunk.lines, loan: loan, row: row, share: share, notes: &notes, to: &out)
        } else {
            rows.loans.append(AssessedRows.Loan(loan: loan, row: row, share: share, region: region))
        }
    }

    private mutating func reject(
        _ rejected: AssessedRows.Rejected, _ rows: inout AssessedRows
    ) throws(AssessmentFault) {
        totals.rejectedRows += 1
        if let files {
            try files.write(rejected.rejection)
        } else {
            rows.rejected.append(rejected)
        }
    }

    func finish() throws(AssessmentFault) -> (totals: BookTotals, older: BookTotals, opened: [OpenedLoan]) {
        try files?.finish()
        return (totals, olderTotals, opened.loans)
    }

    func discard() { files?.discard() }
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
