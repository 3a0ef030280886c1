import Glibc

/// A temporary file without a name, which vanishes when it is closed, whatever happens to the program.
package struct SpooledFile {
    package let file: OpenFile
    package private(set) var size = 0
    private let name: String
    private let limit: Int

    /// Creates the file in the folder that TMPDIR names, or in /tmp.
    /// - Parameters:
    ///   - name: What messages call the file whose bytes come into it.
    ///   - limit: The most bytes that it may have.
    package init(name: String, limit: Int) throws(SpreadsheetFault) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array("\(folder.isEmpty ? "/tmp" : folder)/spreadsheet-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            let facts = ["path": name, "reason": OpenFile.systemText(of: errno)]
            throw SpreadsheetFault(.temporaryFileFailed, facts)
        }
        _ = unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        file = OpenFile(descriptor: descriptor, closesOnRelease: true)
        self.name = name
        self.limit = limit
    }

    /// Appends bytes.
    package mutating func append(_ bytes: Span<UInt8>) throws(SpreadsheetFault) {
        guard bytes.count <= limit - size else {
            throw SpreadsheetFault(.inputTooLargeToSpool, ["path": name, "limit": String(limit)])
        }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.extracting(offset..<bytes.count).withUnsafeBytes {
                write(file.descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                let facts = ["path": name, "reason": OpenFile.systemText(of: errno)]
                throw SpreadsheetFault(.temporaryFileFailed, facts)
            }
            offset += count
        }
        size += offset
    }
}
