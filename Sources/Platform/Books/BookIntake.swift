import Assessment
import Credit
import Spreadsheet
import Statistics
import Store
import Vocabulary

/// Keeps the snapshots of an assessment, some thousands in a transaction, and gathers their sums and what is wrong.
actor BookIntake {
    /// The faults of a book: as many as a person would mend, and how many there are.
    struct Faults: Sendable {
        var shown: [BookFault] = []
        /// How many records have faults.
        var count = 0
        fileprivate var bytes = 0
    }

    private(set) var faults = Faults()
    /// The sums of all that was taken.
    private(set) var cube = BookCube()
    private let database: any Database
    private let claim: JobClaim
    private let assessment: Int64
    private var waiting = SnapshotRows()
    private var writing: Task<Void, any Error>?

    private static let rowsAtOnce = 8000
    /// How many faults are kept for the lender, and of how much text.
    static let mostFaults = 10_000
    private static let mostFaultBytes = 16 << 20

    init(_ database: any Database, _ claim: JobClaim, assessment: Int64) {
        self.database = database
        self.claim = claim
        self.assessment = assessment
    }

    /// Takes rows; returns once there is room for more.
    nonisolated func take(_ rows: AssessedRows, _ maker: SnapshotMaker) async throws {
        let isWanted = await keep(faultsOf: rows)
        // A book with a fault goes back whole: what stands in it is only read on for its further faults.
        guard isWanted else { return }
        let snapshots = maker.snapshots(rows)
        try await keep(SnapshotRows(snapshots, assessment: assessment), BookCube(snapshots))
    }

    private func keep(faultsOf rows: AssessedRows) -> Bool {
        for rejected in rows.rejected {
            faults.count += 1
            guard faults.shown.count < Self.mostFaults, faults.bytes < Self.mostFaultBytes else { continue }
            let rejection = rejected.rejection
            let cells = rows.cells(of: rejected)
            faults.bytes += cells.reduce(0) { $0 + $1.utf8.count }
            faults.shown.append(
                BookFault(
                    line: rejection.line, column: rejection.column, value: rejection.value,
                    message: rejection.message, cells: cells))
        }
        return faults.count == 0
    }

    private func keep(_ rows: SnapshotRows, _ sums: BookCube) async throws {
        waiting += rows
        cube += sums
        while waiting.count >= Self.rowsAtOnce {
            // What comes while rows are written goes together into the next transaction; whoever brings too much waits.
            guard let current = writing else { return write() }
            try await end(current)
        }
    }

    /// Returns once all that was taken is written.
    func flush() async throws {
        while true {
            if let current = writing {
                try await end(current)
            } else if waiting.count > 0 {
                write()
            } else {
                return
            }
        }
    }

    /// Writes the sums, once all is taken.
    func keepCube() async throws {
        let (cube, claim, assessment) = (cube, claim, assessment)
        try await database.writeDeferred { transaction in
            guard try transaction.jobs.isHeld(claim) else { throw JobLost() }
            try transaction.cube.insert(cube, assessment: assessment)
        }
    }

    private func write() {
        let (rows, claim, database) = (waiting, claim, database)
        waiting = SnapshotRows()
        writing = Task {
            // Nobody sees these rows before the transaction that lets them count, and that one waits for the disk.
            try await database.writeDeferred { transaction in
                guard try transaction.jobs.isHeld(claim) else { throw JobLost() }
                try transaction.facilitySnapshots.insert(rows)
            }
        }
    }

    private func end(_ task: Task<Void, any Error>) async throws {
        try await task.value
        if writing == task { writing = nil }
    }
}

extension SnapshotMaker {
    fileprivate func snapshots(_ rows: AssessedRows) -> [FacilitySnapshot] {
        let text = rows.text.span
        var snapshots: [FacilitySnapshot] = []
        snapshots.reserveCapacity(rows.loans.count)
        for loan in rows.loans {
            snapshots.append(
                snapshot(loan.loan, row: loan.row, share: loan.share, region: loan.region, in: text))
        }
        return snapshots
    }
}
