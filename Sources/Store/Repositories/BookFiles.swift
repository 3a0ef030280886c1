import Vocabulary

extension Transaction {
    /// The files of books, and what is wrong in them.
    public var bookFiles: BookFiles { BookFiles(transaction: self) }
}

/// A record of a book that is no loan.
public struct BookFault: Sendable, Equatable {
    /// Its first physical line.
    public let line: Int
    /// The header of the column; empty where the whole record is at fault.
    public let column: String
    /// What stands there.
    public let value: String
    public let message: Message
    /// The record's fields as they were read.
    public let cells: [String]

    public init(line: Int, column: String, value: String, message: Message, cells: [String]) {
        self.line = line
        self.column = column
        self.value = value
        self.message = message
        self.cells = cells
    }
}

/// The files of books in pieces, and the faults of returned ones.
public struct BookFiles {
    let transaction: any Transaction

    /// Bytes of every piece but the last: 1 MB.
    public static let pieceBytes = 1 << 20

    /// Notes that the pieces of a book begin to come.
    public func begin(_ id: ID<BookRecord>, at moment: Timestamp) throws(StoreFault) {
        try transaction.run("INSERT INTO book_upload (book, begun_at) VALUES (\(id), \(moment))")
    }

    /// Keeps some pieces of a book that is still to come.
    public func insert(_ id: ID<BookRecord>, from position: Int, _ pieces: [[UInt8]]) throws(StoreFault) {
        for (offset, piece) in pieces.enumerated() {
            try transaction.run(
                "INSERT INTO book_piece (book, position, piece) VALUES (\(id), \(position + offset), \(piece))")
        }
    }

    /// Notes that all pieces of a book are there.
    public func finish(_ id: ID<BookRecord>) throws(StoreFault) {
        try transaction.run("DELETE FROM book_upload WHERE book = \(id)")
    }

    /// One piece; nil beyond the last.
    public func piece(_ id: ID<BookRecord>, _ position: Int) throws(StoreFault) -> [UInt8]? {
        guard
            let row = try transaction.row(
                "SELECT piece FROM book_piece WHERE book = \(id) AND position = \(position)")
        else { return nil }
        return try row("piece")
    }

    /// A book that never came: its sender broke off.
    /// - Parameter before: What was begun later may still come.
    public func abandoned(before moment: Timestamp) throws(StoreFault) -> ID<BookRecord>? {
        guard
            let row = try transaction.row(
                "SELECT book FROM book_upload WHERE begun_at < \(moment) ORDER BY book LIMIT 1")
        else { return nil }
        return try row("book")
    }

    /// Clears some pieces away of a book that never came, and behind the last the note of it.
    public func clear(_ id: ID<BookRecord>, limit: Int) throws(StoreFault) {
        let count = try transaction.run(
            """
            DELETE FROM book_piece WHERE book = \(id) AND position IN
                (SELECT position FROM book_piece WHERE book = \(id) ORDER BY position LIMIT \(limit))
            """)
        if count < limit { try finish(id) }
    }

    /// Keeps the faults of a returned book, and the header that their records stand under.
    public func insert(_ faults: [BookFault], under header: [String], of id: ID<BookRecord>) throws {
        let text = String(
            decoding: try JSONValue.array(header.map(JSONValue.string)).canonicalBytes(), as: UTF8.self)
        try transaction.run("UPDATE book SET header = \(text) WHERE id = \(id)")
        for (position, fault) in faults.enumerated() {
            let message = String(decoding: try fault.message.json.canonicalBytes(), as: UTF8.self)
            let cells = String(
                decoding: try JSONValue.array(fault.cells.map(JSONValue.string)).canonicalBytes(), as: UTF8.self)
            try transaction.run(
                """
                INSERT INTO book_fault (book, position, line, column_name, value, message, cells)
                VALUES (\(id), \(position), \(fault.line), \(fault.column.withoutNUL), \(fault.value.withoutNUL), \(message),
                    \(cells))
                """)
        }
    }

    /// The header that the faults of a returned book stand under; empty where there are none.
    public func header(of id: ID<BookRecord>) throws -> [String] {
        guard let row = try transaction.row("SELECT header FROM book WHERE id = \(id)"),
            let text: String = try row("header")
        else { return [] }
        return try JSONValue.parse(text, limits: .ofStore).elements?.compactMap(\.text) ?? []
    }

    /// The faults of a returned book in the order of its lines.
    /// - Parameter from: The position of the first, from 0.
    public func faults(of id: ID<BookRecord>, from: Int = 0, limit: Int) throws -> [BookFault] {
        try transaction.rows(
            """
            SELECT line, column_name, value, message, cells FROM book_fault
            WHERE book = \(id) AND position >= \(from) ORDER BY position LIMIT \(limit)
            """
        ).map { row in
            let message = try JSONValue.parse(row("message", as: String.self), limits: .ofStore)
            let cells = try JSONValue.parse(row("cells", as: String.self), limits: .ofStore)
            guard let message = Message(json: message), let cells = cells.elements else {
                throw StoreFault.badColumn("cells")
            }
            return BookFault(
                line: try row("line"), column: try row("column_name"), value: try row("value"), message: message,
                cells: cells.compactMap(\.text))
        }
    }
}
