import Access
import Hummingbird
import Platform
import Statistics
import Store
import Vocabulary
import Web

extension PlatformAPI {
    private static let aReturn = Parameter.path("return", .id(of: ReturnRecord.self))
    private static let xlsx = DocumentKind.xlsx.mediaType
    private static let content = Endpoint.Reply(
        200, .json(.named("ReturnContent")), headers: ["ETag": "api.note.etag"])
    private static let ofTotals: [Parameter] = [
        .query("form", .text(1...64), isRequired: true),
        .query("period", returnPeriod, isRequired: true, note: "api.note.return-period"),
    ]

    var returnEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/return-forms", operation: "listReturnForms", tag: "returns",
                summary: "api.operation.list-return-forms", security: .anyone,
                replies: [.init(200, .json(.list(of: .named("ReturnForm"))))]
            ) { _ in .list(platform.library.returnForms.map(Self.form)) },
            Endpoint(
                .get, "/returns", operation: "listReturns", tag: "returns", summary: "api.operation.list-returns",
                security: .scope(.booksRead),
                parameters: [
                    .query("organisation", .id(of: Organisation.self)), .query("form", .text(1...64)),
                    .query("period", Self.returnPeriod, note: "api.note.return-period"),
                    .query("state", .words(ReturnState.self)),
                ], replies: [.init(200, .json(.page(of: .named("Return"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                var filter = ReturnFilter()
                filter.organisation = request.text("organisation").flatMap { ID<Organisation>($0) }
                filter.form = request.text("form")
                filter.period = try request.period("period")
                filter.state = request.word("state")
                let found = try await platform.returns(
                    filter, before: page.after?.periodPlace(), limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: { Cursor(sortKey: $0.record.period.description, id: $0.record.id.text) },
                        value: Self.statutoryReturn))
            }.with { $0.isPaged = true },
            Endpoint(
                .post, "/returns", operation: "prepareReturn", tag: "returns",
                summary: "api.operation.prepare-return", security: .scope(.booksWrite),
                body: .json(
                    .object([
                        .init("organisation", .id(of: Organisation.self)), .init("form", .text(1...64)),
                        .init("period", Self.returnPeriod, note: "api.note.return-period"),
                    ])),
                replies: [.init(202, .json(.named("Return")), headers: ["Location": "api.note.location"])]
            ) { request in
                let body = try request.json()
                guard let organisation = body["organisation"]?.text.flatMap({ ID<Organisation>($0) }) else {
                    throw Problem.badRequest
                }
                let entry = try await platform.prepareReturn(
                    body["form"]?.text ?? "", try EndpointRequest.period(body["period"]?.text ?? "", at: "/period"),
                    of: organisation, by: try request.signedIn())
                return EndpointResponse(
                    status: 202, .json(Self.statutoryReturn(entry)),
                    headers: [.location: "/api/v1/returns/\(entry.record.id.text)"])
            },
            Endpoint(
                .get, "/returns/{return}", operation: "getReturn", tag: "returns", summary: "api.operation.get-return",
                security: .scope(.booksRead), parameters: [Self.aReturn], replies: [Self.content]
            ) { request in
                Self.answer(try await platform.statutoryReturn(try request.id("return"), by: try request.signedIn()))
            },
            Endpoint(
                .delete, "/returns/{return}", operation: "discardReturn", tag: "returns",
                summary: "api.operation.discard-return", security: .scope(.booksWrite), parameters: [Self.aReturn],
                replies: [.init(204)]
            ) { request in
                try await platform.discardReturn(try request.id("return"), by: try request.signedIn())
                return .noContent
            },
            Endpoint(
                .get, "/returns/{return}/workbook", operation: "getReturnWorkbook", tag: "returns",
                summary: "api.operation.get-return-workbook", security: .scope(.booksRead),
                parameters: [Self.aReturn], replies: [.init(200, .bytes(mediaType: Self.xlsx))]
            ) { request in
                let view = try await platform.statutoryReturn(try request.id("return"), by: try request.signedIn())
                return .download(
                    .init(byteBuffer: ByteBuffer(bytes: try platform.workbook(of: view, in: request.language))),
                    fileName: view.fileName, mediaType: Self.xlsx)
            },
        ] + returnChangeEndpoints + returnTotalsEndpoints
    }

    private var returnChangeEndpoints: [Endpoint] {
        [
            Endpoint(
                .put, "/returns/{return}/adjustments", operation: "adjustReturn", tag: "returns",
                summary: "api.operation.adjust-return", security: .scope(.booksWrite), parameters: [Self.aReturn],
                body: .json(.object([.init("adjustments", Self.adjustments)])), replies: [Self.content]
            ) { request in
                let body = try request.json()
                let adjustments = (body["adjustments"]?.elements ?? []).map { element in
                    StatedAdjustment(
                        standard: element["standard"]?.text ?? "", table: element["table"]?.text ?? "",
                        line: element["line"]?.text ?? "", column: element["column"]?.text ?? "",
                        amount: element["amount"]?.text ?? "", reason: element["reason"]?.text ?? "")
                }
                return Self.answer(
                    try await platform.changeReturn(
                        try request.id("return"), adjustments: adjustments,
                        seen: try request.seenVersion().map { Int(clamping: $0) }, by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
            Endpoint(
                .put, "/returns/{return}/explanations", operation: "explainReturn", tag: "returns",
                summary: "api.operation.explain-return", security: .scope(.booksWrite), parameters: [Self.aReturn],
                body: .json(.object([.init("explanations", Self.explanations)])), replies: [Self.content]
            ) { request in
                let body = try request.json()
                let explanations = (body["explanations"]?.elements ?? []).map { element in
                    ReturnExplanation(
                        standard: element["standard"]?.text ?? "", check: element["check"]?.text ?? "",
                        text: element["text"]?.text ?? "")
                }
                return Self.answer(
                    try await platform.changeReturn(
                        try request.id("return"), explanations: explanations,
                        seen: try request.seenVersion().map { Int(clamping: $0) }, by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
            Endpoint(
                .post, "/returns/{return}/submission", operation: "submitReturn", tag: "returns",
                summary: "api.operation.submit-return", security: .session, parameters: [Self.aReturn],
                body: .json(
                    .object([.init("reason", .text(0...1000), isRequired: false, note: "api.note.return-reason")])),
                replies: [Self.content]
            ) { request in
                let body = try request.json()
                return Self.answer(
                    try await platform.submitReturn(
                        try request.id("return"), reason: body["reason"]?.text ?? "",
                        seen: try request.seenVersion().map { Int(clamping: $0) }, by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
        ]
    }

    private var returnTotalsEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/return-totals", operation: "getReturnTotals", tag: "returns",
                summary: "api.operation.get-return-totals", security: .scope(.booksRead), parameters: Self.ofTotals,
                replies: [.init(200, .json(.named("ReturnTotals")))]
            ) { request in .json(Self.totals(try await totals(request))) },
            Endpoint(
                .get, "/return-totals/workbook", operation: "getReturnTotalsWorkbook", tag: "returns",
                summary: "api.operation.get-return-totals-workbook", security: .scope(.booksRead),
                parameters: Self.ofTotals, replies: [.init(200, .bytes(mediaType: Self.xlsx))]
            ) { request in
                let totals = try await totals(request)
                return .download(
                    .init(byteBuffer: ByteBuffer(bytes: try platform.workbook(of: totals, in: request.language))),
                    fileName: totals.fileName, mediaType: Self.xlsx)
            },
        ]
    }

    private func totals(_ request: EndpointRequest) async throws -> ReturnTotals {
        guard let period = try request.period("period") else { throw Problem.badRequest }
        return try await platform.returnTotals(request.text("form") ?? "", period, by: try request.signedIn())
    }

    private static func answer(_ view: ReturnView) -> EndpointResponse {
        .json(content(view), tag: EntityTag(version: Int64(view.entry.record.changes)))
    }
}

extension EndpointRequest {
    /// The period of a parameter; nil where it was not given.
    fileprivate func period(_ name: String) throws(Problem) -> ReportingPeriod? {
        guard let text = text(name) else { return nil }
        return try Self.period(text, at: name)
    }

    /// A period as it is written.
    /// - Throws: ``Problem`` 422 for what is none.
    fileprivate static func period(_ text: String, at place: String) throws(Problem) -> ReportingPeriod {
        do throws(ParseFault) {
            return try ReportingPeriod.parse(text)
        } catch {
            throw Problem.invalid([.init(place, error.message)])
        }
    }
}
