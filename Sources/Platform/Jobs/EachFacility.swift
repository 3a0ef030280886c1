import Credit
import Store

extension Database {
    /// Goes over the loans of an assessment in the order of the book, for work behind requests: some at a time, each time in a
    /// transaction of its own, so that nothing else waits.
    /// - Throws: `CancellationError`; what keeps the database from answering.
    func eachFacility(
        of assessment: Int64, _ filter: FacilityFilter = FacilityFilter(), _ body: (FacilitySnapshot) throws -> Void
    ) async throws {
        let most = 2000
        var line = 0
        while true {
            try Task.checkCancellation()
            let part = try await read { [line] in
                try $0.facilitySnapshots.list(assessment, filter, after: line, limit: most)
            }
            for facility in part { try body(facility) }
            guard part.count == most, let last = part.last else { return }
            line = last.line
        }
    }
}
