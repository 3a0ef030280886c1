import Access
import Credit
import Platform
import Projects
import Store
import Vocabulary

extension PlatformAPI {
    private static let exposures = Schema.array(of: .named("Exposure"), 0...Platform.mostExposures)

    static let exposureSchemas: [String: Schema] = [
        "Exposure": .object([
            .init("period", .month), .init("organisation", .id(of: Organisation.self)),
            .init("lender", .text(1...400)), .init("book", .id(of: BookRecord.self)),
            .init("facilities", .integer(1...Int64.max)), .init("balance", .sum), .init("green", .sum),
            .init(
                "lines", .array(of: .integer(1...Int64.max), 0...ProjectExposures.mostLines),
                note: "api.note.exposure-lines"),
        ]),
        "BorrowerAccount": .object([
            .init(
                "traces",
                .array(
                    of: .object([.init("trace", .text(1...2_000_000)), .init("exposures", exposures)]), 0...1000),
                note: "api.note.borrower-traces")
        ]),
        "FacilityMonth": .object([
            .init("period", .month), .init("book", .id(of: BookRecord.self)),
            .init("facility", .named("Facility")),
        ]),
    ]

    var exposureEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/books/{book}/facilities/{line}/months", operation: "listFacilityMonths", tag: "books",
                summary: "api.operation.list-facility-months", security: .scope(.booksRead),
                parameters: [Self.book, Self.line],
                replies: [.init(200, .json(.list(of: .named("FacilityMonth"))))]
            ) { request in
                let found = try await platform.months(
                    of: try request.id("book"), line: try Self.line(request),
                    by: try request.signedIn())
                return .list(
                    found.months.map { month in
                        [
                            "period": .string(month.period.description), "book": .string(month.book.text),
                            "facility": facility(month.facility, request.language),
                        ]
                    })
            },
            Endpoint(
                .get, "/borrowers", operation: "getBorrower", tag: "statistics",
                summary: "api.operation.get-borrower", security: .scope(.booksRead),
                parameters: [
                    .query("borrower", .text(1...200), isRequired: true, note: "api.note.borrower")
                ], replies: [.init(200, .json(.named("BorrowerAccount")))]
            ) { request in
                let account = try await platform.exposures(
                    toBorrower: request.text("borrower") ?? "", by: try request.signedIn())
                return .json([
                    "traces": .array(
                        account.traces.map { trace in
                            [
                                "trace": .string(trace.text), "exposures": .array(trace.exposures.map(Self.exposure)),
                            ]
                        })
                ])
            },
            Endpoint(
                .get, "/projects/{project}/exposures", operation: "listProjectExposures", tag: "statistics",
                summary: "api.operation.list-project-exposures", security: .scope(.booksRead),
                parameters: [.path("project", .id(of: Project.self))],
                replies: [.init(200, .json(.list(of: .named("Exposure"))))]
            ) { request in
                let found = try await platform.exposures(
                    forProject: try request.id("project"), by: try request.signedIn())
                return .list(found.exposures.map(Self.exposure))
            },
        ]
    }

    private static func exposure(_ line: ExposureLine) -> JSONValue {
        [
            "period": .string(line.period.description), "organisation": .string(line.organisation.text),
            "lender": .string(line.lender), "book": .string(line.book.text),
            "facilities": .integer(Int64(line.facilities)), "balance": .string(String(line.balance)),
            "green": .string(String(line.green)), "lines": .array(line.lines.map { .integer(Int64($0)) }),
        ]
    }
}
