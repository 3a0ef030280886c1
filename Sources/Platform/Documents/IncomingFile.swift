import Crypto
import Spreadsheet
import Store
import Vocabulary

/// A file on its way in: its bytes go to a temporary file without a name, so that a large one is never whole in memory and an
/// upload that breaks off leaves nothing behind, whatever happens to the program.
///
///     let incoming = try IncomingFile(limit: Platform.mostDocumentBytes)
///     for try await bytes in upload { try incoming.append(bytes) }
///     let file = try incoming.finish()
public final class IncomingFile {
    private var file: SpooledFile
    private let limit: Int
    private var digest = SHA256()

    /// - Parameter limit: The most bytes that it may have.
    /// - Throws: `PlatformFault.busy` where no temporary file can be made.
    public init(limit: Int) throws(PlatformFault) {
        do throws(SpreadsheetFault) {
            file = try SpooledFile(name: "", limit: limit)
        } catch {
            throw .busy
        }
        self.limit = limit
    }

    /// Takes the next bytes.
    /// - Throws: `PlatformFault.invalid` at `/file` beyond the limit, `busy` where the disk takes no more.
    public func append(_ bytes: [UInt8]) throws(PlatformFault) {
        guard bytes.count <= limit - file.size else {
            throw .invalid("/file", "document.too-large", ["limit": String(limit >> 20)])
        }
        do throws(SpreadsheetFault) {
            try file.append(bytes.span)
        } catch {
            throw .busy
        }
        digest.update(data: bytes)
    }

    /// The file, when all its bytes are there.
    /// - Throws: `PlatformFault.invalid` at `/file` for a file without any byte.
    public func finish() throws(PlatformFault) -> ReceivedFile {
        guard file.size > 0 else { throw .invalid("/file", "document.empty") }
        return ReceivedFile(file: file.file, byteCount: file.size, digest: digest.finalize().hexadecimal)
    }
}

/// A file that has arrived whole. It is gone when nobody holds it any more.
public struct ReceivedFile: Sendable {
    private let file: OpenFile
    public let byteCount: Int
    /// SHA-256 of the bytes in hexadecimal digits.
    public let digest: String

    fileprivate init(file: OpenFile, byteCount: Int, digest: String) {
        self.file = file
        self.byteCount = byteCount
        self.digest = digest
    }

    /// The bytes from an offset on, as many as asked for or as there are.
    func bytes(at offset: Int, _ count: Int) throws(PlatformFault) -> [UInt8] {
        let wanted = max(0, min(count, byteCount - offset))
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            do throws(SpreadsheetFault) {
                filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset, name: "")
            } catch {
                failed = true
            }
        }
        guard !failed, bytes.count == wanted else { throw .busy }
        return bytes
    }

    /// The file for the readers of tables.
    /// - Parameter name: What their messages call it.
    func source(named name: String) -> some ByteSource { Source(name: name, file: self) }

    private struct Source: ByteSource {
        let name: String
        let file: ReceivedFile
        var offset = 0

        mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
            let count = try file.file.read(into: buffer, at: offset, name: name)
            offset += count
            return count
        }
    }
}

extension Platform {
    /// What the database keeps in pieces, as a file that can be read from any place.
    /// - Parameters:
    ///   - limit: The most bytes that it may have.
    ///   - piece: The piece at a position; nil after the last one.
    func file(
        limit: Int, _ piece: @escaping @Sendable (_ transaction: any Transaction, _ position: Int) throws -> [UInt8]?
    ) async throws -> ReceivedFile {
        let incoming = try IncomingFile(limit: limit)
        var position = 0
        while let bytes = try await database.read({ [position] in try piece($0, position) }) {
            try incoming.append(bytes)
            position += 1
        }
        return try incoming.finish()
    }
}
