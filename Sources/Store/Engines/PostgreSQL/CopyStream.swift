import CPostgreSQL
import Vocabulary

/// Rows on their way into a table by COPY, in the text format of the protocol (manual, SQL COPY, "Text Format").
final class CopyStream {
    private let connection: OpaquePointer
    private var buffer: [UInt8] = []
    private static let bufferSize = 1 << 16

    /// - Parameter connection: One that has just answered `COPY … FROM STDIN`.
    init(_ connection: OpaquePointer) {
        self.connection = connection
        buffer.reserveCapacity(Self.bufferSize + 4096)
    }

    /// Adds a row.
    /// - Returns: Whether what had gathered was sent.
    func append(_ row: [SQLValue]) throws -> Bool {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            append(try value.portable())
        }
        buffer.append(UInt8(ascii: "\n"))
        guard buffer.count >= Self.bufferSize else { return false }
        try send()
        return true
    }

    private func append(_ value: SQLValue) {
        switch value {
        case .null: buffer.append(contentsOf: "\\N".utf8)
        case .integer(let integer): buffer.append(contentsOf: String(integer).utf8)
        case .real(let number): buffer.append(contentsOf: String(number).utf8)
        case .text(let text): EscapedText.append(text, to: &buffer)
        case .bytes(let bytes):
            // A backslash of the value is doubled, as in a text.
            buffer.append(contentsOf: "\\\\x".utf8)
            HexDigits.append(bytes, to: &buffer)
        }
    }

    private func send() throws {
        guard !buffer.isEmpty else { return }
        let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        buffer.removeAll(keepingCapacity: true)
        guard sent == 1 else {
            throw PostgreSQLResult(nil).fault(connection)
                ?? PostgreSQLFault(state: "08006", fault: .unavailable("COPY broke"))
        }
    }

    /// Ends the load.
    /// - Returns: The number of rows.
    func finish() throws -> Int {
        try send()
        _ = PQputCopyEnd(connection, nil)
        return try answer()
    }

    /// Gives the load up; the transaction has failed with it.
    func abandon() {
        _ = PQputCopyEnd(connection, "abandoned")
        _ = try? answer()
    }

    private func answer() throws -> Int {
        var count = 0
        var fault: PostgreSQLFault?
        while let pointer = PQgetResult(connection) {
            let result = PostgreSQLResult(pointer)
            if fault == nil { fault = result.fault(connection) }
            count = max(count, result.changes)
            // A broken connection may go on answering that it is copying.
            if PQstatus(connection) != CONNECTION_OK { break }
        }
        if let fault { throw fault }
        return count
    }
}
