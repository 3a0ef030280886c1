import Hummingbird
import Platform
import Statistics
import Store
import Vocabulary
import Web

extension PortalSite {
    /// The sums of all books.
    func addStatistics(to router: WebRouter) {
        router.get("/statistics") { request, context in
            let visit = Visit(self, request, context)
            let answer = try await platform.statistics(
                try StatisticsQuestion(asked: visit.asked), by: try visit.viewer())
            return visit.page(
                StatisticsPages(frame: visit.frame, platform: platform).answer(answer, asked: Self.asked(visit)))
        }
        router.get("/statistics/sheet") { request, context in
            let visit = Visit(self, request, context)
            let answer = try await platform.statistics(
                try StatisticsQuestion(asked: visit.asked), by: try visit.viewer())
            let name = "\(answer.period?.description ?? "")-\(answer.question.by.rawValue).xlsx"
            return Response.workbook(try platform.workbook(of: answer, in: visit.context.language), named: name)
        }
    }

    /// The projects for which more is out than they cost.
    func addOverfinancings(to router: WebRouter) {
        router.get("/overfinancings") { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.overfinancings(
                at: try visit.asked("period").map { try Self.month($0) },
                after: visit.asked("after").flatMap { ID<OverfinancingRecord>($0) }, limit: Self.rowsOnPage + 1,
                by: try visit.viewer())
            let (shown, next) = visit.split(found, "after") { $0.id.text }
            return visit.page(
                overfinancingPages(visit).list(shown, period: visit.asked("period") ?? "", next: next))
        }
        router.get("/overfinancings/{id}") { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.overfinancing(try visit.id("id"), by: try visit.viewer())
            return visit.page(overfinancingPages(visit).one(found.entry, found.loans))
        }
    }

    /// Loans month by month, borrowers and projects across lenders.
    func addExposures(to router: WebRouter) {
        router.get("/books/{id}/facilities/{line}/months") { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.months(
                of: try visit.id("id"), line: try Self.line(visit), by: try visit.viewer())
            return visit.page(ExposurePages(frame: visit.frame).months(found.entry, found.months))
        }
        router.get("/borrowers") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            guard let asked = visit.asked("borrower") else {
                guard !viewer.grants(for: .readFacility).isEmpty else { throw PlatformFault.forbidden(.readFacility) }
                return visit.page(ExposurePages(frame: visit.frame).borrower(nil, asked: ""))
            }
            let account = try await platform.exposures(toBorrower: asked, by: viewer)
            return visit.page(ExposurePages(frame: visit.frame).borrower(account, asked: asked))
        }
        router.get("/projects/{id}/exposures") { request, context in
            let visit = Visit(self, request, context)
            let found = try await platform.exposures(forProject: try visit.id("id"), by: try visit.viewer())
            return visit.page(ExposurePages(frame: visit.frame).project(found.record, found.exposures))
        }
    }

    private func overfinancingPages(_ visit: Visit) -> OverfinancingPages {
        OverfinancingPages(frame: visit.frame, regions: platform.library.regions)
    }

    /// What was asked for, to be carried on.
    private static func asked(_ visit: Visit) -> [String: String] {
        let names = ["by", "period", "lender", "standard"] + CubeDimension.allCases.map(\.rawValue)
        return Dictionary(uniqueKeysWithValues: names.compactMap { name in visit.asked(name).map { (name, $0) } })
    }
}
