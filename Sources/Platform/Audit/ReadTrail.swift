import Access
import Store
import Synchronization
import Vocabulary

/// Notes who read what of whom. A page is shown only once its note is on disk; notes that come while one transaction is under way go
/// together into the next, so that thousands of readers a second wait for a few commits.
actor ReadTrail {
    private let database: any Database
    private var waiting: [ReadNote] = []
    private var runs = SharedRuns()

    init(_ database: any Database) { self.database = database }

    /// Returns once the note is kept.
    func keep(_ note: ReadNote) async throws {
        waiting.append(note)
        try await runs.join { try await self.flush() }.value
    }

    private func flush() async throws {
        runs.begin()
        let notes = waiting
        waiting = []
        try await database.write { try $0.readings.insert(notes) }
    }
}

extension Platform {
    /// Notes that a viewer read records of customers; returns once that is on disk.
    /// - Parameter name: What the trail calls it, where that is more than the act that was permitted.
    func noteReading(
        of subject: String, count: Int, what act: Act, as name: String? = nil, grant place: Placement, by viewer: Viewer
    ) async throws {
        let organisation =
            viewer.grants(for: act).first { $0.covers(place) }?.organisation ?? viewer.memberships.first?.organisation
        try await readTrail.keep(
            ReadNote(
                id: newID(), at: now, person: viewer.person, organisation: organisation, act: name ?? act.rawValue,
                subject: subject, count: count))
    }
}
