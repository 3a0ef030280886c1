/// The central directory of a ZIP container (PKWARE's APPNOTE 6.3, sections 4.3.12 to 4.3.16, with ZIP64).
///
/// Only what a spreadsheet needs is accepted: one volume, no encryption, stored or deflated entries, unique names.
final class ZIPArchive {
    let name: String
    let file: OpenFile
    let directoryOffset: Int
    private let entries: [String: ZIPEntry]

    private static let endSignature: UInt32 = 0x0605_4B50
    private static let end64Signature: UInt32 = 0x0606_4B50
    private static let locator64Signature: UInt32 = 0x0706_4B50
    private static let entrySignature: UInt32 = 0x0201_4B50
    private static let endLength = 22
    private static let locator64Length = 20
    private static let end64Length = 56
    private static let entryLength = 46
    /// Names, extra fields and comments of 10,000 entries are far smaller than this.
    private static let directoryByteLimit = 64 << 20

    /// Where the directory is and how many entries it has.
    private struct Directory {
        var offset: UInt64
        var size: UInt64
        var count: UInt64
    }

    /// Reads the directory.
    init(file: OpenFile, size: Int, name: String, limits: WorkbookLimits) throws(SpreadsheetFault) {
        self.file = file
        self.name = name
        let malformed = SpreadsheetFault(.zipDirectoryMalformed, ["path": name])
        let (directory, directoryEnd) = try Self.locateDirectory(in: file, size: size, name: name)
        guard directory.count <= UInt64(limits.entries) else {
            let facts = ["path": name, "count": String(directory.count), "limit": String(limits.entries)]
            throw SpreadsheetFault(.zipTooManyEntries, facts)
        }
        guard directory.size <= UInt64(Self.directoryByteLimit), directory.offset <= UInt64(directoryEnd),
            directory.size <= UInt64(directoryEnd) - directory.offset
        else { throw malformed }
        let start = Int(directory.offset)
        let bytes = try Self.read(Int(directory.size), at: start, of: file, name: name)
        guard bytes.count == Int(directory.size) else { throw malformed }
        var found: [String: ZIPEntry] = [:]
        var offset = 0
        for _ in 0..<Int(directory.count) {
            guard let (entry, next) = Self.entry(in: bytes, at: offset), entry.headerOffset < start else {
                throw malformed
            }
            offset = next
            guard found.updateValue(entry, forKey: Self.key(of: entry.name)) == nil else {
                throw SpreadsheetFault(.zipEntryDuplicate, ["path": name, "entry": entry.name])
            }
        }
        guard offset == bytes.count else { throw malformed }
        directoryOffset = start
        entries = found
    }

    /// The entry of a name, in which upper and lower case are the same (ECMA-376 part 2, section 6.2.2.3).
    func entry(named name: String) -> ZIPEntry? {
        entries[Self.key(of: name)]
    }

    private static func key(of name: String) -> String {
        name.lowercased().replacing("\\", with: "/")
    }

    private static func read(
        _ count: Int, at offset: Int, of file: OpenFile, name: String
    ) throws(SpreadsheetFault) -> LittleEndianFields {
        var bytes = [UInt8](repeating: 0, count: count)
        var outcome: Result<Int, SpreadsheetFault> = .success(0)
        bytes.withUnsafeMutableBytes { buffer in
            do throws(SpreadsheetFault) {
                outcome = .success(try file.read(into: buffer, at: offset, name: name))
            } catch {
                outcome = .failure(error)
            }
        }
        let filled = try outcome.get()
        return LittleEndianFields(filled == count ? bytes : Array(bytes.prefix(filled)))
    }

    /// Finds the end record, which stands before a comment of at most 65,535 bytes, and its ZIP64 extension.
    private static func locateDirectory(
        in file: OpenFile, size: Int, name: String
    ) throws(SpreadsheetFault) -> (Directory, end: Int) {
        let truncated = SpreadsheetFault(.zipTruncated, ["path": name])
        guard size >= endLength else { throw truncated }
        let tailLength = min(size, endLength + 65_535)
        let tailStart = size - tailLength
        let tail = try read(tailLength, at: tailStart, of: file, name: name)
        guard tail.count == tailLength else { throw truncated }
        var offset = tailLength - endLength
        // The comment may contain the signature; its length must lead exactly to the end of the file.
        while tail.uint32(at: offset) != endSignature
            || offset + endLength + Int(tail.uint16(at: offset + 20)) != tailLength
        {
            guard offset > 0 else { throw truncated }
            offset -= 1
        }
        let disk = tail.uint16(at: offset + 4)
        let directoryDisk = tail.uint16(at: offset + 6)
        var directory = Directory(
            offset: UInt64(tail.uint32(at: offset + 16)), size: UInt64(tail.uint32(at: offset + 12)),
            count: UInt64(tail.uint16(at: offset + 10)))
        var directoryEnd = tailStart + offset
        let needs64 = directory.offset == UInt32.max || directory.size == UInt32.max || directory.count == UInt16.max
        if needs64, offset >= locator64Length,
            tail.uint32(at: offset - locator64Length) == locator64Signature
        {
            let recordOffset = tail.uint64(at: offset - locator64Length + 8)
            let malformed = SpreadsheetFault(.zipDirectoryMalformed, ["path": name])
            guard recordOffset <= UInt64(directoryEnd) else { throw malformed }
            let record = try read(end64Length, at: Int(recordOffset), of: file, name: name)
            guard record.count == end64Length, record.uint32(at: 0) == end64Signature else { throw malformed }
            directory = Directory(
                offset: record.uint64(at: 48), size: record.uint64(at: 40), count: record.uint64(at: 32))
            directoryEnd = Int(recordOffset)
            guard record.uint32(at: 16) == 0, record.uint32(at: 20) == 0 else {
                throw SpreadsheetFault(.zipSplit, ["path": name])
            }
        } else if disk != 0 || directoryDisk != 0 {
            throw SpreadsheetFault(.zipSplit, ["path": name])
        }
        return (directory, directoryEnd)
    }

    private static func entry(in bytes: LittleEndianFields, at offset: Int) -> (ZIPEntry, next: Int)? {
        guard offset + entryLength <= bytes.count, bytes.uint32(at: offset) == entrySignature else { return nil }
        let nameLength = Int(bytes.uint16(at: offset + 28))
        let extraLength = Int(bytes.uint16(at: offset + 30))
        let commentLength = Int(bytes.uint16(at: offset + 32))
        let extraStart = offset + entryLength + nameLength
        let next = extraStart + extraLength + commentLength
        guard next <= bytes.count else { return nil }
        var inflatedSize = UInt64(bytes.uint32(at: offset + 24))
        var compressedSize = UInt64(bytes.uint32(at: offset + 20))
        var headerOffset = UInt64(bytes.uint32(at: offset + 42))
        var field = extraStart
        while field + 4 <= extraStart + extraLength {
            let length = Int(bytes.uint16(at: field + 2))
            let end = field + 4 + length
            guard end <= extraStart + extraLength else { break }
            if bytes.uint16(at: field) == 1 {
                var position = field + 4
                // The ZIP64 field holds, in this order, only those values whose 32 bits are all ones.
                func widen(_ value: UInt64) -> UInt64? {
                    guard value == UInt32.max else { return value }
                    guard position + 8 <= end else { return nil }
                    position += 8
                    return bytes.uint64(at: position - 8)
                }
                guard let wideInflated = widen(inflatedSize), let wideCompressed = widen(compressedSize),
                    let wideOffset = widen(headerOffset)
                else { return nil }
                (inflatedSize, compressedSize, headerOffset) = (wideInflated, wideCompressed, wideOffset)
            }
            field = end
        }
        guard let inflated = Int(exactly: inflatedSize), let compressed = Int(exactly: compressedSize),
            let header = Int(exactly: headerOffset)
        else { return nil }
        let flags = bytes.uint16(at: offset + 8)
        let entry = ZIPEntry(
            name: String(decoding: bytes.slice((offset + entryLength)..<extraStart), as: UTF8.self),
            method: bytes.uint16(at: offset + 10),
            // Bit 0: encrypted; bit 6: strongly so; bit 13: the directory is masked.
            isEncrypted: flags & 0b0010_0000_0100_0001 != 0,
            checksum: bytes.uint32(at: offset + 16), compressedSize: compressed, inflatedSize: inflated,
            headerOffset: header)
        return (entry, next)
    }
}
