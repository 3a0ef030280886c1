import Access
import Credit
import Hummingbird
import Platform
import Standards
import Store
import Vocabulary
import Web

extension PlatformAPI {
    /// The book that a path names.
    static let book = Parameter.path("book", .id(of: BookRecord.self))
    private static let csv = "text/csv"
    private static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    /// Sending, or going over, a gigabyte takes its time.
    private static let longSeconds = 1800

    var bookEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/books", operation: "listBooks", tag: "books", summary: "api.operation.list-books",
                security: .scope(.booksRead),
                parameters: [
                    .query("organisation", .id(of: Organisation.self)),
                    .query("period", .month, note: "api.note.period"), .query("state", .words(BookState.self)),
                ], replies: [.init(200, .json(.page(of: .named("Book"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let before = page.after.flatMap { cursor -> (receivedAt: Timestamp, id: ID<BookRecord>)? in
                    guard let milliseconds = Int64(cursor.sortKey), let id = ID<BookRecord>(cursor.id) else {
                        return nil
                    }
                    return (Timestamp(milliseconds: milliseconds), id)
                }
                var filter = BookFilter()
                filter.organisation = request.text("organisation").flatMap { ID<Organisation>($0) }
                filter.period = try request.month("period")
                filter.state = request.word("state")
                let found = try await platform.books(
                    filter, before: before, limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: { Cursor(sortKey: String($0.book.receivedAt.milliseconds), id: $0.book.id.text) },
                        value: { book($0, request.language) }))
            }.with { $0.isPaged = true },
            Endpoint(
                .post, "/books", operation: "sendBook", tag: "books", summary: "api.operation.send-book",
                security: .scope(.booksWrite),
                parameters: [
                    .query("organisation", .id(of: Organisation.self), isRequired: true),
                    .query("period", .month, isRequired: true, note: "api.note.period"),
                    .query("file_name", .text(1...255), note: "api.note.file-name"),
                    .query("rates", .text(0...1000), note: "api.note.rates"),
                    .query("mapping", .text(0...4000), note: "api.note.mapping"),
                    .header(Idempotency.header, .text(1...202), note: APIKey.idempotencyHeader.rawValue),
                ], body: .bytes(mediaTypes: [Self.csv, Self.xlsx]),
                replies: [.init(202, .json(.named("Book")), headers: ["Location": "api.note.location"])]
            ) { request in try await sendBook(request) }.with {
                $0.bodyBytes = Platform.mostBookBytes
                $0.answerSeconds = Self.longSeconds
            },
            Endpoint(
                .get, "/books/{book}", operation: "getBook", tag: "books", summary: "api.operation.get-book",
                security: .scope(.booksRead), parameters: [Self.book], replies: [.init(200, .json(.named("Book")))]
            ) { request in
                .json(
                    book(try await platform.book(try request.id("book"), by: try request.signedIn()), request.language))
            },
            Endpoint(
                .post, "/books/{book}/cancellation", operation: "cancelBook", tag: "books",
                summary: "api.operation.cancel-book", security: .scope(.booksWrite), parameters: [Self.book],
                replies: [.init(200, .json(.named("Book")))]
            ) { request in
                .json(
                    book(
                        try await platform.cancelBook(try request.id("book"), by: try request.signedIn()),
                        request.language))
            },
        ]
    }

    /// What stands in a book.
    var bookReadingEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/books/{book}/facilities", operation: "listFacilities", tag: "books",
                summary: "api.operation.list-facilities", security: .scope(.booksRead),
                parameters: [
                    Self.book, .query("decision", .words(LoanDecision.self)), .query("item", .text(3...32)),
                    .query("loan_id", .text(1...200)), .query("words", .text(1...100), note: "api.note.facility-words"),
                ], replies: [.init(200, .json(.page(of: .named("Facility"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                var filter = FacilityFilter()
                filter.decision = request.word("decision")
                if let text = request.text("item") {
                    guard let item = ItemCode(text) else { return .page(Page(items: [], next: nil)) }
                    filter.item = item
                }
                filter.loanID = request.text("loan_id")
                filter.words = request.text("words") ?? ""
                let found = try await platform.facilities(
                    of: try request.id("book"), filter, after: page.after.flatMap { Int($0.id) } ?? 0,
                    limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit, cursor: { Cursor(sortKey: "", id: String($0.line)) },
                        value: { facility($0, request.language) }))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/books/{book}/changes", operation: "listBookChanges", tag: "books",
                summary: "api.operation.list-book-changes", security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .json(.page(of: .named("FacilityChange"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let found = try await platform.changes(
                    in: try request.id("book"), after: page.after?.id, limit: page.limit + 1,
                    by: try request.signedIn())
                return .page(
                    Page(found, limit: page.limit, cursor: { Cursor(sortKey: "", id: $0.loanID) }) { change in
                        [
                            "loan_id": .string(change.loanID),
                            "before": change.before.map { facility($0, request.language) } ?? .null,
                            "after": change.after.map { facility($0, request.language) } ?? .null,
                        ]
                    })
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/books/{book}/faults", operation: "listBookFaults", tag: "books",
                summary: "api.operation.list-book-faults", security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .json(.list(of: .named("BookFault"))))]
            ) { request in
                let faults = try await platform.faults(
                    of: try request.id("book"), limit: Platform.mostBookFaults, by: try request.signedIn())
                return .list(
                    faults.map { fault in
                        [
                            "line": .integer(Int64(fault.line)), "column": .string(fault.column),
                            "value": .string(fault.value),
                            "reason": .string(platform.library.phrasebook.text(fault.message, in: request.language)),
                        ]
                    })
            },
            Endpoint(
                .get, "/books/{book}/faults/table", operation: "getBookFaultTable", tag: "books",
                summary: "api.operation.get-book-fault-table", security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .bytes(mediaTypes: ["text/csv; charset=utf-8", Self.xlsx]))]
            ) { request in
                let table = try await platform.faultyRecords(
                    of: try request.id("book"), in: request.language, by: try request.signedIn())
                return .download(
                    .init(byteBuffer: ByteBuffer(bytes: table.bytes)), fileName: table.fileName,
                    mediaType: table.mediaType)
            },
            Endpoint(
                .get, "/books/{book}/file", operation: "getBookFile", tag: "books",
                summary: "api.operation.get-book-file",
                security: .scope(.booksRead), parameters: [Self.book],
                replies: [.init(200, .bytes(mediaTypes: [Self.csv, "text/plain", Self.xlsx]))]
            ) { request in
                let stored = try await platform.originalFile(of: try request.id("book"), by: try request.signedIn())
                let platform = platform
                return .download(
                    Download.body(bytes: Int(stored.book.byteCount), pieces: stored.pieceCount) {
                        try await platform.piece($0, of: stored)
                    }, fileName: stored.book.fileName, mediaType: stored.book.mediaType)
            }.with { $0.answerSeconds = Self.longSeconds },
        ] + StatementForm.allCases.map(statementEndpoint)
    }

    private func statementEndpoint(_ form: StatementForm) -> Endpoint {
        Endpoint(
            .get, "/books/{book}/statement.\(form.rawValue)",
            operation: "getBookStatement\(form.rawValue.uppercased())",
            tag: "books", summary: "api.operation.get-book-statement", security: .scope(.booksRead),
            parameters: [Self.book], replies: [.init(200, .bytes(mediaType: form.mediaType))]
        ) { request in
            let statement = try await platform.statement(
                of: try request.id("book"), as: form, by: try request.signedIn())
            return .download(
                .init(byteBuffer: ByteBuffer(bytes: statement.bytes)), fileName: statement.fileName,
                mediaType: statement.mediaType)
        }
    }

    private func sendBook(_ request: EndpointRequest) async throws -> EndpointResponse {
        let viewer = try request.signedIn()
        guard let organisation = request.text("organisation").flatMap({ ID<Organisation>($0) }),
            let period = try request.month("period"), let body = request.bytes
        else { throw Problem.badRequest }
        let key = try request.text(Idempotency.header).map { (text) throws(Problem) in try Idempotency.key(text) }
        try platform.prepareToSendBook(of: organisation, by: viewer)
        let incoming = try IncomingFile(limit: Platform.mostBookBytes)
        for try await buffer in body { try incoming.append(Array(buffer.readableBytesView)) }
        let ending = request.mediaType == Self.xlsx ? "xlsx" : "csv"
        let sent = try await platform.sendBook(
            try incoming.finish(), name: request.text("file_name") ?? "\(period).\(ending)",
            declared: request.mediaType, period: period, rates: request.text("rates") ?? "",
            mapping: request.text("mapping") ?? "", for: organisation,
            requestKey: key, by: viewer)
        let id = sent.entry.book.id.text
        return EndpointResponse(
            status: 202, .json(book(sent.entry, request.language)), headers: [.location: "/api/v1/books/\(id)"])
    }
}

extension EndpointRequest {
    /// The month of a parameter; nil where it was not given.
    /// - Throws: ``Problem`` 422 for what is no month.
    func month(_ name: String) throws(Problem) -> ReportingPeriod? {
        guard let text = text(name) else { return nil }
        let period: ReportingPeriod
        do throws(ParseFault) {
            period = try ReportingPeriod.parse(text)
        } catch {
            throw Problem.invalid([.init(name, error.message)])
        }
        guard period.kind == .month else {
            throw Problem.invalid([.init(name, Message(key: "book.not-a-month"))])
        }
        return period
    }
}
