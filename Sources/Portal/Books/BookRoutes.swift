import Access
import Credit
import HTTPTypes
import Hummingbird
import Platform
import Standards
import Store
import Vocabulary
import Web

extension PortalSite {
    /// Seconds after which the page of a book that is under way is asked for again.
    private static let refreshSeconds = 2

    /// The lenders' books.
    func addBooks(to router: WebRouter) {
        router.get("/books") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(bookList(visit, FormState(values: ["period": visit.asked("period") ?? ""])))
        }
        // Beside the file a form has a few short fields.
        let rules = RouteRules(bodyBytes: Platform.mostBookBytes + 65_536, answerSeconds: 1800)
        router.on("/books", method: .post, rules: rules) { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            guard !viewer.grants(for: .sendBook).isEmpty else { throw PlatformFault.forbidden(.sendBook) }
            let upload = try await Upload(request, limit: Platform.mostBookBytes)
            do {
                guard let organisation = upload.fields["organisation"].flatMap({ ID<Organisation>($0) }) else {
                    throw PlatformFault.invalid([FieldFault("/organisation", "json.bad-value")])
                }
                let sent = try await platform.sendBook(
                    try upload.file(), name: upload.name, declared: upload.declared,
                    period: try Self.month(upload.fields["period"]), rates: upload.fields["rates"] ?? "",
                    mapping: upload.fields["mapping"] ?? "",
                    for: organisation, by: viewer)
                return visit.redirect(to: "/books/\(sent.entry.book.id.text)", done: "book.sent")
            } catch let fault as PlatformFault {
                let state = try FormState(upload.fields, refused: fault)
                return try await visit.page(bookList(visit, state), status: .unprocessableContent)
            }
        }
        router.get("/books/{id}") { request, context in
            let visit = Visit(self, request, context)
            let review = try await platform.review(of: try visit.id("id"), by: try visit.viewer())
            let entry = review.entry
            var response = try await visit.page(bookPage(visit, review))
            // The page follows the work without a script.
            if entry.job.state.isOpen, let name = HTTPField.Name("Refresh") {
                response.headers[name] = "\(Self.refreshSeconds); url=/books/\(entry.book.id.text)"
            }
            return response
        }
        router.post("/books/{id}/cancellation") { request, context in
            var request = request
            _ = try await FormFields.read(&request)
            let visit = Visit(self, request, context)
            let id: ID<BookRecord> = try visit.id("id")
            do {
                _ = try await platform.cancelBook(id, by: try visit.viewer())
            } catch PlatformFault.conflict {
                // Decided meanwhile: the page tells how.
                return visit.redirect(to: "/books/\(id.text)")
            }
            return visit.redirect(to: "/books/\(id.text)", done: "book.cancel-asked")
        }
        addBookReading(to: router)
    }

    /// What stands in a book.
    private func addBookReading(to router: WebRouter) {
        router.get("/books/{id}/facilities") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let entry = try await platform.book(try visit.id("id"), by: viewer)
            let filter = Self.facilityFilter(visit)
            let found = try await platform.facilities(
                of: entry.book.id, filter, after: visit.asked("after").flatMap { Int($0) } ?? 0,
                limit: Self.rowsOnPage + 1, by: viewer)
            let (shown, next) = visit.split(found, "after") { String($0.line) }
            return visit.page(bookPages(visit).facilities(entry, shown, filter: filter, next: next))
        }
        router.get("/books/{id}/changes") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let entry = try await platform.book(try visit.id("id"), by: viewer)
            let found = try await platform.changes(
                in: entry.book.id, after: visit.asked("after"), limit: Self.rowsOnPage + 1, by: viewer)
            let (shown, next) = visit.split(found, "after") { $0.loanID }
            return visit.page(bookPages(visit).changes(entry, shown, next: next))
        }
        router.get("/books/{id}/faults") { request, context in
            let visit = Visit(self, request, context)
            let table = try await platform.faultyRecords(
                of: try visit.id("id"), in: visit.context.language, by: try visit.viewer())
            return Response(
                status: .ok, headers: Download.headers(fileName: table.fileName, mediaType: table.mediaType),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: table.bytes)))
        }
        router.on("/books/{id}/file", method: .get, rules: RouteRules(answerSeconds: 1800)) { request, context in
            let visit = Visit(self, request, context)
            let stored = try await platform.originalFile(of: try visit.id("id"), by: try visit.viewer())
            let (book, platform) = (stored.book, platform)
            return Response(
                status: .ok, headers: Download.headers(fileName: book.fileName, mediaType: book.mediaType),
                body: Download.body(bytes: Int(book.byteCount), pieces: stored.pieceCount) {
                    try await platform.piece($0, of: stored)
                })
        }
        router.get("/books/{id}/statement") { request, context in
            let visit = Visit(self, request, context)
            let statement = try await platform.statement(of: try visit.id("id"), as: .html, by: try visit.viewer())
            return Response(
                status: .ok,
                headers: [
                    .contentType: statement.mediaType, .contentSecurityPolicy: Self.documentPolicy,
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: statement.bytes)))
        }
        for form in [StatementForm.xlsx, .json] {
            router.get("/books/{id}/statement.\(form.rawValue)") { request, context in
                let visit = Visit(self, request, context)
                let statement = try await platform.statement(of: try visit.id("id"), as: form, by: try visit.viewer())
                return Response(
                    status: .ok,
                    headers: Download.headers(fileName: statement.fileName, mediaType: statement.mediaType),
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: statement.bytes)))
            }
        }
    }

    private func bookPages(_ visit: Visit) -> BookPages {
        BookPages(frame: visit.frame, indicators: platform.library.indicators)
    }

    private func bookList(_ visit: Visit, _ state: FormState) async throws -> Page {
        let viewer = try visit.viewer()
        var filter = BookFilter()
        filter.period = visit.asked("period").flatMap { try? Self.month($0) }
        filter.state = visit.asked("state").flatMap(BookState.init(rawValue:))
        let found = try await platform.books(
            filter, before: Self.place(visit.asked("before")), limit: Self.rowsOnPage + 1, by: viewer)
        let (shown, next) = visit.split(found, "before") { "\($0.book.receivedAt.milliseconds) \($0.book.id.text)" }
        let organisations =
            viewer.grants(for: .sendBook).isEmpty ? [] : try await organisations(for: .sendBook, visit)
        var state = state
        if state.values["mapping"] == nil, let lender = organisations.first.flatMap({ ID<Organisation>($0.value) }) {
            state.values["mapping"] = try await platform.lastMapping(of: lender, by: viewer)
        }
        return bookPages(visit).list(
            shown, filter: filter, organisations: organisations, state, next: next, notice: visit.notice)
    }

    private func bookPage(_ visit: Visit, _ review: BookReview) async throws -> Page {
        let (viewer, entry) = (try visit.viewer(), review.entry)
        let mayDownload = viewer.may(.downloadBook, on: entry.placement)
        let faults =
            mayDownload && entry.book.faulty != nil
            ? try await platform.faults(of: entry.book.id, limit: BookPages.mostFaults, by: viewer) : []
        return bookPages(visit).book(
            review, faults: faults, maySend: viewer.may(.sendBook, on: entry.placement),
            mayCancel: viewer.may(.cancelBook, on: entry.placement),
            mayRead: viewer.may(.readFacility, on: entry.placement),
            mayReassess: viewer.may(.reassessBook, on: entry.placement), mayDownload: mayDownload, notice: visit.notice)
    }

    private static func facilityFilter(_ visit: Visit) -> FacilityFilter {
        func asked(_ name: String) -> String? {
            visit.asked(name).flatMap { $0.isEmpty ? nil : String($0.prefix(100)) }
        }
        var filter = FacilityFilter()
        filter.decision = asked("decision").flatMap(LoanDecision.init(rawValue:))
        filter.item = asked("item").flatMap { ItemCode($0) }
        filter.loanID = asked("loan_id")
        filter.words = asked("words") ?? ""
        return filter
    }

    static func month(_ text: String?) throws(PlatformFault) -> ReportingPeriod {
        do throws(ParseFault) {
            return try ReportingPeriod.parse(text ?? "")
        } catch {
            throw PlatformFault.invalid([FieldFault("/period", error.message.key, error.message.arguments)])
        }
    }
}
