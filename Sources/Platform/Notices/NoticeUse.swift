import Access
import Store
import Vocabulary

extension Platform {
    /// What the viewer is told, the latest first. Notices are a person's own.
    /// - Parameter entry: The `entry` of the last one of the page before.
    public func notices(
        before entry: Int64? = nil, limit: Int, by viewer: Viewer
    ) async throws -> (notices: [NoticeRecord], unread: Int) {
        try await database.read { transaction in
            (
                try transaction.notices.list(of: viewer.person, before: entry, limit: limit),
                try transaction.notices.countUnread(of: viewer.person)
            )
        }
    }

    /// What a notice says.
    public func text(of notice: NoticeRecord, in language: Language) -> String {
        let key = NoticeKind(rawValue: notice.kind)?.phrase ?? "notice.other"
        return library.phrasebook.text(Message(key: key, arguments: notice.arguments), in: language)
    }

    /// Marks the viewer's notices as read, up to one and with it.
    public func markNoticesRead(upTo entry: Int64, by viewer: Viewer) async throws {
        let moment = now
        try await database.write { try $0.notices.markRead(of: viewer.person, upTo: entry, at: moment) }
    }
}
