import Access
import Credit
import HTTPTypes
import HummingbirdTesting
import Platform
import PlatformFixtures
import Projects
import Statistics
import Store
import Synchronization
import Testing
import Vocabulary

private typealias Place = PermissionTable.Place

/// Every cell of the table of permissions, asked over HTTP.
@Suite("Who may do what over HTTP")
struct PermissionTests {
    @Test("The table has every act but merging, which has no operation yet")
    func complete() throws {
        #expect(try Set(PermissionTable().cells.keys) == Set(Act.allCases).subtracting([.mergeProjects]))
    }

    @Test(
        "Who may is let through, who may not is told no more than is good",
        arguments: Act.allCases.filter { $0 != .mergeProjects })
    func cells(act: Act) async throws {
        let table = try PermissionTable()
        try await TestService.with { site in
            let world = try await World(site)
            for kind in OrganisationKind.allCases {
                let home = try await site.house.organisation(kind)
                // Whoever takes an administrator's role away must leave another.
                _ = try await site.house.viewer([.administrator], of: home)
                for role in Role.allCases {
                    let viewer = try await site.house.viewer([role], of: home)
                    let caller = try await site.session(viewer)
                    for place in Self.places(of: act, kind) {
                        let expected = try table.answer(act, kind, role, place)
                        let response = try await world.ask(act, place, home, caller)
                        let code = response.status.code
                        let found = (200..<300).contains(code) ? "2xx" : String(code)
                        #expect(
                            found == expected.rawValue,
                            "\(act.rawValue): \(kind.rawValue) \(role.rawValue), \(place.rawValue): \(response.text.prefix(300))"
                        )
                    }
                }
            }
        }
    }

    private static func places(of act: Act, _ kind: OrganisationKind) -> [Place] {
        switch act {
        case .createOrganisation: [.own]
        // The operator's own is not closed by itself: that is no question of permission.
        case .closeOrganisation: kind == .platformOperator ? [.near, .bank, .far] : Place.organisations
        case .registerProject: Place.organisations
        case _ where act.rawValue.hasPrefix("project."): Place.allCases
        default: Place.organisations
        }
    }
}

/// Organisations around, and a fresh record for each question.
private struct World {
    let site: TestService
    let near: Organisation
    let bank: Organisation
    let far: Organisation
    let somebody: ID<Person>
    private let months = Counter()

    /// Another number each time.
    private final class Counter: Sendable {
        private let number = Mutex(0)
        func next() -> Int {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }

    init(_ site: TestService) async throws {
        self.site = site
        near = try await site.house.organisation(.district, region: TestPlatform.yunyang)
        bank = try await site.house.organisation(.lender, region: TestPlatform.yunyang)
        far = try await site.house.organisation(.enterprise, region: TestPlatform.chengdu)
        somebody = try await site.house.viewer([.administrator], of: far).person
        for other in [near, bank] { _ = try await site.house.viewer([.administrator], of: other) }
    }

    /// Asks for one act on a record at a place.
    func ask(
        _ act: Act, _ place: Place, _ home: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        switch act {
        case .createOrganisation:
            return try await site.ask(
                .post, "/organisations", as: caller, ["kind": "lender", "name": "新机构", "region": "500000"])
        case .readOrganisation:
            return try await site.ask(.get, "/organisations/\(organisation(place, home).id)", as: caller)
        case .editOrganisation:
            let other = organisation(place, home)
            return try await site.ask(
                .put, "/organisations/\(other.id)", as: caller,
                ["name": .string(other.name), "region": .string(other.region.description)], headers: ["If-Match": "*"])
        case .closeOrganisation:
            // Closed once, so each question has one of its own.
            let model = organisation(place, home)
            let fresh =
                place == .own ? home : try await site.house.organisation(model.kind, region: model.region)
            return try await site.ask(
                .post, "/organisations/\(fresh.id)/closing", as: caller, headers: ["If-Match": "*"])
        case .readPeople:
            return try await site.ask(.get, "/organisations/\(organisation(place, home).id)/members", as: caller)
        case .invitePeople:
            return try await site.ask(
                .post, "/organisations/\(organisation(place, home).id)/invitations", as: caller,
                ["email": "new@example.org", "roles": ["reader"]])
        case .editPeople:
            let other = organisation(place, home)
            let person = try await site.house.viewer([.reader], of: other).person
            return try await site.ask(
                .put, "/organisations/\(other.id)/members/\(person)/roles", as: caller, ["roles": ["officer"]])
        case .readTokens:
            return try await site.ask(.get, "/organisations/\(organisation(place, home).id)/tokens", as: caller)
        case .issueToken:
            return try await site.ask(
                .post, "/organisations/\(organisation(place, home).id)/tokens", as: caller,
                ["name": "系统", "scopes": ["projects:read"], "days": 30])
        case .revokeToken:
            return try await site.ask(.delete, "/tokens/\(try await token(organisation(place, home)))", as: caller)
        case .readAudit:
            return try await site.ask(.get, "/organisations/\(organisation(place, home).id)/audit", as: caller)
        case .registerProject:
            return try await site.ask(
                .post, "/projects", as: caller,
                TestService.draft(["organisation": .string(organisation(place, home).id.text)]))
        case .readBook, .sendBook, .cancelBook, .downloadBook, .readFacility:
            return try await askOfBook(act, organisation(place, home), caller)
        case .reassessBook, .decideFacility, .confirmDecision:
            return try await askOfReview(act, organisation(place, home), caller)
        case .readReturn, .prepareReturn, .adjustReturn, .discardReturn, .submitReturn:
            return try await askOfReturn(act, organisation(place, home), caller)
        case .publishStatistics:
            // A month of which nothing may be shown: whose work it is, is told so.
            let path = "/organisations/\(organisation(place, home).id)/releases/2020-01"
            return try await site.ask(.get, path, as: caller)
        case .setReviewLimit, .trainModel, .switchModel, .readStatistics:
            // Only lenders have loans; each place has a lender of its own here.
            let like = organisation(place, home)
            let lender =
                place == .own || like.kind == .lender
                ? like : try await site.house.organisation(.lender, region: like.region)
            return try await askOfLender(act, lender, caller)
        default: return try await askOfProject(act, place, home, caller)
        }
    }

    private func askOfProject(
        _ act: Act, _ place: Place, _ home: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        let id = try await project(place, home, act == .publishProject ? .submitted : .draft)
        func step(_ name: String) async throws -> TestResponse {
            try await site.ask(
                .post, "/projects/\(id)/steps", as: caller, ["step": .string(name), "reason": "理由"],
                headers: ["If-Match": "*"])
        }
        switch act {
        case .editProject:
            return try await site.ask(
                .put, "/projects/\(id)", as: caller, TestService.draft(["name": "改名"]), headers: ["If-Match": "*"])
        case .submitProject: return try await step("submit")
        case .publishProject: return try await step("publish")
        case .withdrawProject: return try await step("withdraw")
        default: return try await site.ask(.get, "/projects/\(id)", as: caller)
        }
    }

    private func askOfBook(
        _ act: Act, _ lender: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        if act == .sendBook {
            return try await site.send(TestService.ledger, of: lender.id, as: caller, fileName: "book.csv")
        }
        let id = try await book(of: lender)
        return switch act {
        case .cancelBook: try await site.ask(.post, "/books/\(id)/cancellation", as: caller)
        case .downloadBook: try await site.ask(.get, "/books/\(id)/file", as: caller)
        case .readFacility: try await site.ask(.get, "/books/\(id)/facilities", as: caller)
        default: try await site.ask(.get, "/books/\(id)", as: caller)
        }
    }

    private func askOfReview(
        _ act: Act, _ lender: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        let (id, facility) = try await acceptedBook(of: lender)
        switch act {
        case .reassessBook: return try await site.ask(.post, "/books/\(id)/assessments", as: caller)
        case .decideFacility:
            return try await site.ask(
                .post, "/books/\(id)/facilities/2/decisions", as: caller, ["verdict": "not_green", "reason": "理由"])
        default:
            // Proposed by somebody else.
            let decision = ReviewDecision(
                id: site.house.id(), organisation: lender.id, facility: facility, in: id, verdict: .notGreen,
                standard: "s", item: nil,
                reason: "理由", aloneUpTo: nil,
                found: .init(decision: .review, item: nil, probability: 0.5, model: ""), by: somebody,
                at: site.house.now)
            #expect(try await site.house.platform.database.write { try $0.reviewDecisions.insert(decision) })
            return try await site.ask(.post, "/decisions/\(decision.id)/confirmation", as: caller)
        }
    }

    private func askOfReturn(
        _ act: Act, _ lender: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        if act == .prepareReturn {
            var period: ReportingPeriod?
            while period.map({ $0.number % 3 != 0 }) ?? true {
                let (id, _) = try await acceptedBook(of: lender)
                period = try await site.house.platform.database.read { try $0.books.find(id)?.book.period }
            }
            let quarter = try #require(
                period.flatMap { ReportingPeriod(.quarter, year: $0.year, number: $0.number / 3) })
            return try await site.ask(
                .post, "/returns", as: caller,
                [
                    "organisation": .string(lender.id.text), "form": "green-loans",
                    "period": .string(quarter.description),
                ])
        }
        let path = "/returns/\(try await countedReturn(of: lender, isSubmitted: act == .readReturn))"
        return switch act {
        case .adjustReturn:
            try await site.ask(
                .put, "\(path)/adjustments", as: caller, ["adjustments": []], headers: ["If-Match": "*"])
        case .discardReturn: try await site.ask(.delete, path, as: caller)
        case .submitReturn: try await site.ask(.post, "\(path)/submission", as: caller, [:], headers: ["If-Match": "*"])
        default: try await site.ask(.get, path, as: caller)
        }
    }

    /// A return of an organisation, put straight into the store: of each a quarter of its own, without a book.
    private func countedReturn(of lender: Organisation, isSubmitted: Bool) async throws -> ID<ReturnRecord> {
        let number = months.next()
        let period = try #require(ReportingPeriod(.quarter, year: 1001 + number / 4, number: 1 + number % 4))
        let (id, job, moment, somebody): (ID<ReturnRecord>, ID<JobRecord>, Timestamp, ID<Person>) = (
            site.house.id(), site.house.id(), site.house.now, somebody
        )
        let tables = ReturnTables(form: "green-loans", formVersion: "1", editions: [])
        try await site.house.platform.database.write { transaction in
            try transaction.jobs.insert(job, .statutoryReturn, subject: id.text, bytes: 1, at: moment)
            let returns = transaction.statutoryReturns
            #expect(
                try returns.insert(
                    id, form: "green-loans", period, of: lender.id, job: job, by: somebody, at: moment))
            try returns.keep(tables, id, from: [], job: job)
            let claim = try #require(try transaction.jobs.claim(job, by: "test", deadSince: moment, at: moment))
            #expect(try transaction.jobs.finish(claim, .done, JobProgress(bytesTotal: 1), at: moment))
            guard isSubmitted else { return }
            #expect(try returns.submit(id, version: 1, reason: "", [], seen: 1, by: somebody, at: moment))
        }
        return id
    }

    private func askOfLender(
        _ act: Act, _ lender: Organisation, _ caller: TestService.Caller
    ) async throws -> TestResponse {
        let path = "/organisations/\(lender.id)"
        switch act {
        case .readStatistics: return try await site.ask(.get, "/statistics?lender=\(lender.id)", as: caller)
        case .trainModel:
            try await labels(of: lender)
            return try await site.ask(.post, "\(path)/models", as: caller)
        case .switchModel:
            let model = try await readyModel(of: lender)
            return try await site.ask(
                .put, "\(path)/model-in-use", as: caller, ["model": .string(model.text)])
        default: return try await site.ask(.put, "\(path)/review", as: caller, ["second_above": "100"])
        }
    }

    /// As many decisions in force as a model is trained from; models that were asked for before are over.
    private func labels(of lender: Organisation) async throws {
        let (id, _) = try await acceptedBook(of: lender)
        let (moment, somebody) = (site.house.now, somebody)
        let decisions = (0..<Platform.fewestExamples).map { number in
            var decision = ReviewDecision(
                id: site.house.id(), organisation: lender.id,
                facility: FacilitySnapshot(
                    line: 2, loanID: "\(id.text) \(number)", borrower: "虚构有限公司", purpose: "采购", balance: .zero,
                    finding: FacilityFinding(decision: .review, standard: "s", probability: 0.5)),
                in: id, verdict: .notGreen, standard: "cn.green-finance.2025", item: nil, reason: "理由", aloneUpTo: nil,
                found: .init(decision: .review, item: nil, probability: 0.5, model: ""), by: somebody, at: moment)
            decision.state = .inForce
            return decision
        }
        try await site.house.platform.database.write { transaction in
            for var decision in decisions {
                decision.change = try transaction.reviewDecisions.nextChange(of: lender.id)
                #expect(try transaction.reviewDecisions.insert(decision))
            }
            for entry in try transaction.models.list(of: lender.id, limit: 9) where entry.model.state == .underWay {
                var model = entry.model
                model.state = .failed
                #expect(try transaction.models.decide(model))
            }
        }
    }

    /// A model that can be used, which somebody else had trained.
    private func readyModel(of lender: Organisation) async throws -> ID<ModelRecord> {
        var model = ModelRecord(
            id: site.house.id(), organisation: lender.id, job: site.house.id(), askedBy: somebody,
            askedAt: site.house.now)
        let begun = model
        model.state = .ready
        let ready = model
        try await site.house.platform.database.write { transaction in
            try transaction.jobs.insert(
                begun.job, .training, subject: begun.id.text, bytes: 1, at: begun.askedAt)
            #expect(try transaction.models.insert(begun))
            #expect(try transaction.models.decide(ready))
        }
        return begun.id
    }

    /// A book of an organisation that counts, with one loan, put straight into the store.
    private func acceptedBook(of lender: Organisation) async throws -> (ID<BookRecord>, FacilitySnapshot) {
        let id = try await book(of: lender)
        // No two loans of a lender are one.
        let facility = FacilitySnapshot(
            line: 2, loanID: id.text, borrower: "虚构有限公司", purpose: "采购", balance: Money(fen: 100),
            finding: FacilityFinding(decision: .review, standard: "s", probability: 0.5))
        let moment = site.house.now
        try await site.house.platform.database.write { transaction in
            let entry = try #require(try transaction.books.find(id))
            let number = try transaction.assessments.begin(id, standard: "s", library: "", at: moment)
            try transaction.facilitySnapshots.insert(SnapshotRows([facility], assessment: number))
            let claim = try #require(
                try transaction.jobs.claim(entry.book.job, by: "test", deadSince: moment, at: moment))
            #expect(try transaction.jobs.finish(claim, .done, JobProgress(bytesTotal: 1), at: moment))
            var book = entry.book
            book.state = .accepted
            book.version = 1
            book.assessment = number
            #expect(try transaction.books.decide(book))
        }
        return (id, facility)
    }

    /// A book of an organisation that is under way, put straight into the store: of each a month of its own.
    private func book(of lender: Organisation) async throws -> ID<BookRecord> {
        let number = months.next()
        let period = try #require(ReportingPeriod(.month, year: 1 + number / 12, number: 1 + number % 12))
        let book = BookRecord(
            id: site.house.id(), organisation: lender.id, period: period, person: somebody, fileName: "book.csv",
            mediaType: "text/csv", digest: String(repeating: "0", count: 64), byteCount: 1, job: site.house.id(),
            receivedAt: site.house.now)
        try await site.house.platform.database.write { transaction in
            try transaction.jobs.insert(book.job, .book, subject: book.id.text, bytes: 1, at: book.receivedAt)
            #expect(try transaction.books.insert(book))
            try transaction.bookFiles.insert(book.id, from: 0, [[65]])
        }
        return book.id
    }

    private func organisation(_ place: Place, _ home: Organisation) -> Organisation {
        switch place {
        case .own: home
        case .near: near
        case .bank: bank
        case .far, .published, .shared: far
        }
    }

    private func token(_ organisation: Organisation) async throws -> ID<Token> {
        let (id, moment): (ID<Token>, Timestamp) = (site.house.id(), site.house.now)
        let record = TokenRecord(
            id: id, organisation: organisation.id, person: somebody, name: "令牌", scopes: [.projectsRead],
            createdAt: moment, expiresAt: moment.advanced(bySeconds: 86_400))
        let digest = Secret(.token, .system).digest.bytes
        try await site.house.platform.database.write { try $0.tokens.insert(record, digest: digest) }
        return id
    }

    /// A project at a place, put straight into the store.
    private func project(_ place: Place, _ home: Organisation, _ status: ProjectStatus) async throws -> ID<Project> {
        let owner = organisation(place, home)
        var project = Project(id: site.house.id(), name: "", owner: ProjectOwner(name: ""))
        #expect(project.fill(from: TestService.draft).isEmpty)
        project.region = place == .own ? TestPlatform.yuzhong : owner.region
        project.status = place == .published ? .published : status
        let record = ProjectRecord(
            project: project, organisation: owner.id, kind: owner.kind, createdAt: site.house.now,
            changedAt: site.house.now)
        let (person, moment) = (somebody, site.house.now)
        try await site.house.platform.database.write { transaction in
            try transaction.projects.insert(record, person: person, act: Act.registerProject.rawValue)
            if place == .shared {
                _ = try transaction.projects.share(record.project.id, with: home.id, by: person, at: moment)
            }
        }
        return project.id
    }
}
