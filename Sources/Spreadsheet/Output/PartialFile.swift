import Glibc

/// A file being written beside its final place, to which it moves when it is complete.
///
/// Whoever reads the final path never sees half a file, and what was there before stays if writing fails.
struct PartialFile {
    let finalPath: String
    let path: String

    /// Creates the file, so that a folder that can't be written to is noticed before any work is done.
    init(finalPath: String) throws(SpreadsheetFault) {
        self.finalPath = finalPath
        guard !finalPath.isEmpty, !finalPath.utf8.contains(0) else {
            throw SpreadsheetFault(
                .outputNotWritable, ["path": finalPath, "reason": OpenFile.systemText(of: EINVAL)])
        }
        // A partial file left by a process that was killed may have taken the first name.
        var failure = EEXIST
        for attempt in 0..<100 {
            let candidate = "\(finalPath).\(getpid())-\(attempt).partial"
            let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                _ = close(descriptor)
                path = candidate
                return
            }
            failure = errno
            if failure != EEXIST { break }
        }
        throw SpreadsheetFault(
            .outputNotWritable, ["path": finalPath, "reason": OpenFile.systemText(of: failure)])
    }

    /// Moves the complete file to its final place.
    func commit() throws(SpreadsheetFault) {
        guard rename(path, finalPath) == 0 else {
            let reason = OpenFile.systemText(of: errno)
            discard()
            throw SpreadsheetFault(.outputNotWritable, ["path": finalPath, "reason": reason])
        }
    }

    /// Removes the file.
    func discard() {
        _ = unlink(path)
    }
}
