import Access
import Platform
import Vocabulary
import Web

/// The operations of the platform: everything that its pages can do. Signing in and accepting an invitation are for people at pages.
///
///     APISite(endpoints: PlatformAPI(platform).endpoints, schemas: PlatformAPI.schemas, cursors: …)
public struct PlatformAPI: Sendable {
    let platform: Platform

    public init(_ platform: Platform) { self.platform = platform }

    /// All of them.
    public var endpoints: [Endpoint] {
        accountEndpoints + sessionEndpoints + organisationEndpoints + memberEndpoints + invitationEndpoints
            + tokenEndpoints + auditEndpoints + projectEndpoints + projectStepEndpoints + projectReadingEndpoints
            + standardEndpoints + judgementEndpoints + bookEndpoints + bookReadingEndpoints + reviewEndpoints
            + decisionEndpoints + modelEndpoints + statisticsEndpoints + overfinancingEndpoints
            + exposureEndpoints + releaseEndpoints + returnEndpoints + searchEndpoints + noticeEndpoints
    }

    /// The schemas that they refer to by name.
    public static var schemas: [String: Schema] {
        accountSchemas.merging(organisationSchemas) { $1 }.merging(projectSchemas) { $1 }
            .merging(judgementSchemas) { $1 }.merging(standardSchemas) { $1 }.merging(bookSchemas) { $1 }
            .merging(reviewSchemas) { $1 }.merging(modelSchemas) { $1 }.merging(statisticsSchemas) { $1 }
            .merging(overfinancingSchemas) { $1 }.merging(exposureSchemas) { $1 }.merging(releaseSchemas) { $1 }
            .merging(returnSchemas) { $1 }.merging(searchSchemas) { $1 }
            .merging(noticeSchemas) { $1 }
    }
}

extension Schema {
    /// Everything of a list that has no pages: as many as there are.
    static func list(of item: Schema) -> Schema { .object([Member("items", .array(of: item, 0...100_000))]) }

    static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Schema
    where Word.RawValue == String { .choice(Word.allCases.map(\.rawValue)) }

    /// Words of a kind, each once or more.
    static func wordList<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Schema
    where Word.RawValue == String { .array(of: words(type), 0...Word.allCases.count) }

    /// Six digits of an administrative region.
    static let region = Schema.text(6...6)
    /// A text in both languages; null where there is none.
    static let bilingual = Schema.nullable(.object([Member("zh", .text(0...20_000)), Member("en", .text(0...20_000))]))
}

extension EndpointResponse {
    /// A list that has no pages.
    static func list(_ items: [JSONValue]) -> EndpointResponse { .json(["items": .array(items)]) }
}

extension Cursor {
    /// Where a page begins of a list in the order of period and id; nil where the cursor is of another list.
    func periodPlace<Subject: Identified>(
        of kind: Subject.Type = Subject.self
    ) -> (period: ReportingPeriod, id: ID<Subject>)? {
        guard let period = try? ReportingPeriod.parse(sortKey), let id = ID<Subject>(id) else { return nil }
        return (period, id)
    }
}

extension EndpointRequest {
    /// The body; endpoints that take one are not asked without.
    func json() throws(Problem) -> JSONValue {
        guard let body else { throw Problem.badRequest }
        return body
    }

    /// The version that the client has seen, of a thing whose tags are `EntityTag(version:)`; nil for whichever it is. Of several
    /// the latest counts, for a version that is past never comes back.
    /// - Throws: ``Problem`` 412 where no tag is one of ours.
    func seenVersion() throws(Problem) -> Int64? {
        guard case .tags(let tags) = ifMatch else { return nil }
        let versions = tags.compactMap { tag in
            tag.isWeak || !tag.opaque.hasPrefix("v") ? nil : Int64(tag.opaque.dropFirst())
        }
        guard let latest = versions.max() else { throw Problem.preconditionFailed }
        return latest
    }

    /// The words of a member that its schema has checked.
    func words<Word: RawRepresentable & Hashable>(_ member: String, of type: Word.Type = Word.self) -> Set<Word>
    where Word.RawValue == String {
        Set((body?[member]?.elements ?? []).compactMap(\.text).compactMap(Word.init(rawValue:)))
    }

    /// The word of a parameter that its schema has checked.
    func word<Word: RawRepresentable>(_ name: String, of type: Word.Type = Word.self) -> Word?
    where Word.RawValue == String { text(name).flatMap(Word.init(rawValue:)) }

    /// The day of a parameter that its schema has checked.
    func day(_ name: String) -> CalendarDate? { text(name).flatMap { TextForms.date($0) } }
}
