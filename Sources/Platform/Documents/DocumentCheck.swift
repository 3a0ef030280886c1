import Vocabulary

extension ReceivedFile {
    /// What the file is, after its bytes, its name and its declared type were held against each other.
    /// - Parameters:
    ///   - name: The name that the sender gave it.
    ///   - declared: The media type that the sender claims; nil where none is told.
    ///   - textBytes: How much of a text is looked at; what reads it later finds what is wrong further down.
    /// - Throws: `PlatformFault.invalid` at `/file` for a file that is none of ours, is damaged, holds macros, or is not what its
    ///   name or type says.
    func kind(
        name: String, declared: String?, of kinds: Set<DocumentKind> = Set(DocumentKind.allCases),
        textBytes: Int = .max
    ) throws(PlatformFault) -> DocumentKind {
        let shown = String(name.prefix(80))
        let endings = DocumentKind.allCases.filter(kinds.contains).flatMap { $0.endings.sorted() }.joined(
            separator: ", ")
        let found = try found(textBytes)
        guard let found, !kinds.isDisjoint(with: found) else {
            throw .invalid("/file", "document.kind-unknown", ["name": shown, "kinds": endings])
        }
        guard let promised = DocumentKind(named: name), kinds.contains(promised) else {
            throw .invalid("/file", "document.ending", ["name": shown, "kinds": endings])
        }
        guard found.contains(promised) else {
            let words = found.map(\.rawValue).sorted().joined(separator: "/")
            throw .invalid("/file", "document.name-lies", ["name": shown, "found": words])
        }
        guard promised.agrees(withDeclared: declared) else {
            throw .invalid(
                "/file", "document.type-lies",
                ["name": shown, "declared": String((declared ?? "").prefix(80)), "found": promised.rawValue])
        }
        return promised
    }

    /// The kinds that the bytes may be: text may be a table too; nil for none of ours.
    private func found(_ textBytes: Int) throws(PlatformFault) -> Set<DocumentKind>? {
        let head = try bytes(at: 0, 16)
        if head.starts(with: "%PDF-".utf8) { return [.pdf] }
        // PNG, 5.2 and 11.2.2: the signature, then the chunk IHDR of 13 bytes.
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]) {
            return [.png]
        }
        // JPEG, B.1.1: start of image, then a marker.
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return [.jpeg] }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try OfficePackage(self).kind.map { [$0] } }
        return try isText(within: textBytes) ? [.csv, .text] : nil
    }

    /// Whether it is, as far as it is looked at, UTF-8 or GB 18030 text without control characters, and no page or XML that a browser might take for one.
    private func isText(within limit: Int) throws(PlatformFault) -> Bool {
        var scan = TextScan()
        var offset = 0
        while offset < byteCount {
            if offset >= limit { return true }
            let part = try bytes(at: offset, 1 << 18)
            if offset == 0, Self.looksLikeMarkup(part) { return false }
            for byte in part { scan.take(byte) }
            guard scan.mayBeText else { return false }
            offset += part.count
        }
        return scan.isText
    }

    private static func looksLikeMarkup(_ start: [UInt8]) -> Bool {
        var rest = start[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        return rest.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) } == UInt8(ascii: "<")
    }
}

/// Follows bytes as UTF-8 (RFC 3629) and as GB 18030 at the same time; either may fail.
struct TextScan {
    /// How many bytes of a UTF-8 character are still to come, and the range of the next one.
    private var utf8Rest = 0
    private var utf8Next: ClosedRange<UInt8> = 0x80...0xBF
    private var isUTF8 = true
    /// How many bytes of a GB 18030 character have been seen.
    private var gbSeen = 0
    private var isGB18030 = true
    private var hasControls = false

    var mayBeText: Bool { !hasControls && (isUTF8 || isGB18030) }
    /// Whether it is text if nothing follows.
    var isText: Bool { !hasControls && (isUTF8 && utf8Rest == 0 || isGB18030 && gbSeen == 0) }

    mutating func take(_ byte: UInt8) {
        if byte < 0x20 && !(0x09...0x0D).contains(byte) || byte == 0x7F { hasControls = true }
        if isUTF8 { takeUTF8(byte) }
        if isGB18030 { takeGB18030(byte) }
    }

    private mutating func takeUTF8(_ byte: UInt8) {
        if utf8Rest > 0 {
            isUTF8 = utf8Next.contains(byte)
            utf8Next = 0x80...0xBF
            utf8Rest -= 1
            return
        }
        switch byte {
        case 0x00...0x7F: return
        case 0xC2...0xDF: utf8Rest = 1
        case 0xE0: (utf8Rest, utf8Next) = (2, 0xA0...0xBF)
        case 0xED: (utf8Rest, utf8Next) = (2, 0x80...0x9F)
        case 0xE1...0xEF: utf8Rest = 2
        case 0xF0: (utf8Rest, utf8Next) = (3, 0x90...0xBF)
        case 0xF4: (utf8Rest, utf8Next) = (3, 0x80...0x8F)
        case 0xF1...0xF3: utf8Rest = 3
        default: isUTF8 = false
        }
    }

    /// One byte below 0x80; two of 81–FE and 40–7E or 80–FE; four of 81–FE, 30–39, 81–FE, 30–39.
    private mutating func takeGB18030(_ byte: UInt8) {
        switch gbSeen {
        case 0:
            if (0x81...0xFE).contains(byte) { gbSeen = 1 } else { isGB18030 = byte < 0x80 }
        case 1:
            if (0x30...0x39).contains(byte) {
                gbSeen = 2
            } else {
                gbSeen = 0
                isGB18030 = (0x40...0xFE).contains(byte) && byte != 0x7F
            }
        case 2:
            gbSeen = 3
            isGB18030 = (0x81...0xFE).contains(byte)
        default:
            gbSeen = 0
            isGB18030 = (0x30...0x39).contains(byte)
        }
    }
}
