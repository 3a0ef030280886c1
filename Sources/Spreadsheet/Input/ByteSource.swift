/// Something that hands out bytes in order until there are no more: a file, standard input, a test's array.
public protocol ByteSource: Sendable {
    /// What messages call the source, as a rule its path.
    var name: String { get }

    /// Puts the next bytes at the start of the buffer and says how many there are; 0 means the end.
    ///
    /// - Throws: ``SpreadsheetFault`` if the bytes can't be read.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int
}
