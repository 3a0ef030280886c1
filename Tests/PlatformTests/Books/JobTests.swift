import Access
import LedgerFixtures
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Work behind requests")
struct JobTests {
    private static let bytes = Ledger([Ledger.loan("L1", "50MW风力发电场建设")]).csv()

    private func claim(
        _ house: TestPlatform, _ entry: BookEntry, by worker: String
    ) async throws -> JobClaim? {
        let moment = house.now
        return try await house.platform.database.write {
            try $0.jobs.claim(
                entry.book.job, by: worker, deadSince: moment.advanced(bySeconds: -JobRunner.longestSilence),
                at: moment)
        }
    }

    @Test(
        "The job of a process that is not heard of any more is taken over, and what it still writes is nothing",
        arguments: Engine.allCases)
    func takenOver(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let sent = try await house.send(Self.bytes, by: officer)
            let dead = try #require(try await claim(house, sent, by: "dead"))
            let number = try await house.platform.database.write {
                try $0.assessments.begin(sent.book.id, standard: "s", library: "l", at: house.now)
            }
            let intake = BookIntake(house.platform.database, dead, assessment: number)
            // As long as it is heard of, nobody takes its job.
            house.pass(seconds: 15)
            #expect(
                try await house.platform.database.write {
                    try $0.jobs.beat(dead, JobProgress(bytesTotal: 9), at: house.now)
                } == false)
            house.pass(seconds: JobRunner.longestSilence - 1)
            #expect(try await house.runner("other").workOnce() == false)
            #expect(try await claim(house, sent, by: "other") == nil)
            house.pass(seconds: 1)
            #expect(try await house.runner("other").workOnce())
            let entry = try await house.platform.book(sent.book.id, by: officer)
            #expect(entry.book.state == .accepted && entry.job.attempts == 2 && entry.book.assessment != number)
            // It was only asleep.
            #expect(
                try await house.platform.database.write {
                    try $0.jobs.beat(dead, JobProgress(bytesTotal: 9), at: house.now)
                } == nil)
            let (maker, rows) = try await Samples.rows(house)
            try await intake.take(rows, maker)
            await #expect(throws: JobLost.self) { try await intake.flush() }
            let decision = BookDecision(
                house.platform, JobHeart(house.platform, dead, bytes: 9, beat: .seconds(2)), sent.job, sent.book)
            await #expect(throws: JobLost.self) { try await decision.giveBack(Message(key: "book.damaged")) }
            await #expect(throws: JobLost.self) { try await decision.cancel() }
            #expect(try await house.platform.book(sent.book.id, by: officer).book == entry.book)
            while try await house.runner().tidyOnce() {}
            #expect(try await house.platform.facilities(of: sent.book.id, limit: 9, by: officer).count == 1)
        }
    }

    @Test("A job that ends every process that takes it up is given up at last", arguments: Engine.allCases)
    func poison(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let sent = try await house.send(Self.bytes, by: officer)
            for _ in 0..<JobRunner.mostAttempts {
                #expect(try await claim(house, sent, by: "dying") != nil)
                house.pass(seconds: JobRunner.longestSilence)
            }
            try await house.work()
            let entry = try await house.platform.book(sent.book.id, by: officer)
            #expect(entry.book.state == .returned && entry.book.fault?.key == "book.gave-up")
        }
    }

    @Test(
        "What waits is called off at once; what runs, by its process; what is decided, not at all",
        arguments: Engine.allCases)
    func cancelled(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let waiting = try await house.send(Self.bytes, by: officer)
            #expect(try await house.platform.cancelBook(waiting.book.id, by: officer).book.state == .cancelled)
            await #expect(throws: PlatformFault.conflict("book.decided")) {
                try await house.platform.cancelBook(waiting.book.id, by: officer)
            }
            #expect(try await house.runner().workOnce() == false)
            // One that a process holds.
            let running = try await house.send(Self.bytes, by: officer)
            let held = try #require(try await claim(house, running, by: "a"))
            let asked = try await house.platform.cancelBook(running.book.id, by: officer)
            #expect(asked.book.state == .underWay && asked.job.isCancelAsked)
            #expect(
                try await house.platform.database.write {
                    try $0.jobs.beat(held, JobProgress(bytesTotal: 9), at: house.now)
                } == true)
            // Even where the process had just come to its end: who asked was told that it would be called off.
            let decision = BookDecision(
                house.platform, JobHeart(house.platform, held, bytes: 9, beat: .seconds(2)), running.job, running.book)
            try await decision.giveBack(Message(key: "book.damaged"))
            let entry = try await house.platform.book(running.book.id, by: officer)
            #expect(entry.book.state == .cancelled && entry.job.state == .cancelled && entry.book.fault == nil)
            let trail = try await house.platform.database.read { try $0.audit.list(of: officer.home, limit: 9) }
            #expect(trail.map(\.act) == ["book.cancel", "book.send", "book.cancel", "book.send"])
            // A dead process's job that was called off is called off by whoever takes it over.
            let third = try await house.send(Self.bytes, by: officer)
            _ = try await claim(house, third, by: "dead")
            _ = try await house.platform.cancelBook(third.book.id, by: officer)
            house.pass(seconds: JobRunner.longestSilence)
            try await house.work()
            #expect(try await house.platform.book(third.book.id, by: officer).book.state == .cancelled)
        }
    }

    @Test("Two processes claim a job once", arguments: Engine.allCases)
    func claimedOnce(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            for number in 1...8 {
                let period = try #require(ReportingPeriod(.month, year: 2026, number: number))
                try await house.send(Self.bytes, period: period, by: officer)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in ["a", "b", "c"] {
                    group.addTask { while try await house.runner(worker).workOnce() {} }
                }
                try await group.waitForAll()
            }
            let books = try await house.platform.books(limit: 99, by: officer)
            #expect(books.count == 8)
            #expect(books.allSatisfy { $0.book.state == .accepted && $0.job.attempts == 1 })
        }
    }

    @Test("The pieces of a book that never came are cleared away a day later", arguments: Engine.allCases)
    func abandoned(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let id: ID<BookRecord> = house.id()
            let moment = house.now
            try await house.platform.database.write { transaction in
                try transaction.bookFiles.begin(id, at: moment)
                try transaction.bookFiles.insert(id, from: 0, (0..<40).map { [UInt8($0)] })
            }
            let officer = try await house.member(.lender, [.officer])
            let kept = try await house.send(Self.bytes, by: officer)
            house.pass(seconds: 86_400)
            #expect(try await house.runner().tidyOnce() == false)
            house.pass(seconds: 1)
            while try await house.runner().tidyOnce() {}
            let (gone, there) = try await house.platform.database.read { transaction in
                (try transaction.bookFiles.piece(id, 0), try transaction.bookFiles.piece(kept.book.id, 0))
            }
            #expect(gone == nil && there == Self.bytes)
        }
    }
}
