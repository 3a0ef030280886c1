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

    /// Small pieces are gathered; a large one goes out as it is, since copying hundreds of megabytes costs.
    func write(_ bytes: [UInt8]) throws(AssessmentFault) {
        guard bytes.count >= 1 << 16 else {
            buffer += bytes
            if buffer.count >= 1 << 20 { try flush() }
            return
        }
        try flush()
        try put(bytes)
    }

    private func flush() throws(AssessmentFault) {
        try put(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) throws(AssessmentFault) {
        let descriptor = handle.fileDescriptor
        let problem = bytes.withUnsafeBytes { raw -> Int32 in
            var written = 0
            while written < raw.count {
                let count = Foundation.write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                written += count
            }
            return 0
        }
        guard problem == 0 else { throw .cannotWrite(path, String(cString: strerror(problem))) }
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
