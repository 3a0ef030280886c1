import Access
import Credit
import Foundation
import Identification
import Library
import Logging
import Platform
import Service
import Standards
import Statistics
import Store
import Vocabulary

/// Fills the data of a service with the sums of many lenders' books, without the loans behind them, for measuring statistics
/// (docs/performance.md). Nothing that anybody would want to keep.
///
///     Benchmarks fill-cube DATA LENDERS MONTHS LOANS [postgres://…]
///
/// Prints the cookie of somebody who is signed in for the supervisor of all lenders.
enum FilledCube {
    static func make(_ arguments: [String], root: String) async throws {
        guard arguments.count >= 4, let lenders = Int(arguments[1]), let months = Int(arguments[2]),
            let loans = Int(arguments[3]), let region = RegionCode(500_000)
        else { return }
        let library = try RuleLibrary.load(root: root)
        let service = try await RunningService.open(
            ServiceSettings(folder: arguments[0], database: arguments.count > 4 ? arguments[4] : nil), library: library,
            logger: Logger(label: "fill") { _ in SwiftLogNoOpLogHandler() }, now: { now })
        let database = service.platform.database
        let supervisor = Organisation(id: ID(at: now, .system), kind: .regulator, name: "虚构监管机构", region: region)
        let (person, key) = try await SignedIn.make(in: database, for: supervisor, [.officer, .reviewer])
        let cubes = LoanInventor(library)
        for number in 1...max(1, lenders) {
            let lender = Organisation(
                id: ID(at: now, .system), kind: .lender, name: "虚构\(number)号银行", region: region)
            let cube = cubes.cube(loans, seed: UInt64(number))
            try await database.write { transaction in
                try transaction.organisations.insert(lender, at: now)
                var period = ReportingPeriod(.month, containing: try CalendarDate.parse("2026-10-31"))
                for _ in 0..<months {
                    try enter(cube, period, lender, person, in: transaction)
                    period = period.previous
                }
            }
        }
        try await database.close()
        print("jialing=\(key.text)")
    }

    private static func enter(
        _ cube: BookCube, _ period: ReportingPeriod, _ lender: Organisation, _ person: ID<Person>,
        in transaction: any Transaction
    ) throws {
        var book = BookRecord(
            id: ID(at: now, .system), organisation: lender.id, period: period, person: person, fileName: "book.csv",
            mediaType: "text/csv", digest: String(repeating: "0", count: 64), byteCount: 1, job: ID(at: now, .system),
            receivedAt: now)
        try transaction.jobs.insert(book.job, .book, subject: book.id.text, bytes: 1, at: now)
        _ = try transaction.books.insert(book)
        _ = try transaction.jobs.cancel(book.job, at: now)
        let number = try transaction.assessments.begin(book.id, standard: "", library: "", at: now)
        try transaction.cube.insert(cube, assessment: number)
        try transaction.cube.count(number, insteadOf: nil, at: lender.region, in: period)
        book.state = .accepted
        book.version = 1
        book.assessment = number
        book.decidedAt = now
        _ = try transaction.books.decide(book)
    }

    private static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// Invents loans as a lender's book has them: one in six green, over all items, and over so many places as a lender lends in.
private struct LoanInventor {
    private let items: [ItemCode]
    private let places: [RegionCode]
    private let industries: [IndustryCode]
    private let standard = "cn.green-finance.2025"

    init(_ library: RuleLibrary) {
        items = library.pack(standard)?.items.map(\.code) ?? []
        places = (500_101...500_120).compactMap { RegionCode($0) } + (500_230...500_243).compactMap { RegionCode($0) }
        industries = Array(library.industries.codes.prefix(900))
    }

    func cube(_ loans: Int, seed: UInt64) -> BookCube {
        var chance = SplitMix64(seed: seed)
        var cube = BookCube()
        for line in 0..<loans {
            let isGreen = Int.random(in: 0..<6, using: &chance) == 0
            let balance = Money(fen: Int64.random(in: 1_000_000...10_000_000_000, using: &chance))
            var finding = FacilityFinding(
                decision: isGreen ? .accepted : .notGreen, standard: standard, probability: 0.5)
            if isGreen {
                finding.item = items.randomElement(using: &chance)
                finding.verdict = Bool.random(using: &chance) ? .aligned : .eligible
                finding.mark = [.direct, .enabling].randomElement(using: &chance)
                finding.green = balance
                finding.benefits = ["co2e_t": Double.random(in: 0...1000, using: &chance), "standard_coal_t": 3]
            }
            cube.add(
                FacilitySnapshot(
                    line: line, loanID: "", borrower: "", purpose: "", region: places.randomElement(using: &chance),
                    industry: industries.randomElement(using: &chance), balance: balance,
                    quality: Int.random(in: 0..<40, using: &chance) == 0 ? .specialMention : .normal,
                    size: BorrowerSize.allCases.randomElement(using: &chance), finding: finding))
        }
        return cube
    }
}

/// Somebody who is signed in.
private enum SignedIn {
    static func make(
        in database: any Database, for organisation: Organisation, _ roles: Set<Role>
    ) async throws -> (ID<Person>, Secret) {
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        guard let email = EmailAddress("\(UUID().uuidString)@example.org") else { throw CancellationError() }
        let person = Person(id: ID(at: now, .system), email: email, name: "虚构人员", language: .zh, createdAt: now)
        let key = Secret(.session, .system)
        let session = SessionRecord(
            id: ID(at: now, .system), person: person.id, createdAt: now, seenAt: now,
            expiresAt: now.advanced(bySeconds: 12 * 3600), address: "127.0.0.1", agent: "Benchmarks")
        try await database.write { transaction in
            try transaction.organisations.insert(organisation, at: now)
            try transaction.people.insert(person, password: nil)
            try transaction.memberships.set(roles, of: person.id, in: organisation.id, at: now)
            try transaction.sessions.insert(session, digest: key.digest.bytes)
        }
        return (person.id, key)
    }
}
