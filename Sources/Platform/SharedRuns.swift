/// Turns at a piece of work that one actor does for many: one run at a time, and all who come while one is under way share the next,
/// so that each waits for a run that began after it came.
///
///     runs.join { try await self.flush() }       // in the actor; await its value
///
/// It is state of that actor, not an actor itself: what a caller leaves for the run and its joining must be one step.
struct SharedRuns {
    private var running: Task<Void, any Error>?
    private var next: Task<Void, any Error>?

    /// The run that whoever comes now waits for.
    /// - Parameter work: Has to call ``begin()`` as the first thing that it does in the actor.
    mutating func join(_ work: @escaping @Sendable () async throws -> Void) -> Task<Void, any Error> {
        if let next { return next }
        let earlier = running
        let task = Task {
            // Whatever became of the one before: its own callers are told.
            _ = await earlier?.result
            try await work()
        }
        next = task
        return task
    }

    /// The run that waited begins: who comes from now on shares the one after it.
    mutating func begin() {
        running = next
        next = nil
    }
}
