import Glibc

/// The bytes of a file or of standard input.
public struct FileByteSource: ByteSource {
    /// The path, or `-` for standard input.
    public let name: String

    let file: OpenFile

    /// Opens a file.
    ///
    /// - Throws: `inputNotFound`, `inputNotPermitted`, `inputIsFolder` or `inputUnreadable` with the path.
    public init(path: String) throws(SpreadsheetFault) {
        name = path
        file = try OpenFile.reading(path: path)
    }

    private init(name: String, file: OpenFile) {
        self.name = name
        self.file = file
    }

    /// The bytes of standard input, which stays open afterwards.
    public static var standardInput: FileByteSource {
        FileByteSource(name: "-", file: OpenFile(descriptor: STDIN_FILENO, closesOnRelease: false))
    }

    /// Reads the next bytes; a read interrupted by a signal is repeated.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        try file.read(into: buffer, name: name)
    }
}
