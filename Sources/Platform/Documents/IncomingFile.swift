import Crypto
import Glibc
import Spreadsheet
import Vocabulary

/// A file on its way in: its bytes go to a temporary file without a name, so that a large one is never whole in memory and an
/// upload that breaks off leaves nothing behind, whatever happens to the program.
///
///     let incoming = try IncomingFile(limit: Platform.mostDocumentBytes)
///     for try await bytes in upload { try incoming.append(bytes) }
///     let file = try incoming.finish()
public final class IncomingFile {
    private let file: TemporaryFile
    private let limit: Int
    private var size = 0
    private var digest = SHA256()

    /// - Parameter limit: The most bytes that it may have.
    /// - Throws: `PlatformFault.busy` where no temporary file can be made.
    public init(limit: Int) throws(PlatformFault) {
        file = try TemporaryFile()
        self.limit = limit
    }

    /// Takes the next bytes.
    /// - Throws: `PlatformFault.invalid` at `/file` beyond the limit, `busy` where the disk takes no more.
    public func append(_ bytes: [UInt8]) throws(PlatformFault) {
        guard bytes.count <= limit - size else {
            throw .invalid("/file", "document.too-large", ["limit": String(limit >> 20)])
        }
        try file.append(bytes)
        digest.update(data: bytes)
        size += bytes.count
    }

    /// The file, when all its bytes are there.
    /// - Throws: `PlatformFault.invalid` at `/file` for a file without any byte.
    public func finish() throws(PlatformFault) -> ReceivedFile {
        guard size > 0 else { throw .invalid("/file", "document.empty") }
        return ReceivedFile(file: file, byteCount: size, digest: digest.finalize().hexadecimal)
    }
}

/// A file that has arrived whole. It is gone when nobody holds it any more.
public struct ReceivedFile: Sendable {
    private let file: TemporaryFile
    public let byteCount: Int
    /// SHA-256 of the bytes in hexadecimal digits.
    public let digest: String

    fileprivate init(file: TemporaryFile, byteCount: Int, digest: String) {
        self.file = file
        self.byteCount = byteCount
        self.digest = digest
    }

    /// The bytes from an offset on, as many as asked for or as there are.
    func bytes(at offset: Int, _ count: Int) throws(PlatformFault) -> [UInt8] {
        try file.bytes(at: offset, max(0, min(count, byteCount - offset)))
    }

    /// The file for the readers of tables.
    /// - Parameter name: What their messages call it.
    func source(named name: String) -> some ByteSource { Source(name: name, file: self) }

    private struct Source: ByteSource {
        let name: String
        let file: ReceivedFile
        var offset = 0

        mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
            do throws(PlatformFault) {
                let bytes = try file.bytes(at: offset, buffer.count)
                buffer.copyBytes(from: bytes)
                offset += bytes.count
                return bytes.count
            } catch {
                throw SpreadsheetFault(.inputUnreadable, ["path": name, "reason": "I/O"])
            }
        }
    }
}

/// A file without a name in the folder for temporary files: the system takes it away when it is closed.
private final class TemporaryFile: Sendable {
    private let descriptor: Int32

    init() throws(PlatformFault) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array("\(folder.isEmpty ? "/tmp" : folder)/jialing-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .busy }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(PlatformFault) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(
                    descriptor, UnsafeRawBufferPointer(rebasing: buffer[offset...]).baseAddress, buffer.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .busy
            }
            offset += count
        }
    }

    func bytes(at offset: Int, _ count: Int) throws(PlatformFault) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else {
                    failed = true
                    return
                }
                filled += got
            }
        }
        if failed { throw .busy }
        return bytes
    }
}
