import Foundation

/// A file that appears under its name only when it is complete: written beside it as `.part`, then renamed. An
/// interruption leaves at most the `.part`, which `discard` takes away.
final class OutputFile {
    let path: String
    private let partial: String
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var isOpen = true

    init(path: String) throws(AssessmentFault) {
        self.path = path
        partial = path + ".part"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw .cannotWrite(path, "") }
        self.handle = handle
        buffer.reserveCapacity(1 << 20)
    }

    func write(_ bytes: [UInt8]) throws(AssessmentFault) {
        buffer += bytes
        if buffer.count >= 1 << 20 { try flush() }
    }

    private func flush() throws(AssessmentFault) {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw .cannotWrite(path, error.localizedDescription)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Makes the file complete under its name.
    func finish() throws(AssessmentFault) {
        try flush()
        do {
            try handle.synchronize()
            try handle.close()
            isOpen = false
        } catch {
            throw .cannotWrite(path, error.localizedDescription)
        }
        guard rename(partial, path) == 0 else { throw .cannotWrite(path, String(cString: strerror(errno))) }
    }

    /// Takes the unfinished file away.
    func discard() {
        if isOpen { try? handle.close() }
        isOpen = false
        unlink(partial)
    }
}
