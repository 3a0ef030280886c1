import Access
import HTTPTypes
import Hummingbird
import Platform
import Statistics
import Store
import Vocabulary
import Web

extension PortalSite {
    /// Seconds after which the page of a return that is being counted is asked for again.
    private static let returnRefreshSeconds = 2

    /// What lenders hand in for a period.
    func addReturns(to router: WebRouter) {
        router.get("/returns") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(returnList(visit, FormState()))
        }
        router.post("/returns") { request, context in
            try await submit(request, context) { visit, fields in
                guard let organisation = fields["organisation"].flatMap({ ID<Organisation>($0) }) else {
                    throw PlatformFault.invalid([FieldFault("/organisation", "json.bad-value")])
                }
                let entry = try await platform.prepareReturn(
                    fields["form"] ?? "", try Self.period(fields["period"]), of: organisation, by: try visit.viewer())
                return visit.redirect(to: ReturnPages.address(entry.record.id))
            } again: { visit, state in
                try await returnList(visit, state)
            }
        }
        router.get("/returns/totals") { request, context in
            let visit = Visit(self, request, context)
            return visit.page(returnPages(visit).totals(try await totals(visit), shown: Self.shownTable(visit)))
        }
        router.get("/returns/totals/sheet") { request, context in
            let visit = Visit(self, request, context)
            let totals = try await totals(visit)
            return Response.workbook(
                try platform.workbook(of: totals, in: visit.context.language), named: totals.fileName)
        }
        router.get("/returns/{id}") { request, context in
            let visit = Visit(self, request, context)
            let view = try await platform.statutoryReturn(try visit.id("id"), by: try visit.viewer())
            var response = visit.page(try returnPage(visit, view, .empty))
            if view.entry.job.state.isOpen, let name = HTTPField.Name("Refresh") {
                response.headers[name] =
                    "\(Self.returnRefreshSeconds); url=\(ReturnPages.address(view.entry.record.id))"
            }
            return response
        }
        router.get("/returns/{id}/sheet") { request, context in
            let visit = Visit(self, request, context)
            let view = try await platform.statutoryReturn(try visit.id("id"), by: try visit.viewer())
            return Response.workbook(try platform.workbook(of: view, in: visit.context.language), named: view.fileName)
        }
        addReturnChanges(to: router)
    }

    private func addReturnChanges(to router: WebRouter) {
        router.get("/returns/{id}/line") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(linePage(visit, .empty))
        }
        router.post("/returns/{id}/line") { request, context in
            try await submit(request, context) { visit, fields in
                let view = try await changeLine(visit, fields)
                return visit.redirect(to: ReturnPages.address(view.entry.record.id), done: "portal.saved")
            } again: { visit, state in
                try await linePage(visit, state)
            }
        }
        router.post("/returns/{id}/explanations") { request, context in
            try await submit(request, context) { visit, fields in
                let all = fields.all
                func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }
                let explanations = zip(zip(values("standard"), values("check")), values("text")).map {
                    ReturnExplanation(standard: $0.0, check: $0.1, text: $1)
                }
                let view = try await platform.changeReturn(
                    try visit.id("id"), explanations: explanations, seen: Self.seen(fields), by: try visit.viewer())
                return visit.redirect(to: ReturnPages.address(view.entry.record.id), done: "portal.saved")
            } again: { visit, state in
                try await returnPage(visit, state)
            }
        }
        router.post("/returns/{id}/submission") { request, context in
            try await submit(request, context) { visit, fields in
                let view = try await platform.submitReturn(
                    try visit.id("id"), reason: fields["reason"] ?? "", seen: Self.seen(fields), by: try visit.viewer())
                return visit.redirect(to: ReturnPages.address(view.entry.record.id), done: "return.done")
            } again: { visit, state in
                try await returnPage(visit, state)
            }
        }
        router.post("/returns/{id}/discard") { request, context in
            try await submit(request, context) { visit, _ in
                try await platform.discardReturn(try visit.id("id"), by: try visit.viewer())
                return visit.redirect(to: "/returns", done: "return.discarded")
            } again: { visit, state in
                try await returnPage(visit, state)
            }
        }
    }

    // MARK: Pages

    private func returnPages(_ visit: Visit) -> ReturnPages { ReturnPages(frame: visit.frame, platform: platform) }

    private func returnList(_ visit: Visit, _ state: FormState) async throws -> Page {
        let viewer = try visit.viewer()
        var filter = ReturnFilter()
        filter.period = visit.asked("period").flatMap { try? ReportingPeriod.parse($0) }
        filter.state = visit.asked("state").flatMap(ReturnState.init(rawValue:))
        let found = try await platform.returns(
            filter, before: visit.periodPlace("before"), limit: Self.rowsOnPage + 1, by: viewer)
        let (shown, next) = visit.split(found, "before") { "\($0.record.period) \($0.record.id.text)" }
        let organisations =
            viewer.grants(for: .prepareReturn).isEmpty ? [] : try await organisations(for: .prepareReturn, visit)
        var state = state
        if state.values["period"] == nil, let form = platform.library.returnForms.first {
            state.values["period"] = platform.latestPeriod(of: form)
        }
        return returnPages(visit).list(
            shown, filter: filter, organisations: organisations, state, next: next, notice: visit.notice)
    }

    private func returnPage(_ visit: Visit, _ state: FormState) async throws -> Page {
        try returnPage(
            visit, try await platform.statutoryReturn(try visit.id("id"), by: try visit.viewer()), state)
    }

    private func returnPage(_ visit: Visit, _ view: ReturnView, _ state: FormState) throws -> Page {
        let (viewer, place) = (try visit.viewer(), view.entry.placement)
        let rights = ReturnPages.Rights(
            mayPrepare: viewer.may(.prepareReturn, on: place), mayAdjust: viewer.may(.adjustReturn, on: place),
            mayDiscard: viewer.may(.discardReturn, on: place), maySubmit: viewer.may(.submitReturn, on: place))
        return returnPages(visit).one(
            view, shown: Self.shownTable(visit), rights, state, notice: visit.notice)
    }

    private func linePage(_ visit: Visit, _ state: FormState) async throws -> Page {
        let view = try await platform.statutoryReturn(try visit.id("id"), by: try visit.viewer())
        let (standard, table, line) = try Self.line(of: view, visit)
        return returnPages(visit).line(view, standard, table, line, state)
    }

    /// The line that the query names, as counted.
    private static func line(
        of view: ReturnView, _ visit: Visit
    ) throws(Problem) -> (standard: String, table: ReturnTable, line: ReturnTable.Line) {
        guard let standard = visit.asked("standard"),
            let table = visit.asked("table").flatMap({ view.counted?.edition(standard)?.table($0) }),
            let position = table.position(ofLine: visit.asked("line") ?? ""), table.isCounted(line: position)
        else { throw Problem.notFound }
        return (standard, table, table.lines[position])
    }

    /// Puts what the form says of a line in place of what was said of it before.
    private func changeLine(_ visit: Visit, _ fields: FormFields) async throws -> ReturnView {
        let (id, viewer): (ID<ReturnRecord>, Viewer) = (try visit.id("id"), try visit.viewer())
        let view = try await platform.statutoryReturn(id, by: viewer)
        let (standard, table, line) = try Self.line(of: view, visit)
        guard let tables = view.counted else { throw Problem.notFound }
        var adjustments = view.adjustments.filter {
            $0.standard != standard || $0.table != table.id || $0.line != line.key
        }.map { StatedAdjustment($0, of: tables) }
        var faults: [FieldFault] = []
        let reason = (fields["reason"] ?? "").trimmingSpaces()
        for column in table.columns where column.sumOf.isEmpty {
            guard let amount = ReturnPages.stated(fields[column.id] ?? "", column.unit) else {
                faults.append(FieldFault("/\(column.id)", "return.bad-amount"))
                continue
            }
            guard amount != "0" else { continue }
            adjustments.append(
                StatedAdjustment(
                    standard: standard, table: table.id, line: line.key, column: column.id, amount: amount,
                    reason: reason))
            if reason.isEmpty, !faults.contains(where: { $0.pointer == "/reason" }) {
                faults.append(FieldFault("/reason", "return.reason-needed"))
            }
        }
        guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
        return try await platform.changeReturn(id, adjustments: adjustments, seen: Self.seen(fields), by: viewer)
    }

    private func totals(_ visit: Visit) async throws -> ReturnTotals {
        try await platform.returnTotals(
            visit.asked("form") ?? "", try Self.period(visit.asked("period")), by: try visit.viewer())
    }

    // MARK: What is asked

    private static func shownTable(_ visit: Visit) -> (standard: String, table: String)? {
        guard let standard = visit.asked("standard"), let table = visit.asked("table") else { return nil }
        return (standard, table)
    }

    private static func seen(_ fields: FormFields) -> Int { fields["seen"].flatMap { Int($0) } ?? -1 }

    private static func period(_ text: String?) throws(PlatformFault) -> ReportingPeriod {
        do throws(ParseFault) {
            return try ReportingPeriod.parse(text ?? "")
        } catch {
            throw PlatformFault.invalid([FieldFault("/period", error.message)])
        }
    }

}
