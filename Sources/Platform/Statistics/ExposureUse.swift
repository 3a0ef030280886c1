import Access
import Credit
import Projects
import Statistics
import Store
import Vocabulary

/// What lenders have out to a borrower in loans that are green or in doubt, as far as a viewer may see.
public struct BorrowerAccount: Sendable, Equatable {
    /// By the credit codes, then by the names for loans that state none.
    public let traces: [(text: String, exposures: [ExposureLine])]

    public static func == (left: BorrowerAccount, right: BorrowerAccount) -> Bool {
        left.traces.elementsEqual(right.traces) { $0.text == $1.text && $0.exposures == $1.exposures }
    }
}

extension Platform {
    /// The most months and lenders that one answer has.
    public static let mostExposures = 2000

    /// A loan of a book in all months of which a book counts, the latest first.
    public func months(
        of id: ID<BookRecord>, line: Int, by viewer: Viewer
    ) async throws -> (entry: BookEntry, months: [FacilityMonth]) {
        let (entry, months) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            guard let assessment = entry.book.assessment,
                let facility = try transaction.facilitySnapshots.find(line: line, in: assessment)
            else { throw PlatformFault.notFound }
            return (
                entry,
                try transaction.facilitySnapshots.history(
                    facility.loanID, of: entry.book.organisation, limit: Self.mostExposures)
            )
        }
        try await noteFacilities(of: entry, count: months.count, by: viewer)
        return (entry, months)
    }

    /// What lenders have out to a borrower, month by month, whichever lender it is that the viewer may see.
    /// - Parameter borrower: Its credit code, or a name in any spelling.
    public func exposures(toBorrower borrower: String, by viewer: Viewer) async throws -> BorrowerAccount {
        let grants = try viewer.requireGrants(for: .readFacility)
        let text = borrower.trimmingSpaces()
        guard !text.isEmpty, text.utf8.count <= 600 else {
            throw PlatformFault.invalid("/borrower", "json.bad-value")
        }
        let trace: BorrowerTrace =
            if let code = try? UnifiedSocialCreditCode.parse(text) {
                .code(code)
            } else {
                .name(try await nameTrace(text))
            }
        let account = try await database.read { transaction in
            // What books state together with it is the same borrower; no further, or a name that many share would draw all of them in.
            let all = try transaction.borrowerExposures.also(trace.text, grants).union([trace.text])
            let codes = all.filter { (try? UnifiedSocialCreditCode.parse($0)) != nil }
            return BorrowerAccount(
                traces: try (codes.sorted() + all.subtracting(codes).sorted()).map { trace in
                    (trace, try transaction.borrowerExposures.list(trace, grants, limit: Self.mostExposures))
                })
        }
        if let place = account.traces.lazy.flatMap(\.exposures).first?.placement {
            try await noteReading(
                of: "borrowers", count: account.traces.reduce(0) { $0 + $1.exposures.count }, what: .readFacility,
                as: "borrower.read", grant: place, by: viewer)
        }
        return account
    }

    private func nameTrace(_ name: String) async throws -> String {
        BorrowerTrace(name: name, try await projectIndex.comparison().words).text
    }

    /// What lenders have out for a project of the library, month by month, whichever lender it is that the viewer may see.
    public func exposures(
        forProject id: ID<Project>, by viewer: Viewer
    ) async throws -> (record: ProjectRecord, exposures: [ExposureLine]) {
        let grants = try viewer.requireGrants(for: .readFacility)
        let words = try await projectIndex.comparison().words
        let (record, exposures) = try await database.read { transaction in
            let record = try transaction.project(id, for: .readProject, by: viewer)
            let project = record.project
            let traces = ProjectTraces(
                code: project.nationalCode, project: project.name, owner: project.owner.name,
                ownerCode: project.owner.creditCode, investment: project.totalInvestment, words)
            return (
                record, try transaction.projectExposures.list(traces, grants, limit: Self.mostExposures)
            )
        }
        try await noteReading(
            of: id.text, count: exposures.count, what: .readProject, as: "project.read-exposures",
            grant: record.placement, by: viewer)
        return (record, exposures)
    }
}
