import Access
import Credit
import Store
import Vocabulary

/// One of the forms of a book's statement.
public enum StatementForm: String, Sendable, CaseIterable {
    case html, xlsx, json

    public var mediaType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .xlsx: DocumentKind.xlsx.mediaType
        case .json: "application/json"
        }
    }
}

/// The statement of a book in one of its forms.
public struct BookStatement: Sendable {
    public let fileName: String
    public let mediaType: String
    public let bytes: [UInt8]
}

extension Platform {
    /// The most faults of a book that are kept; there may be more.
    public static let mostBookFaults = BookIntake.mostFaults

    /// The books that the viewer may see, the last received first.
    public func books(
        _ filter: BookFilter = BookFilter(), before: (receivedAt: Timestamp, id: ID<BookRecord>)? = nil, limit: Int,
        by viewer: Viewer
    ) async throws -> [BookEntry] {
        let grants = try viewer.requireGrants(for: .readBook)
        return try await database.read { try $0.books.list(grants, filter, before: before, limit: limit) }
    }

    /// One book, with how far the work at it is. It tells of no customer.
    public func book(_ id: ID<BookRecord>, by viewer: Viewer) async throws -> BookEntry {
        try await database.read { try $0.book(id, for: .readBook, by: viewer) }
    }

    /// The facilities of a book that counts or counted, in its order.
    /// - Parameter after: The line of the last one of the page before; 0 for the first page.
    public func facilities(
        of id: ID<BookRecord>, _ filter: FacilityFilter = FacilityFilter(), after line: Int = 0, limit: Int,
        by viewer: Viewer
    ) async throws -> [FacilitySnapshot] {
        let (entry, found) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            guard let assessment = entry.book.assessment else { return (entry, [FacilitySnapshot]()) }
            return (
                entry, try transaction.facilitySnapshots.list(assessment, filter, after: line, limit: limit)
            )
        }
        try await noteFacilities(of: entry, count: found.count, by: viewer)
        return found
    }

    /// What a book says otherwise than the one that it replaced, facility by facility, in the order of the lender's numbers.
    /// - Parameter after: The number of the last one of the page before; nil for the first page.
    public func changes(
        in id: ID<BookRecord>, after loanID: String? = nil, limit: Int, by viewer: Viewer
    ) async throws -> [FacilityChange] {
        let (entry, found) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            guard let later = entry.book.assessment, let replaced = entry.book.replaces,
                let before = try transaction.books.find(replaced)?.book.assessment
            else { return (entry, [FacilityChange]()) }
            return (
                entry,
                try transaction.facilitySnapshots.differences(from: before, to: later, after: loanID, limit: limit)
            )
        }
        try await noteFacilities(of: entry, count: found.count, by: viewer)
        return found
    }

    /// The first faults of a returned book.
    public func faults(of id: ID<BookRecord>, limit: Int, by viewer: Viewer) async throws -> [BookFault] {
        try await entryAndFaults(of: id, limit: limit, by: viewer).faults
    }

    private func entryAndFaults(
        of id: ID<BookRecord>, limit: Int, by viewer: Viewer
    ) async throws -> (entry: BookEntry, faults: [BookFault]) {
        let (entry, faults) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .downloadBook, by: viewer)
            return (entry, try transaction.bookFiles.faults(of: id, limit: limit))
        }
        try await noteFacilities(
            of: entry, count: faults.count, as: "book.read-faults", what: .downloadBook, by: viewer)
        return (entry, faults)
    }

    /// The faults of a returned book as a table: its own records with one more column that says what is wrong.
    public func faultyRecords(
        of id: ID<BookRecord>, in language: Language, by viewer: Viewer
    ) async throws -> FaultyLines {
        let (entry, faults) = try await entryAndFaults(of: id, limit: BookIntake.mostFaults, by: viewer)
        guard !faults.isEmpty else { throw PlatformFault.notFound }
        let header = try await database.read { try $0.bookFiles.header(of: id) }
        let book = entry.book
        return try faultTable(
            of: book.fileName, isWorkbook: book.mediaType == DocumentKind.xlsx.mediaType, headers: header,
            lines: faults.map { ($0.cells, $0.line, [(column: $0.column, message: $0.message)]) }, in: language)
    }

    /// The file of a book as it was sent, for those of its lender. That it was taken is noted.
    public func originalFile(of id: ID<BookRecord>, by viewer: Viewer) async throws -> StoredBook {
        let entry = try await database.read { try $0.book(id, for: .downloadBook, by: viewer) }
        try await noteFacilities(of: entry, count: 1, as: "book.download", what: .downloadBook, by: viewer)
        return StoredBook(book: entry.book)
    }

    /// One piece of a file that ``originalFile(of:by:)`` handed out, at most 1 MB.
    public func piece(_ position: Int, of stored: StoredBook) async throws -> [UInt8] {
        let id = stored.book.id
        guard let piece = try await database.read({ try $0.bookFiles.piece(id, position) }) else {
            throw PlatformFault.notFound
        }
        return piece
    }

    /// The statement of a book that counts or counted. It names the loans with the largest benefits, so it is a reading of customers.
    public func statement(
        of id: ID<BookRecord>, as form: StatementForm, by viewer: Viewer
    ) async throws -> BookStatement {
        let (entry, bytes) = try await database.read { transaction in
            let entry = try transaction.book(id, for: .readFacility, by: viewer)
            guard let number = entry.book.assessment, let digests = try transaction.assessments.statement(number) else {
                throw PlatformFault.notFound
            }
            let digest =
                switch form {
                case .html: digests.page
                case .xlsx: digests.workbook
                case .json: digests.data
                }
            return (entry, try transaction.contents.bytes(digest))
        }
        try await noteFacilities(of: entry, count: 1, as: "book.read-statement", what: .readFacility, by: viewer)
        guard let bytes else { throw PlatformFault.notFound }
        let name = "\(entry.book.period)-\(entry.book.version ?? 0).\(form.rawValue)"
        return BookStatement(fileName: name, mediaType: form.mediaType, bytes: bytes)
    }

    func noteFacilities(
        of entry: BookEntry, count: Int, as name: String? = nil, what act: Act = .readFacility, by viewer: Viewer
    ) async throws {
        try await noteReading(
            of: entry.book.id.text, count: count, what: act, as: name, grant: entry.placement, by: viewer)
    }
}

/// The file of a book that is to be handed over.
public struct StoredBook: Sendable {
    public let book: BookRecord
    /// How many pieces the platform has of it.
    public var pieceCount: Int { Int((book.byteCount + Int64(BookFiles.pieceBytes) - 1) / Int64(BookFiles.pieceBytes)) }
}
