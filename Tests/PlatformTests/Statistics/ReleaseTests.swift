import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Statistics
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Totals for everybody")
struct ReleaseTests {
    private static let wind = "50MW风力发电场建设"

    /// Five green loans and one that is not.
    private static func ledger(_ balance: Int, region: String = "500235", purpose: String = wind) -> Ledger {
        Ledger(
            (1...5).map {
                Ledger.loan("G\($0)", purpose, balance: "\(balance + $0)", ["行政区划": region])
            } + [Ledger.loan("O", "采购钢材", balance: "100")])
    }

    private func publish(
        _ house: TestPlatform, _ regulator: Viewer, reason: String = "", after seen: Int? = nil
    ) async throws -> ReleaseRecord {
        try await house.platform.publishRelease(
            of: regulator.home, TestPlatform.october, reason: reason, after: seen, by: regulator)
    }

    @Test(
        "A month is published as it stands, withholding what tells of few, and stays as it was published",
        arguments: Engine.allCases)
    func published(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let regulator = try await house.member(.regulator, [.reviewer])
            var lenders: [Viewer] = []
            for number in 0..<4 {
                let lender = try await house.member(.lender, [.officer])
                lenders.append(lender)
                // The last one's loans are in a place of their own.
                _ = try await house.take(
                    Self.ledger(1000 + number, region: number == 3 ? "500103" : "500235"), by: lender)
            }
            let platform = house.platform
            #expect(try await platform.releases(limit: 9).isEmpty)
            let release = try await publish(house, regulator)
            #expect(release.version == 1 && release.totals.lenders == 4 && release.totals.assessments.count == 4)
            let edition = try #require(release.totals.editions.first)
            #expect(edition.standard == BookWork.standard && edition.green.rows == 20)
            #expect(release.totals.loans?.rows == 24)
            let places = try #require(edition.tables.first { $0.by == .region })
            // One place is of one lender; with the other shown it could be reckoned.
            #expect(places.lines.map(\.green) == [nil, nil])
            let chapters = try #require(edition.tables.first { $0.by == .chapter })
            #expect(chapters.lines.map(\.green?.rows) == [20])
            // Anybody sees it; what happens later does not change it.
            let seen = try await platform.releases(limit: 9)
            #expect(seen == [release])
            _ = try await house.take(Self.ledger(2000), by: lenders[0])
            #expect(try await platform.release(release.id).release == release)
            // A later version needs to know the last one, and a reason.
            await #expect(throws: PlatformFault.changedMeanwhile) { try await publish(house, regulator, reason: "更正") }
            await #expect(throws: PlatformFault.invalid("/reason", "release.reason-needed")) {
                try await publish(house, regulator, reason: " ", after: 1)
            }
            let draft = try await platform.releaseDraft(of: regulator.home, TestPlatform.october, by: regulator)
            #expect(draft.changedLenders == 1 && !draft.tellsApart && draft.versions == [release])
            let second = try await publish(house, regulator, reason: "一家机构更正台账", after: 1)
            #expect(second.version == 2 && second.reason == "一家机构更正台账")
            #expect(try await platform.releases(limit: 9).map(\.id) == [second.id])
            #expect(try await platform.release(release.id).versions.map(\.version) == [2, 1])
            await #expect(throws: PlatformFault.conflict("release.nothing-new")) {
                try await publish(house, regulator, reason: "再来", after: 2)
            }
            let trail = try await platform.database.read { try $0.audit.list(of: regulator.home, limit: 9) }
            #expect(trail.map(\.act) == ["statistics.publish", "statistics.publish"])
        }
    }

    @Test(
        "Nothing is published of few lenders, nor what would tell of few beside what is out", arguments: Engine.allCases
    )
    func refused(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let regulator = try await house.member(.regulator, [.reviewer])
            let sichuan = try await house.member(.regulator, [.reviewer], region: TestPlatform.sichuan)
            let officer = try await house.member(.regulator, [.officer])
            func lender() async throws {
                _ = try await house.take(Self.ledger(1000), by: house.member(.lender, [.officer]))
            }
            try await lender()
            try await lender()
            await #expect(throws: PlatformFault.conflict("release.nothing-to-show")) {
                try await publish(house, regulator)
            }
            try await lender()
            // Whose work it is not.
            await #expect(throws: PlatformFault.forbidden(.publishStatistics)) { try await publish(house, officer) }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.publishRelease(
                    of: regulator.home, TestPlatform.october, reason: "", after: nil, by: sichuan)
            }
            _ = try await publish(house, regulator)
            // One more lender: the difference would be its book.
            try await lender()
            await #expect(throws: PlatformFault.conflict("release.tells-apart", ["lenders": "3"])) {
                try await publish(house, regulator, reason: "补报", after: 1)
            }
            // Nor may another supervisor of the same lenders publish them.
            let other = try await house.member(.regulator, [.reviewer])
            await #expect(throws: PlatformFault.conflict("release.tells-apart", ["lenders": "3"])) {
                try await publish(house, other)
            }
            try await lender()
            try await lender()
            #expect(try await publish(house, regulator, reason: "补报", after: 1).totals.lenders == 6)
            await #expect(throws: PlatformFault.conflict("release.nothing-to-show")) {
                try await publish(house, sichuan)
            }
        }
    }
}
