import Access
import Library
import Statistics
import Store
import Vocabulary

/// An adjustment as somebody states it, its amount in digits: money in whole fen, a benefit in its unit.
public struct StatedAdjustment: Sendable, Equatable {
    public var standard: String
    public var table: String
    public var line: String
    public var column: String
    public var amount: String
    public var reason: String

    public init(standard: String, table: String, line: String, column: String, amount: String, reason: String) {
        self.standard = standard
        self.table = table
        self.line = line
        self.column = column
        self.amount = amount
        self.reason = reason
    }

    /// One that a return has.
    /// - Parameter tables: Of the return, which tell its unit.
    public init(_ adjustment: ReturnAdjustment, of tables: ReturnTables) {
        self.init(
            standard: adjustment.standard, table: adjustment.table, line: adjustment.line, column: adjustment.column,
            amount: tables.unit(of: adjustment).text(adjustment.amount), reason: adjustment.reason)
    }
}

extension Platform {
    /// The longest reason or explanation, in letters.
    static let longestReturnText = 1000
    /// The most adjustments of one return.
    public static let mostAdjustments = 2000

    /// Has a lender's return for a period counted from its books, behind the request: a new draft, or the one that there is.
    /// - Throws: `PlatformFault.invalid` for a form that there is none of, or a period that it does not have or is not over;
    ///   `conflict` where no book of the last month counts, or the draft is being counted.
    public func prepareReturn(
        _ form: String, _ period: ReportingPeriod, of organisation: ID<Organisation>, by viewer: Viewer
    ) async throws -> ReturnEntry {
        let (id, job, moment) = (newID(ReturnRecord.self), newID(JobRecord.self), now)
        guard let form = library.returnForm(form) else { throw PlatformFault.invalid("/form", "json.bad-value") }
        guard period.kind == form.frequency else {
            throw PlatformFault.invalid("/period", "return.wrong-period", ["example": Self.example(form, at: moment)])
        }
        guard let today = now.day(), period.lastDay <= today else {
            throw PlatformFault.invalid("/period", "return.not-over", ["period": period.description])
        }
        return try await database.write { transaction in
            _ = try transaction.organisation(organisation, for: .prepareReturn, by: viewer)
            let months = try transaction.basis(of: organisation, period).map(\.period)
            guard let last = period.divided(into: .month).last, months.last == last else {
                throw PlatformFault.conflict("return.no-book", ["period": period.lastDay.description])
            }
            let draft = try transaction.statutoryReturns.draft(of: organisation, form: form.id, period)
            let known = draft?.record.id ?? id
            try transaction.jobs.insert(
                job, .statutoryReturn, subject: known.text, bytes: 1, askedBy: viewer.person, at: moment)
            let isTaken =
                draft == nil
                ? try transaction.statutoryReturns.insert(
                    id, form: form.id, period, of: organisation, job: job, by: viewer.person, at: moment)
                : try transaction.statutoryReturns.count(known, job: job, by: viewer.person, at: moment)
            guard isTaken else { throw PlatformFault.conflict("return.being-counted") }
            try transaction.record(
                Deed(
                    .prepareReturn, on: known.text, by: viewer, for: organisation,
                    ["form": .string(form.id), "period": .string(period.description)]), at: moment)
            guard let entry = try transaction.statutoryReturns.find(known) else { throw PlatformFault.notFound }
            return entry
        }
    }

    /// The last period of a form that is over, as it is written.
    public func latestPeriod(of form: ReturnForm) -> String { Self.example(form, at: now) }

    static func example(_ form: ReturnForm, at moment: Timestamp) -> String {
        guard let today = moment.day() else { return "" }
        return ReportingPeriod(form.frequency, containing: today).previous.description
    }

    /// Changes what people say of a draft: figures that books do not tell, and why checks that fail may be left so.
    /// - Parameters:
    ///   - adjustments: All of them, in place of those before; nil leaves them.
    ///   - explanations: All of them, in place of those before; nil leaves them.
    ///   - seen: The draft's `changes` that the viewer knew; nil for whichever they are.
    /// - Throws: `PlatformFault.invalid` for a cell that is not counted or a text that is missing, `changedMeanwhile`.
    public func changeReturn(
        _ id: ID<ReturnRecord>, adjustments: [StatedAdjustment]? = nil, explanations: [ReturnExplanation]? = nil,
        seen: Int?, by viewer: Viewer
    ) async throws -> ReturnView {
        let moment = now
        // A memory of its own: what this transaction sees might come to nothing.
        let (forms, memory) = (library.returnForms, ReturnMemory())
        return try await database.write { transaction in
            let view = try transaction.view(id, forms, memory, for: .adjustReturn, by: viewer)
            guard view.entry.record.state == .draft else { throw PlatformFault.conflict("return.not-a-draft") }
            guard let tables = view.counted else { throw PlatformFault.conflict("return.not-counted") }
            let adjustments = try adjustments.map { try Self.checked($0, tables) } ?? view.adjustments
            let explanations = try explanations.map { try Self.checked($0, view.checks) } ?? view.explanations
            guard
                try transaction.statutoryReturns.change(
                    id, adjustments, of: tables, explanations, seen: seen ?? view.entry.record.changes,
                    by: viewer.person, at: moment)
            else { throw PlatformFault.changedMeanwhile }
            try transaction.record(
                Deed(
                    .adjustReturn, on: id.text, by: viewer, for: view.entry.record.organisation,
                    [
                        "adjustments": .integer(Int64(adjustments.count)),
                        // The trail cannot forget, so it holds no words of people: the return does.
                        "digest": .string(
                            try JSONValue.array(adjustments.map { $0.json(in: tables.unit(of: $0)) })
                                .canonicalDigest()),
                        "explanations": .array(explanations.map { .string("\($0.standard) \($0.check)") }),
                    ]), at: moment)
            return try transaction.view(id, forms, memory, for: .adjustReturn, by: viewer)
        }
    }

    /// Adjustments that mean cells which are counted, one for each; what adds nothing is left out.
    private static func checked(
        _ adjustments: [StatedAdjustment], _ tables: ReturnTables
    ) throws(PlatformFault) -> [ReturnAdjustment] {
        guard adjustments.count <= mostAdjustments else {
            throw PlatformFault.invalid("/adjustments", "json.bad-value")
        }
        var cells: Set<[String]> = []
        var kept: [ReturnAdjustment] = []
        for (position, stated) in adjustments.enumerated() {
            let place = "/adjustments/\(position)"
            var adjustment = ReturnAdjustment(
                standard: stated.standard, table: stated.table, line: stated.line, column: stated.column, amount: 0,
                reason: stated.reason.trimmingSpaces())
            guard tables.canAdjust(adjustment) else { throw PlatformFault.invalid(place, "return.no-such-cell") }
            guard
                cells.insert([adjustment.standard, adjustment.table, adjustment.line, adjustment.column]).inserted
            else { throw PlatformFault.invalid(place, "return.adjusted-twice") }
            let unit = tables.unit(of: adjustment)
            guard let amount = unit.figure(stated.amount), amount.magnitude <= unit.largestAdjustment.magnitude else {
                throw PlatformFault.invalid(place + "/amount", "return.bad-amount")
            }
            guard amount != 0 else { continue }
            adjustment.amount = amount
            guard !adjustment.reason.isEmpty else {
                throw PlatformFault.invalid(place + "/reason", "return.reason-needed")
            }
            guard adjustment.reason.count <= longestReturnText else {
                throw PlatformFault.invalid(place + "/reason", "json.bad-value")
            }
            kept.append(adjustment)
        }
        return kept
    }

    /// Explanations of checks that there are, one for each; empty ones are left out.
    private static func checked(
        _ explanations: [ReturnExplanation], _ checks: [ReturnCheckResult]
    ) throws(PlatformFault) -> [ReturnExplanation] {
        let known = Set(checks.map { [$0.standard, $0.check] })
        var seen: Set<[String]> = []
        var kept: [ReturnExplanation] = []
        for (position, explanation) in explanations.enumerated() {
            let text = explanation.text.trimmingSpaces()
            let name = [explanation.standard, explanation.check]
            guard known.contains(name), text.count <= longestReturnText, seen.insert(name).inserted else {
                throw PlatformFault.invalid("/explanations/\(position)", "json.bad-value")
            }
            guard !text.isEmpty else { continue }
            kept.append(ReturnExplanation(standard: explanation.standard, check: explanation.check, text: text))
        }
        return kept
    }

    /// Throws a draft away, and the counting of it.
    public func discardReturn(_ id: ID<ReturnRecord>, by viewer: Viewer) async throws {
        let moment = now
        try await database.write { transaction in
            let record = try transaction.statutoryReturn(id, for: .discardReturn, by: viewer).record
            guard try transaction.statutoryReturns.discard(id) else {
                throw PlatformFault.conflict("return.not-a-draft")
            }
            try transaction.record(
                Deed(
                    .discardReturn, on: id.text, by: viewer, for: record.organisation,
                    ["form": .string(record.form), "period": .string(record.period.description)]), at: moment)
        }
    }

    /// Hands a draft in: it is locked, and in force in place of the version before.
    ///
    /// Who had it counted or changed it last cannot hand it in: two people answer for what a regulator is told.
    /// - Parameters:
    ///   - reason: Why there is a later version; needed for each but the first.
    ///   - seen: The draft's `changes` that the viewer knew; nil for whichever they are.
    /// - Throws: `PlatformFault.conflict` where it is not counted, books were replaced since, checks fail that must not or are not
    ///   explained, or nothing is new; `invalid` without a reason; `changedMeanwhile`.
    public func submitReturn(
        _ id: ID<ReturnRecord>, reason: String, seen: Int?, by viewer: Viewer
    ) async throws -> ReturnView {
        let (moment, reason) = (now, reason.trimmingSpaces())
        // A memory of its own: what this transaction sees might come to nothing.
        let (forms, memory) = (library.returnForms, ReturnMemory())
        return try await database.write { transaction in
            let view = try transaction.view(id, forms, memory, for: .submitReturn, by: viewer)
            let record = view.entry.record
            guard record.state == .draft else { throw PlatformFault.conflict("return.not-a-draft") }
            guard !view.entry.job.state.isOpen else { throw PlatformFault.conflict("return.being-counted") }
            guard record.changes == seen ?? record.changes else { throw PlatformFault.changedMeanwhile }
            guard let tables = view.tables else { throw PlatformFault.conflict("return.not-counted") }
            guard !view.isOutdated else { throw PlatformFault.conflict("return.outdated") }
            // Counted again, a table may lack a line that somebody changed: what was said must not be lost in silence.
            guard view.adjustments.allSatisfy(view.counted?.canAdjust ?? { _ in false }) else {
                throw PlatformFault.conflict("return.lost-adjustment")
            }
            guard record.preparedBy != viewer.person else { throw PlatformFault.conflict("return.same-person") }
            let failing = view.obstacles
            guard failing.isEmpty else {
                throw PlatformFault.conflict("return.checks-fail", ["count": String(failing.count)])
            }
            guard reason.count <= Self.longestReturnText else {
                throw PlatformFault.invalid("/reason", "json.bad-value")
            }
            let latest = view.versions.first
            if let latest {
                guard !reason.isEmpty else { throw PlatformFault.invalid("/reason", "return.version-reason-needed") }
                guard try transaction.frozenReturn(latest.record.id, memory)?.tables != tables else {
                    throw PlatformFault.conflict("return.nothing-new")
                }
            }
            let version = (latest?.record.version ?? 0) + 1
            guard
                try transaction.statutoryReturns.submit(
                    id, version: version, reason: reason, view.checks, seen: record.changes, by: viewer.person,
                    at: moment)
            else { throw PlatformFault.changedMeanwhile }
            try transaction.record(
                Deed(
                    .submitReturn, on: id.text, by: viewer, for: record.organisation,
                    [
                        "form": .string(record.form), "period": .string(record.period.description),
                        "version": .integer(Int64(version)),
                        "reason": .string(try JSONValue.string(reason).canonicalDigest()),
                        "digest": .string(try tables.json.canonicalDigest()),
                    ]), at: moment)
            return try transaction.view(id, forms, memory, for: .submitReturn, by: viewer)
        }
    }
}
