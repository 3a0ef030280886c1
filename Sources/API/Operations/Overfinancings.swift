import Access
import Credit
import Platform
import Projects
import Store
import Vocabulary

extension PlatformAPI {
    static let overfinancingSchemas: [String: Schema] = [
        "Overfinancing": .object([
            .init("id", .id(of: OverfinancingRecord.self)), .init("period", .month),
            .init("found_at", .moment), .init("project", .text(0...2_000_000)),
            .init("borrower", .text(0...2_000_000)),
            .init("parts", .array(of: .named("OverfinancingPart"), 0...10_000)),
            .init("has_others", .boolean, note: "api.note.overfinancing-others"),
            .init(
                "whole",
                .nullable(
                    .object([
                        .init("lenders", .integer(1...Int64.max)), .init("facilities", .integer(1...Int64.max)),
                        .init("balance", .sum), .init("cost", .money), .init("elsewhere", .sum),
                        .init("provinces", .array(of: .region, 0...100)),
                        .init("library_project", .nullable(.id(of: Project.self))),
                    ])), note: "api.note.overfinancing-whole"),
        ]),
        "OverfinancingPart": .object([
            .init("organisation", .id(of: Organisation.self)), .init("lender", .text(1...400)),
            .init("book", .id(of: BookRecord.self)), .init("facilities", .integer(1...Int64.max)),
            .init("balance", .sum), .init("cost", .nullable(.money)),
        ]),
        "OverfinancingLoans": .object([
            .init("overfinancing", .named("Overfinancing")),
            .init(
                "loans",
                .array(
                    of: .object([
                        .init("part", .named("OverfinancingPart")),
                        .init("facilities", .array(of: .named("Facility"), 0...Int(ProjectExposures.mostLines))),
                    ]), 0...10_000), note: "api.note.overfinancing-loans"),
        ]),
    ]

    var overfinancingEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/overfinancings", operation: "listOverfinancings", tag: "statistics",
                summary: "api.operation.list-overfinancings", security: .scope(.booksRead),
                parameters: [.query("period", .month, note: "api.note.period")],
                replies: [.init(200, .json(.page(of: .named("Overfinancing"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let found = try await platform.overfinancings(
                    at: try request.month("period"), after: page.after.flatMap { ID<OverfinancingRecord>($0.id) },
                    limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit, cursor: { Cursor(sortKey: "", id: $0.id.text) },
                        value: Self.overfinancing))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/overfinancings/{overfinancing}", operation: "getOverfinancing", tag: "statistics",
                summary: "api.operation.get-overfinancing", security: .scope(.booksRead),
                parameters: [.path("overfinancing", .id(of: OverfinancingRecord.self))],
                replies: [.init(200, .json(.named("OverfinancingLoans")))]
            ) { request in
                let found = try await platform.overfinancing(
                    try request.id("overfinancing"), by: try request.signedIn())
                return .json([
                    "overfinancing": Self.overfinancing(found.entry),
                    "loans": .array(
                        found.loans.map { loans in
                            [
                                "part": Self.part(loans.part),
                                "facilities": .array(loans.loans.map { facility($0, request.language) }),
                            ]
                        }),
                ])
            },
        ]
    }

    private static func overfinancing(_ entry: OverfinancingEntry) -> JSONValue {
        let whole: JSONValue? = entry.whole.map { whole in
            [
                "lenders": .integer(Int64(whole.lenders)), "facilities": .integer(Int64(whole.facilities)),
                "balance": .string(String(whole.balance)), "cost": .string(String(whole.cost.fen)),
                "elsewhere": .string(String(whole.elsewhere)),
                "provinces": .array(whole.provinces.map { .string($0.description) }),
                "library_project": JSONValue(whole.libraryProject?.text),
            ]
        }
        return [
            "id": .string(entry.id.text), "period": .string(entry.period.description),
            "found_at": .string(entry.foundAt.description), "project": .string(entry.project),
            "borrower": .string(entry.borrower), "parts": .array(entry.parts.map(part)),
            "has_others": .bool(entry.hasOthers), "whole": whole ?? .null,
        ]
    }

    private static func part(_ part: OverfinancingPart) -> JSONValue {
        [
            "organisation": .string(part.organisation.text), "lender": .string(part.lender),
            "book": .string(part.book.text), "facilities": .integer(Int64(part.facilities)),
            "balance": .string(String(part.balance)), "cost": JSONValue(part.cost.map { String($0.fen) }),
        ]
    }
}
