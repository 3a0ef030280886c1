import Vocabulary

/// The names of the parts of a ZIP container (PKWARE's APPNOTE 6.3, 4.3.12 and 4.3.16), to tell workbooks and letters from other
/// archives. Nothing is inflated.
struct OfficePackage {
    /// In lower case: names of parts are the same in either (ECMA-376 part 2, 6.2.2.3).
    let parts: Set<String>

    /// A directory of this many bytes names thousands of parts.
    private static let mostDirectoryBytes = 1 << 20
    private static let endLength = 22
    private static let entryLength = 46

    /// - Throws: `PlatformFault.invalid` at `/file` for a container that is cut off or damaged.
    init(_ file: ReceivedFile) throws(PlatformFault) {
        let damaged = PlatformFault.invalid("/file", "document.damaged")
        let tailLength = min(file.byteCount, Self.endLength + 65_535)
        let tailStart = file.byteCount - tailLength
        let tail = LittleEndian(try file.bytes(at: tailStart, tailLength))
        var end = tailLength - Self.endLength
        // The comment may hold the signature; its length leads exactly to the end of the file.
        while end >= 0, tail[end, 4] != 0x0605_4B50 || end + Self.endLength + tail[end + 20, 2] != tailLength {
            end -= 1
        }
        guard end >= 0 else { throw damaged }
        let (count, size, start) = (tail[end + 10, 2], tail[end + 12, 4], tail[end + 16, 4])
        guard size <= Self.mostDirectoryBytes, start + size <= tailStart + end else { throw damaged }
        let directory = LittleEndian(try file.bytes(at: start, size))
        var parts: Set<String> = []
        var offset = 0
        for _ in 0..<count {
            guard offset + Self.entryLength <= size, directory[offset, 4] == 0x0201_4B50 else { throw damaged }
            let nameEnd = offset + Self.entryLength + directory[offset + 28, 2]
            let next = nameEnd + directory[offset + 30, 2] + directory[offset + 32, 2]
            guard next <= size else { throw damaged }
            let name = String(decoding: directory.bytes[(offset + Self.entryLength)..<nameEnd], as: UTF8.self)
            parts.insert(name.lowercased())
            offset = next
        }
        self.parts = parts
    }

    /// Workbook or letter; nil for another archive.
    var kind: DocumentKind? {
        get throws(PlatformFault) {
            guard parts.contains("[content_types].xml") else { return nil }
            let isWorkbook = parts.contains("xl/workbook.xml")
            guard isWorkbook != parts.contains("word/document.xml") else { return nil }
            if parts.contains(where: { $0.hasSuffix("vbaproject.bin") }) {
                throw PlatformFault.invalid("/file", "document.macros")
            }
            return isWorkbook ? .xlsx : .docx
        }
    }
}

/// Numbers of two and four bytes, the lowest first.
private struct LittleEndian {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    subscript(offset: Int, count: Int) -> Int {
        var number = 0
        for index in (0..<count).reversed() { number = number << 8 | Int(bytes[offset + index]) }
        return number
    }
}
