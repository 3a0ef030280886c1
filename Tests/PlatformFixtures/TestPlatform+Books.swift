import Access
import LedgerFixtures
import Logging
import Platform
import Store
import Vocabulary

extension TestPlatform {
    /// The month that is just over.
    public static let october = ReportingPeriod(.month, year: 2026, number: 10)!

    /// Sends a book without working at it.
    @discardableResult public func send(
        _ bytes: [UInt8], named name: String = "台账.csv", period: ReportingPeriod = TestPlatform.october,
        key: String? = nil, by officer: Viewer
    ) async throws -> BookEntry {
        try await platform.sendBook(
            SampleFiles.received(bytes), name: name, period: period, for: officer.home, requestKey: key, by: officer
        ).entry
    }

    /// Sends a book and works it off, a second later than whatever was before.
    public func take(
        _ bytes: [UInt8], named name: String = "台账.csv", period: ReportingPeriod = TestPlatform.october,
        by officer: Viewer
    ) async throws -> BookEntry {
        pass(seconds: 1)
        let sent = try await send(bytes, named: name, period: period, by: officer)
        try await work()
        return try await platform.book(sent.book.id, by: officer)
    }

    public func take(
        _ ledger: Ledger, period: ReportingPeriod = TestPlatform.october, by officer: Viewer
    ) async throws -> BookEntry {
        try await take(ledger.csv(), period: period, by: officer)
    }

    /// What works jobs off, as a process of a name.
    public func runner(_ worker: String = "test") -> JobRunner {
        JobRunner(platform, worker: worker, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Works off all jobs that there are.
    public func work() async throws {
        while try await runner().workOnce() {}
    }
}
