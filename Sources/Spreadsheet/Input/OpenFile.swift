import Glibc

/// A file descriptor that is closed when its last owner lets go of it.
///
/// Sharing it is safe: the descriptor number never changes, and positioned reads don't move the file's own offset.
package final class OpenFile: Sendable {
    let descriptor: Int32
    private let closesOnRelease: Bool

    init(descriptor: Int32, closesOnRelease: Bool) {
        self.descriptor = descriptor
        self.closesOnRelease = closesOnRelease
    }

    deinit {
        if closesOnRelease { _ = close(descriptor) }
    }

    /// Opens a file for reading.
    static func reading(path: String) throws(SpreadsheetFault) -> OpenFile {
        // A path with a NUL would be cut at it by the system, and another file be opened than the one named.
        guard !path.utf8.contains(0) else { throw SpreadsheetFault(.inputNotFound, ["path": path]) }
        var descriptor: Int32
        repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw fault(reading: path, number: errno) }
        return OpenFile(descriptor: descriptor, closesOnRelease: true)
    }

    /// The size in bytes if this is a regular file, nil for pipes, terminals and devices.
    var regularSize: Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Reads at the file's own offset; 0 is the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, name: String) throws(SpreadsheetFault) -> Int {
        var count: Int
        repeat {
            count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw Self.fault(reading: name, number: errno) }
        return count
    }

    /// Reads at a given offset until the buffer is full or the file ends; says how many bytes were read.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int, name: String
    ) throws(SpreadsheetFault) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.fault(reading: name, number: errno)
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    private static func fault(reading path: String, number: Int32) -> SpreadsheetFault {
        switch number {
        case ENOENT, ENOTDIR: SpreadsheetFault(.inputNotFound, ["path": path])
        case EACCES, EPERM: SpreadsheetFault(.inputNotPermitted, ["path": path])
        case EISDIR: SpreadsheetFault(.inputIsFolder, ["path": path])
        default: SpreadsheetFault(.inputUnreadable, ["path": path, "reason": systemText(of: number)])
        }
    }

    /// The system's own words for an error number.
    static func systemText(of number: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &text, text.count) == 0 else { return "errno \(number)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
