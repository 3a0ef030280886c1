import API
import Platform
import Store

extension IdempotencyStore {
    /// Keys as the platform's database keeps them.
    static func kept(by platform: Platform) -> IdempotencyStore {
        let (database, now) = (platform.database, platform.surroundings.now)
        return IdempotencyStore(
            begin: { request in
                let moment = now()
                return try await database.write { try $0.repeatableRequests.begin(request, at: moment) }
            },
            finish: { request, answer in
                try await database.write { try $0.repeatableRequests.finish(request, answer) }
            },
            abandon: { request in
                try await database.write { try $0.repeatableRequests.abandon(request) }
            })
    }
}
