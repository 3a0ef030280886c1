import Access
import DatabaseFixtures
import Vocabulary

@testable import Store

/// A book that is under way, put straight into the store with what it refers to.
enum BookFixture {
    static func insert(into database: any Database) async throws -> ID<BookRecord> {
        let moment = TestDatabase.moment
        func id<Subject: Identified>(_ type: Subject.Type = Subject.self) -> ID<Subject> { ID(at: moment, .system) }
        let bank = Organisation(id: id(), kind: .lender, name: "虚构银行", region: RegionCode(500_000)!)
        let person = Person(
            id: id(), email: EmailAddress("a@example.org")!, name: "虚构人员", language: .zh, createdAt: moment)
        let book = BookRecord(
            id: id(), organisation: bank.id, period: ReportingPeriod(.month, year: 2026, number: 1)!, person: person.id,
            fileName: "a.csv", mediaType: "text/csv", digest: String(repeating: "0", count: 64), byteCount: 1,
            job: id(),
            receivedAt: moment)
        return try await database.write { transaction in
            try transaction.organisations.insert(bank, at: moment)
            try transaction.people.insert(person, password: nil)
            try transaction.jobs.insert(book.job, .book, subject: book.id.text, bytes: 1, at: moment)
            _ = try transaction.books.insert(book)
            return book.id
        }
    }
}
