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
                let state = try await database.write { try $0.repeatableRequests.begin(request.record, at: moment) }
                return switch state {
                case .taken: .new
                case .answered(let answer):
                    .replay(KeptAnswer(status: answer.status, headers: answer.headers, body: answer.body))
                case .another: .conflict
                case .underWay: .inProgress
                }
            },
            finish: { request, answer in
                let record = AnswerRecord(status: answer.status, headers: answer.headers, body: answer.body)
                try await database.write { try $0.repeatableRequests.finish(request.record, record) }
            },
            abandon: { request in
                try await database.write { try $0.repeatableRequests.abandon(request.record) }
            })
    }
}

extension IdempotentRequest {
    fileprivate var record: RepeatableRequest {
        RepeatableRequest(asker: asker, operation: operation, key: key, digest: digest)
    }
}
