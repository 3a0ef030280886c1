import Access
import Platform
import Store
import Vocabulary
import Web

extension PlatformAPI {
    static let noticeSchemas: [String: Schema] = [
        "Notice": .object([
            .init("id", .id(of: NoticeRecord.self)),
            .init("number", .integer(1...Int64.max), note: "api.note.notice-number"),
            .init("kind", .words(NoticeKind.self)), .init("organisation", .id(of: Organisation.self)),
            .init("subject", .text(1...100), note: "api.note.notice-subject"), .init("text", .text(1...20_000)),
            .init("at", .moment), .init("read_at", .nullable(.moment)),
        ])
    ]

    var noticeEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/notices", operation: "listNotices", tag: "account", summary: "api.operation.list-notices",
                security: .session, replies: [.init(200, .json(.page(of: .named("Notice"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let found = try await platform.notices(
                    before: page.after.flatMap { Int64($0.id) }, limit: page.limit + 1, by: try request.signedIn()
                ).notices
                let language = request.language
                return .page(
                    Page(
                        found, limit: page.limit, cursor: { Cursor(sortKey: "", id: String($0.entry)) },
                        value: { notice($0, language) }))
            }.with { $0.isPaged = true },
            Endpoint(
                .post, "/notices/reading", operation: "readNotices", tag: "account",
                summary: "api.operation.read-notices", security: .session,
                body: .json(.object([.init("up_to", .integer(1...Int64.max), note: "api.note.notice-number")])),
                replies: [.init(204)]
            ) { request in
                guard let number = try request.json()["up_to"]?.integer else { throw Problem.badRequest }
                try await platform.markNoticesRead(upTo: number, by: try request.signedIn())
                return .noContent
            },
        ]
    }

    private func notice(_ notice: NoticeRecord, _ language: Language) -> JSONValue {
        [
            "id": .string(notice.id.text), "number": .integer(notice.entry), "kind": .string(notice.kind),
            "organisation": .string(notice.organisation.text), "subject": .string(notice.subject),
            "text": .string(platform.text(of: notice, in: language)), "at": .string(notice.at.description),
            "read_at": JSONValue(notice.readAt?.description),
        ]
    }
}
