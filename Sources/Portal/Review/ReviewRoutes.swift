import Access
import Hummingbird
import Platform
import Standards
import Store
import Vocabulary
import Web

extension PortalSite {
    /// What people decide of loans.
    func addReview(to router: WebRouter) {
        router.get("/books/{id}/doubts") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let entry = try await platform.book(try visit.id("id"), by: viewer)
            // `balance line` of the last row of the page before.
            let numbers = (visit.asked("after") ?? "").split(separator: " ").compactMap { Int64($0) }
            let after = numbers.count == 2 ? (balance: Money(fen: numbers[0]), line: Int(numbers[1])) : nil
            let found = try await platform.doubts(
                of: entry.book.id, after: after, limit: Self.rowsOnPage + 1, by: viewer)
            let (shown, next) = visit.split(found, "after") { "\($0.balance.fen) \($0.line)" }
            return visit.page(ReviewPages(frame: visit.frame).doubts(entry, shown, next: next))
        }
        router.get("/books/{id}/facilities/{line}") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(casePage(visit, .empty, notice: visit.notice))
        }
        router.post("/books/{id}/facilities/{line}/decisions") { request, context in
            try await submit(request, context) { visit, fields in
                let (id, line): (ID<BookRecord>, Int) = (try visit.id("id"), try Self.line(visit))
                let (verdict, item) = Self.choice(fields)
                let entry = try await platform.decide(
                    on: id, line: line, verdict, item: item, reason: fields["reason"] ?? "",
                    in: visit.context.language, by: try visit.viewer())
                return visit.redirect(
                    to: ReviewPages.address(id, line),
                    done: entry.decision.state == .proposed ? "review.done-proposed" : "review.done")
            } again: { visit, state in
                try await casePage(visit, state)
            }
        }
        router.post("/books/{id}/assessments") { request, context in
            var request = request
            _ = try await FormFields.read(&request)
            let visit = Visit(self, request, context)
            let id: ID<BookRecord> = try visit.id("id")
            do {
                _ = try await platform.reassessBook(id, by: try visit.viewer())
            } catch PlatformFault.conflict {
                // Under way already, or replaced meanwhile: the page tells which.
                return visit.redirect(to: "/books/\(id.text)")
            }
            return visit.redirect(to: "/books/\(id.text)", done: "review.counting")
        }
        addDecisions(to: router)
    }

    private func addDecisions(to router: WebRouter) {
        router.get("/decisions") { request, context in
            let visit = Visit(self, request, context)
            var filter = ReviewFilter()
            filter.state = visit.asked("state").flatMap(ReviewState.init(rawValue:))
            filter.loanID = visit.asked("loan_id").map { String($0.prefix(200)) }
            let found = try await platform.decisions(
                filter, before: Self.place(visit.asked("before")), limit: Self.rowsOnPage + 1, by: try visit.viewer())
            let (shown, next) = visit.split(found, "before") {
                "\($0.decision.proposedAt.milliseconds) \($0.decision.id.text)"
            }
            return visit.page(
                ReviewPages(frame: visit.frame).decisions(shown, filter: filter, next: next, notice: visit.notice))
        }
        router.post("/decisions/{id}/confirmation") { request, context in
            try await answer(request, context) { id, _, viewer in
                try await platform.confirmDecision(id, by: viewer)
            }
        }
        router.post("/decisions/{id}/refusal") { request, context in
            try await answer(request, context) { id, fields, viewer in
                try await platform.declineDecision(id, reason: fields["reason"] ?? "", by: viewer)
            }
        }
        router.post("/decisions/{id}/withdrawal") { request, context in
            try await answer(request, context) { id, _, viewer in
                try await platform.withdrawDecision(id, by: viewer)
            }
        }
    }

    /// Ends the waiting of a decision and shows its loan; where that cannot be, the loan's page says why.
    private func answer(
        _ request: Request, _ context: WebContext,
        _ end: @escaping @Sendable (ID<ReviewDecision>, FormFields, Viewer) async throws -> ReviewEntry
    ) async throws -> Response {
        var request = request
        let fields = try await FormFields.read(&request)
        let visit = Visit(self, request, context)
        let (id, viewer): (ID<ReviewDecision>, Viewer) = (try visit.id("id"), try visit.viewer())
        do {
            let decision = try await end(id, fields, viewer).decision
            return visit.redirect(to: ReviewPages.address(decision.book, decision.line), done: "review.answered")
        } catch let fault as PlatformFault {
            let state = try FormState(fields, refused: fault)
            let decision = try await platform.decision(id, by: viewer).decision
            return try await visit.page(
                casePage(
                    visit, of: decision.book, decision.line,
                    FormState(fault: state.fault ?? state.faults.first?.message)), status: .unprocessableContent)
        }
    }

    private func casePage(_ visit: Visit, _ state: FormState, notice: Message? = nil) async throws -> Page {
        try await casePage(visit, of: try visit.id("id"), try Self.line(visit), state, notice: notice)
    }

    private func casePage(
        _ visit: Visit, of book: ID<BookRecord>, _ line: Int, _ state: FormState, notice: Message? = nil
    ) async throws -> Page {
        let viewer = try visit.viewer()
        let review = try await platform.reviewCase(of: book, line: line, by: viewer)
        let place = review.entry.placement
        return ReviewPages(frame: visit.frame).one(
            review, mayDecide: review.entry.book.state == .accepted && viewer.may(.decideFacility, on: place),
            mayConfirm: viewer.may(.confirmDecision, on: place), state, notice: notice)
    }

    static func line(_ visit: Visit) throws(Problem) -> Int {
        guard let line = visit.context.parameters.get("line").flatMap({ Int($0) }) else { throw Problem.notFound }
        return line
    }

    /// What the form says: `item:1.4.1`, `other` with the item beside it, or a verdict.
    private static func choice(_ fields: FormFields) -> (ReviewVerdict, ItemCode?) {
        let choice = fields["choice"] ?? ""
        if let verdict = ReviewVerdict(rawValue: choice), verdict != .accepted { return (verdict, nil) }
        let item = choice.hasPrefix("item:") ? String(choice.dropFirst(5)) : (fields["item"] ?? "").trimmingSpaces()
        return (.accepted, ItemCode(item))
    }
}
