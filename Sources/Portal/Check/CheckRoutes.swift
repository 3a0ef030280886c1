import HTTPTypes
import Hummingbird
import Platform
import Reporting
import Standards
import Vocabulary
import Web

extension PortalSite {
    /// "Is my project green?", for anybody: no account, and nothing is kept.
    func addCheck(to router: WebRouter) {
        router.get("/check") { request, context in
            let visit = Visit(self, request, context)
            let question = try Self.question(request)
            let pages = CheckPages(frame: visit.frame, dictionary: platform.library.facts)
            guard !question.about.isEmpty else { return visit.page(pages.start(question)) }
            guard question.item != nil else {
                guard let reading = platform.read(about: question.about, name: question.name) else {
                    throw Problem.notFound
                }
                return visit.page(pages.candidates(question, reading))
            }
            let (account, faults) = try judged(question)
            let conditions = ConditionWords(
                dictionary: account.dictionary, phrasebook: platform.library.phrasebook, language: context.language)
            var questions: [FactID] = []
            for judgement in account.result.judgements {
                for fact in judgement.easiest where !questions.contains(fact) { questions.append(fact) }
            }
            return visit.page(
                pages.verdicts(
                    question, VerdictLine.lines(account, visit.words), questions: questions,
                    changes: account.changes.prefix(5).map { account.sentence($0, conditions) }, faults),
                status: faults.isEmpty ? .ok : .unprocessableContent)
        }
        router.get("/check/passport") { request, _ in
            let passport = try self.passport(request)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: Self.documentPolicy,
                ],
                body: .init(byteBuffer: ByteBuffer(string: passport.html(platform.library.phrasebook))))
        }
        router.get("/check/passport.json") { request, _ in
            let passport = try self.passport(request)
            return Response(
                status: .ok, headers: Download.headers(fileName: "passport.json", mediaType: "application/json"),
                body: .init(byteBuffer: ByteBuffer(string: passport.json())))
        }
    }

    private static func question(_ request: Request) throws -> CheckQuestion {
        CheckQuestion(
            try FormFields.parse((request.uri.query ?? "").utf8, mostFields: 200, mostBytes: 4000))
    }

    private func judged(_ question: CheckQuestion) throws -> (account: ProjectAccount, faults: [FieldFault]) {
        let standard = platform.library.packs.first(where: platform.library.isRead)?.id ?? ""
        let day = platform.surroundings.now().day()
        let (dossier, faults) = question.dossier(under: standard, platform.library.facts, on: day)
        return (try platform.judgement(of: dossier), faults)
    }

    private func passport(_ request: Request) throws -> Passport {
        let question = try Self.question(request)
        guard !question.about.isEmpty, question.item != nil else { throw Problem.notFound }
        let (account, faults) = try judged(question)
        guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
        return Passport(account, parts: platform.library.parts)
    }
}
