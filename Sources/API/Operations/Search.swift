import Access
import Credit
import Platform
import Projects
import Store
import Vocabulary

extension PlatformAPI {
    static let searchSchemas: [String: Schema] = [
        "SearchResult": .object([
            .init(
                "projects",
                .array(
                    of: .object([
                        .init("id", .id(of: Project.self)), .init("name", .text(0...2000)),
                        .init("owner", .text(0...2000)), .init("status", .words(ProjectStatus.self)),
                    ]), 0...Platform.mostFound)),
            .init(
                "organisations",
                .array(
                    of: .object([
                        .init("id", .id(of: Organisation.self)), .init("name", .text(1...400)),
                        .init("kind", .words(OrganisationKind.self)),
                    ]), 0...Platform.mostFound)),
            .init(
                "loans",
                .array(
                    of: .object([
                        .init("organisation", .id(of: Organisation.self)), .init("lender", .text(1...400)),
                        .init("period", .month), .init("book", .id(of: BookRecord.self)),
                        .init("facility", .named("Facility")),
                    ]), 0...Platform.mostFound)),
            .init("borrower", .nullable(.text(1...Platform.longestSearch)), note: "api.note.search-borrower"),
            .init(
                "items",
                .array(
                    of: .object([
                        .init("standard", .text(1...200)), .init("item", .text(1...32)), .init("name", .bilingual),
                    ]), 0...Platform.mostFound)),
        ])
    ]

    var searchEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/search", operation: "search", tag: "search", summary: "api.operation.search",
                security: .signedIn,
                parameters: [
                    .query("words", .text(1...Platform.longestSearch), isRequired: true, note: "api.note.search-words")
                ], replies: [.init(200, .json(.named("SearchResult")))]
            ) { request in
                let found = try await platform.search(request.text("words") ?? "", by: try request.signedIn())
                return .json([
                    "projects": .array(
                        found.projects.map {
                            [
                                "id": .string($0.id.text), "name": .string($0.name), "owner": .string($0.ownerName),
                                "status": .string($0.status.rawValue),
                            ]
                        }),
                    "organisations": .array(
                        found.organisations.map {
                            [
                                "id": .string($0.id.text), "name": .string($0.name), "kind": .string($0.kind.rawValue),
                            ]
                        }),
                    "loans": .array(
                        found.loans.map { loan in
                            [
                                "organisation": .string(loan.organisation.text), "lender": .string(loan.lender),
                                "period": .string(loan.month.period.description),
                                "book": .string(loan.month.book.text),
                                "facility": facility(loan.month.facility, request.language),
                            ]
                        }), "borrower": JSONValue(found.borrower),
                    "items": .array(
                        found.items.map {
                            [
                                "standard": .string($0.standard), "item": .string($0.code.text), "name": $0.name.json,
                            ]
                        }),
                ])
            }
        ]
    }
}
