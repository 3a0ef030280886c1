import Access
import Credit
import Projects
import Store
import Vocabulary

extension Platform {
    /// The most bytes of a book: 1 GB.
    public static let mostBookBytes = 1 << 30
    /// The most books of one lender that wait or are gone over: the months of three years, sent at once.
    static let mostUnderWay = 36
    /// How many years back a month may lie.
    static let mostYearsBack = 20
    /// The most bytes of a book that one transaction writes, so that others need not wait.
    private static let piecesAtOnce = 8
    /// How much of a text is looked at before it is taken in; the work that reads it all tells what is wrong further down.
    private static let checkedBytes = 1 << 20

    /// Says whether the viewer may send books of a lender, before anything large is sent.
    public func prepareToSendBook(of organisation: ID<Organisation>, by viewer: Viewer) throws {
        guard try viewer.requireGrants(for: .sendBook).contains(where: { $0.organisation == organisation }) else {
            throw PlatformFault.notFound
        }
    }

    /// Takes in the file of a lender's loans at the end of a month. It is gone over behind the request.
    /// - Parameters:
    ///   - declared: The media type that the sender claims; nil where none is told.
    ///   - rates: Yuan for one unit of each foreign currency of the book: `USD=7.1234 EUR=7.81`.
    ///   - mapping: Which header means which column, for headers that nobody could know: see `LedgerMapping.parse`.
    ///   - requestKey: What a program chose to know the request again by; nil for people. The same request sent again is
    ///     answered with the book that it made, and never makes a second one.
    /// - Returns: The book, and whether it is new.
    /// - Throws: `PlatformFault.invalid` for a month that is not over, a file that is no table or a key that belongs to another
    ///   request, `conflict` where another book of the month is under way.
    public func sendBook(
        _ file: ReceivedFile, name: String, declared: String? = nil, period: ReportingPeriod, rates: String = "",
        mapping: String = "", for organisation: ID<Organisation>, requestKey: String? = nil, by viewer: Viewer
    ) async throws -> (entry: BookEntry, isNew: Bool) {
        try prepareToSendBook(of: organisation, by: viewer)
        let name = name.trimmingSpaces()
        guard period.kind == .month else { throw PlatformFault.invalid("/period", "book.not-a-month") }
        let (rates, mapping) = (try Self.rates(rates), try Self.checked(mapping))
        guard let today = now.day(), period.lastDay <= today else {
            throw PlatformFault.invalid("/period", "book.month-not-over", ["period": period.description])
        }
        guard period.year >= today.year - Self.mostYearsBack else {
            throw PlatformFault.invalid("/period", "book.month-too-old", ["years": String(Self.mostYearsBack)])
        }
        let kind = try file.kind(
            name: name, declared: declared, of: [.csv, .text, .xlsx], textBytes: Self.checkedBytes)
        let moment = now
        let book = BookRecord(
            id: newID(), organisation: organisation, period: period, person: viewer.person, fileName: name,
            mediaType: kind.mediaType, digest: file.digest, byteCount: Int64(file.byteCount), rates: rates,
            mapping: mapping, requestKey: requestKey, job: newID(), receivedAt: moment)
        if let sent = try await sent(as: book) { return (sent, false) }
        try await keepPieces(of: file, book.id, at: moment)
        do {
            return (try await keep(book, at: moment, by: viewer), true)
        } catch is BookNotTaken {
            // Somebody else was faster: perhaps the same request, sent twice at once.
            if let sent = try await sent(as: book) { return (sent, false) }
            throw PlatformFault.conflict("book.under-way", ["period": period.description])
        }
    }

    /// Takes in a book whose pieces are there.
    private func keep(_ book: BookRecord, at moment: Timestamp, by viewer: Viewer) async throws -> BookEntry {
        try await database.write { transaction in
            try transaction.jobs.insert(
                book.job, .book, subject: book.id.text, bytes: book.byteCount, at: moment)
            guard try transaction.books.countUnderWay(of: book.organisation) < Self.mostUnderWay else {
                throw PlatformFault.conflict("book.too-many", ["count": String(Self.mostUnderWay)])
            }
            guard try transaction.books.insert(book) else { throw BookNotTaken() }
            try transaction.bookFiles.finish(book.id)
            try transaction.record(
                Deed(
                    .sendBook, on: book.id.text, by: viewer, for: book.organisation,
                    [
                        "period": .string(book.period.description), "digest": .string(book.digest),
                        "bytes": .integer(book.byteCount),
                    ]), at: moment)
            guard let entry = try transaction.books.find(book.id) else { throw BookNotTaken() }
            return entry
        }
    }

    /// Reads `USD=7.1234 EUR=7.81`.
    private static func rates(_ text: String) throws(PlatformFault) -> [String: Ratio] {
        var rates: [String: Ratio] = [:]
        for part in text.split(whereSeparator: { " ,;，；、\t\r\n".contains($0) }) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            let code = sides[0].uppercased()
            guard sides.count == 2, code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }),
                rates.count < 50, let rate = try? Ratio.parse(sides[1]), rate > .zero
            else { throw PlatformFault.invalid("/rates", "book.bad-rate", ["value": String(part.prefix(40))]) }
            rates[code] = rate
        }
        return rates
    }

    /// A mapping that can be read.
    private static func checked(_ mapping: String) throws(PlatformFault) -> String {
        let text = mapping.trimmingSpaces()
        do throws(MappingFault) {
            _ = try LedgerMapping.parse(text)
        } catch {
            throw PlatformFault.invalid([FieldFault("/mapping", error.message)])
        }
        return text
    }

    /// The mapping that came with a lender's last book, for its next one.
    public func lastMapping(of organisation: ID<Organisation>, by viewer: Viewer) async throws -> String {
        try prepareToSendBook(of: organisation, by: viewer)
        return try await database.read { try $0.books.lastMapping(of: organisation) ?? "" }
    }

    /// The book that a request under the same key made before.
    private func sent(as book: BookRecord) async throws -> BookEntry? {
        guard let key = book.requestKey else { return nil }
        let lender = book.organisation
        guard let entry = try await database.read({ try $0.books.find(requestKey: key, of: lender) }) else {
            return nil
        }
        guard entry.book.digest == book.digest, entry.book.period == book.period, entry.book.rates == book.rates,
            entry.book.mapping == book.mapping
        else { throw PlatformFault.invalid("Idempotency-Key", "book.key-used") }
        return entry
    }

    /// Keeps the bytes before the book itself, some at a time. What a break leaves behind is cleared away a day later.
    private func keepPieces(of file: ReceivedFile, _ id: ID<BookRecord>, at moment: Timestamp) async throws {
        let size = BookFiles.pieceBytes
        let count = (file.byteCount + size - 1) / size
        for first in stride(from: 0, to: count, by: Self.piecesAtOnce) {
            try await database.write { transaction in
                let last = min(first + Self.piecesAtOnce, count)
                if first == 0 { try transaction.bookFiles.begin(id, at: moment) }
                try transaction.bookFiles.insert(
                    id, from: first, try (first..<last).map { try file.bytes(at: $0 * size, size) })
            }
        }
    }

    /// Has a book that counts gone over once more: what people decided of its loans, and what changed in the rules, is taken in.
    /// What was found before counts until then.
    /// - Throws: `PlatformFault.conflict` where the book does not count, or work at it is under way.
    public func reassessBook(_ id: ID<BookRecord>, by viewer: Viewer) async throws -> BookEntry {
        let (moment, job) = (now, newID(JobRecord.self))
        return try await database.write { transaction in
            let entry = try transaction.book(id, for: .reassessBook, by: viewer)
            guard entry.book.state == .accepted else { throw PlatformFault.conflict("review.not-in-force") }
            try transaction.jobs.insert(
                job, .book, subject: id.text, bytes: entry.book.byteCount, askedBy: viewer.person, at: moment)
            guard try transaction.books.workAgain(id, job) else {
                throw PlatformFault.conflict("book.under-way", ["period": entry.book.period.description])
            }
            try transaction.record(
                Deed(.reassessBook, on: id.text, by: viewer, for: entry.book.organisation), at: moment)
            guard let entry = try transaction.books.find(id) else { throw PlatformFault.notFound }
            return entry
        }
    }

    /// Calls off a book that is under way, or going over one again. One that waits is off at once, one that is being gone over within seconds.
    /// - Throws: `PlatformFault.conflict` where it is decided already.
    public func cancelBook(_ id: ID<BookRecord>, by viewer: Viewer) async throws -> BookEntry {
        let moment = now
        return try await database.write { transaction in
            let entry = try transaction.book(id, for: .cancelBook, by: viewer)
            guard let state = try transaction.jobs.cancel(entry.book.job, at: moment) else {
                throw PlatformFault.conflict("book.decided")
            }
            if state == .cancelled, entry.book.state == .accepted {
                try transaction.assessments.bury(id)
            } else if state == .cancelled {
                var book = entry.book
                book.state = .cancelled
                book.decidedAt = moment
                guard try transaction.books.decide(book) else { throw PlatformFault.conflict("book.decided") }
                try transaction.assessments.bury(id)
            }
            try transaction.record(
                Deed(.cancelBook, on: id.text, by: viewer, for: entry.book.organisation), at: moment)
            guard let entry = try transaction.books.find(id) else { throw PlatformFault.notFound }
            return entry
        }
    }
}

/// Another book of the month is under way, or the key of the request was used.
private struct BookNotTaken: Error {}

extension Transaction {
    /// A book that the viewer may do an act to: see `Viewer.covered`.
    func book(_ id: ID<BookRecord>, for act: Act, by viewer: Viewer) throws -> BookEntry {
        try viewer.covered(by: act, at: \.placement) { try books.find(id) }
    }
}
