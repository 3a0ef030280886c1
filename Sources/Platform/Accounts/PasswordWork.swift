import Access
import Dispatch
import Synchronization
import Vocabulary

/// Hashes passwords, which costs a tenth of a second and 32 MB on purpose: one at a time, on a thread of its own, so that people who
/// sign in don't hold up those who work, and no more waiting than can be served before a browser gives up.
final class PasswordWork: Sendable {
    private let queue = DispatchQueue(label: "jialing.passwords", qos: .utility)
    private let waiting = Mutex(0)
    private let random: RandomSource
    private let cost: PasswordHash.Cost
    /// The most that may wait.
    static let limit = 64

    init(random: RandomSource, cost: PasswordHash.Cost) {
        self.random = random
        self.cost = cost
    }

    /// Makes the hash of a new password, in text form.
    func hash(_ password: String) async throws -> String {
        let (random, cost) = (random, cost)
        return try await work { try PasswordHash(of: password, cost: cost, random).text }
    }

    /// Whether a password is the one of a hash, and whether the hash is weaker than those made today. Where there is no hash it
    /// takes as long, so that time does not tell who has an account.
    func verify(_ password: String, _ hash: String?) async throws -> (isRight: Bool, isWeak: Bool) {
        let cost = cost
        return try await work {
            let kept = hash.flatMap { PasswordHash($0) }
            return (PasswordHash.verify(password, against: kept, cost: cost), kept?.needsRehash(cost) ?? false)
        }
    }

    private func work<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let admitted = waiting.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
        guard admitted else { throw PlatformFault.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
