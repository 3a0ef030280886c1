import Hummingbird
import Platform
import Statistics
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
            return Response(
                status: .ok, headers: Download.headers(fileName: name, mediaType: DocumentKind.xlsx.mediaType),
                body: ResponseBody(
                    byteBuffer: ByteBuffer(bytes: try platform.workbook(of: answer, in: visit.context.language))))
        }
    }

    /// What was asked for, to be carried on.
    private static func asked(_ visit: Visit) -> [String: String] {
        let names = ["by", "period", "lender", "standard"] + CubeDimension.allCases.map(\.rawValue)
        return Dictionary(uniqueKeysWithValues: names.compactMap { name in visit.asked(name).map { (name, $0) } })
    }
}
