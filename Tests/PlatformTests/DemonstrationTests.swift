import Access
import LedgerFixtures
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("The demonstration region")
struct DemonstrationTests {
    @Test(
        "What it invents is what the use cases would have let in, and is marked as invented", arguments: Engine.allCases
    )
    func whole(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            #expect(try await platform.fillDemonstration(projects: 150))
            #expect(try await platform.isDemonstration())
            #expect(try await !platform.fillDemonstration(projects: 150))
            let everywhere = Grant(reach: .all, organisation: house.id(), region: TestPlatform.chongqing)
            let records = try await platform.database.read { try $0.projects.list([everywhere], limit: 1000) }
            #expect(records.count == 150)
            #expect(Set(records.map(\.project.id)).count == 150)
            for record in records {
                #expect(record.project.faults(against: platform.register) == [], "\(record.project.name)")
                #expect(record.changedAt <= house.now)
                let (history, trail) = try await platform.database.read { transaction in
                    (
                        try transaction.projects.history(of: record.project.id),
                        try transaction.audit.list(subject: record.project.id.text, limit: 20)
                    )
                }
                #expect(history.map(\.version) == Array((1...record.version).reversed()))
                #expect(history.first?.project == record.project)
                #expect(trail.map(\.act) == history.map(\.act))
            }
            let statuses = Set(records.map(\.project.status))
            #expect(statuses.isSuperset(of: [.draft, .submitted, .published, .financed]))
        }
    }

    @Test(
        "Its districts are those of the region, and each kind of account sees what is its own",
        arguments: Engine.allCases)
    func accounts(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            _ = try await platform.fillDemonstration(projects: 200)
            for account in DemonstrationRegion.accounts {
                let signedIn = try await platform.signIn(
                    email: account.email, password: DemonstrationRegion.password,
                    from: Origin(address: "203.0.113.7", agent: "test"))
                #expect(signedIn.viewer.memberships.map(\.kind) == [account.kind])
                #expect(signedIn.viewer.memberships.map(\.roles) == [[account.role]])
            }
            let all = Grant(reach: .all, organisation: house.id(), region: TestPlatform.chongqing)
            let districts = try await platform.database.read {
                try $0.organisations.list([all], kind: .district, limit: 500)
            }
            let chongqing = districts.filter { $0.region.province == TestPlatform.chongqing }
            let sichuan = districts.filter { $0.region.province == TestPlatform.sichuan }
            #expect(sichuan.count == 21)
            #expect(chongqing.allSatisfy { $0.region.level == .county } && chongqing.count >= 36)
            let lenders = try await platform.database.read {
                try $0.organisations.list([all], kind: .lender, limit: 500)
            }
            #expect(lenders.count == 60)
            #expect(Set(lenders.map(\.name)).count == 60)
        }
    }
}
