import Platform
import Reporting
import Vocabulary
import Web

extension PlatformAPI {
    /// "Is my project green?" for anybody, without an account. Nothing is kept.
    var judgementEndpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/judgements", operation: "judge", tag: "judgements", summary: "api.operation.judge",
                security: .anyone,
                body: .json(
                    .object(
                        [.init("day", .nullable(.date), isRequired: false, note: "api.note.day")] + Self.projectDraft)),
                replies: [.init(200, .json(.named("Judgement")))]
            ) { request in
                let body = try request.json()
                return .json(
                    try platform.judgement(
                        ofDraft: body, on: body["day"]?.text.flatMap { TextForms.date($0) }
                    ).jsonValue)
            }.with { $0.bodyBytes = 1 << 18 }
        ]
    }
}
