import Access
import Credit
import Platform
import Standards
import Store
import Vocabulary
import Web

extension PlatformAPI {
    /// The decision that a path names.
    private static let decision = Parameter.path("decision", .id(of: ReviewDecision.self))
    static let line = Parameter.path("line", .integer(1...Int64.max), note: "api.note.line")
    private static let reason = Schema.text(1...1000)

    /// What people decide of the loans of a book.
    var reviewEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/books/{book}/doubts", operation: "listDoubts", tag: "review",
                summary: "api.operation.list-doubts", security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .json(.page(of: .named("Facility"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let after = page.after.flatMap { cursor -> (balance: Money, line: Int)? in
                    guard let fen = Int64(cursor.sortKey), let line = Int(cursor.id) else { return nil }
                    return (Money(fen: fen), line)
                }
                let found = try await platform.doubts(
                    of: try request.id("book"), after: after, limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: { Cursor(sortKey: String($0.balance.fen), id: String($0.line)) },
                        value: { facility($0, request.language) }))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/books/{book}/facilities/{line}", operation: "getFacilityCase", tag: "review",
                summary: "api.operation.get-facility-case", security: .scope(.booksRead),
                parameters: [Self.book, Self.line], replies: [.init(200, .json(.named("FacilityCase")))]
            ) { request in
                .json(
                    reviewCase(
                        try await platform.reviewCase(
                            of: try request.id("book"), line: try Self.line(request), by: try request.signedIn()),
                        request.language))
            },
            Endpoint(
                .post, "/books/{book}/facilities/{line}/decisions", operation: "decideFacility", tag: "review",
                summary: "api.operation.decide-facility", security: .scope(.booksWrite),
                parameters: [Self.book, Self.line],
                body: .json(
                    .object([
                        .init("verdict", .words(ReviewVerdict.self), note: "api.note.review-verdict"),
                        .init("item", .nullable(.text(1...32)), isRequired: false), .init("reason", Self.reason),
                    ])),
                replies: [.init(201, .json(.named("Decision")), headers: ["Location": "api.note.location"])]
            ) { request in
                let body = try request.json()
                guard let verdict = body["verdict"]?.text.flatMap(ReviewVerdict.init(rawValue:)) else {
                    throw Problem.badRequest
                }
                let entry = try await platform.decide(
                    on: try request.id("book"), line: try Self.line(request), verdict,
                    item: body["item"]?.text.flatMap { ItemCode($0) }, reason: body["reason"]?.text ?? "",
                    in: request.language, by: try request.signedIn())
                return .created(decision(entry), path: "/decisions/\(entry.decision.id.text)")
            }.with { $0.idempotencyKey = .optional },
            Endpoint(
                .get, "/books/{book}/review", operation: "getBookReview", tag: "review",
                summary: "api.operation.get-book-review", security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .json(.named("BookReview")))]
            ) { request in
                .json(review(try await platform.review(of: try request.id("book"), by: try request.signedIn())))
            },
            Endpoint(
                .post, "/books/{book}/assessments", operation: "reassessBook", tag: "review",
                summary: "api.operation.reassess-book", security: .scope(.booksWrite), parameters: [Self.book],
                replies: [.init(202, .json(.named("Book")))]
            ) { request in
                .json(
                    book(
                        try await platform.reassessBook(try request.id("book"), by: try request.signedIn()),
                        request.language), status: 202)
            },
        ]
    }

    /// The decisions themselves, and how a lender makes them.
    var decisionEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/decisions", operation: "listDecisions", tag: "review",
                summary: "api.operation.list-decisions", security: .scope(.booksRead),
                parameters: [
                    .query("organisation", .id(of: Organisation.self)), .query("state", .words(ReviewState.self)),
                    .query("loan_id", .text(1...200)),
                ], replies: [.init(200, .json(.page(of: .named("Decision"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let before = page.after.flatMap { cursor -> (proposedAt: Timestamp, id: ID<ReviewDecision>)? in
                    guard let milliseconds = Int64(cursor.sortKey), let id = ID<ReviewDecision>(cursor.id) else {
                        return nil
                    }
                    return (Timestamp(milliseconds: milliseconds), id)
                }
                var filter = ReviewFilter()
                filter.organisation = request.text("organisation").flatMap { ID<Organisation>($0) }
                filter.state = request.word("state")
                filter.loanID = request.text("loan_id")
                let found = try await platform.decisions(
                    filter, before: before, limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: {
                            Cursor(sortKey: String($0.decision.proposedAt.milliseconds), id: $0.decision.id.text)
                        }, value: decision))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/decisions/{decision}", operation: "getDecision", tag: "review",
                summary: "api.operation.get-decision", security: .scope(.booksRead), parameters: [Self.decision],
                replies: [.init(200, .json(.named("Decision")))]
            ) { request in
                .json(
                    decision(
                        try await platform.decision(try request.id("decision"), by: try request.signedIn())))
            },
            Endpoint(
                .post, "/decisions/{decision}/confirmation", operation: "confirmDecision", tag: "review",
                summary: "api.operation.confirm-decision", security: .session, parameters: [Self.decision],
                replies: [.init(200, .json(.named("Decision")))]
            ) { request in
                .json(
                    decision(
                        try await platform.confirmDecision(try request.id("decision"), by: try request.signedIn())))
            },
            Endpoint(
                .post, "/decisions/{decision}/refusal", operation: "declineDecision", tag: "review",
                summary: "api.operation.decline-decision", security: .session, parameters: [Self.decision],
                body: .json(.object([.init("reason", Self.reason)])), replies: [.init(200, .json(.named("Decision")))]
            ) { request in
                .json(
                    decision(
                        try await platform.declineDecision(
                            try request.id("decision"), reason: try request.json()["reason"]?.text ?? "",
                            by: try request.signedIn())))
            },
            Endpoint(
                .post, "/decisions/{decision}/withdrawal", operation: "withdrawDecision", tag: "review",
                summary: "api.operation.withdraw-decision", security: .scope(.booksWrite), parameters: [Self.decision],
                replies: [.init(200, .json(.named("Decision")))]
            ) { request in
                .json(
                    decision(
                        try await platform.withdrawDecision(try request.id("decision"), by: try request.signedIn())))
            },
            Endpoint(
                .get, "/organisations/{organisation}/review", operation: "getReviewLimit", tag: "review",
                summary: "api.operation.get-review-limit", security: .scope(.peopleRead),
                parameters: [Self.organisation], replies: [.init(200, .json(.named("ReviewLimit")))]
            ) { request in
                Self.limit(
                    try await platform.reviewLimit(of: try request.id("organisation"), by: try request.signedIn()))
            },
            Endpoint(
                .put, "/organisations/{organisation}/review", operation: "setReviewLimit", tag: "review",
                summary: "api.operation.set-review-limit", security: .session, parameters: [Self.organisation],
                body: .json(.named("ReviewLimit")), replies: [.init(200, .json(.named("ReviewLimit")))]
            ) { request in
                let limit = try request.json()["second_above"]?.text.flatMap { Int64($0) }.map { Money(fen: $0) }
                try await platform.setReviewLimit(
                    limit, of: try request.id("organisation"), by: try request.signedIn())
                return Self.limit(limit)
            },
        ]
    }

    private static func limit(_ limit: Money?) -> EndpointResponse {
        .json(["second_above": JSONValue(limit.map { String($0.fen) })])
    }

    /// The line that a path names.
    static func line(_ request: EndpointRequest) throws -> Int {
        guard case .integer(let number)? = request.parameters["line"], let line = Int(exactly: number) else {
            throw Problem.notFound
        }
        return line
    }
}
