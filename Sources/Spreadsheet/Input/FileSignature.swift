/// What the first bytes of an input say that it is; its name is never asked.
enum FileSignature: Equatable {
    case text
    case zip
    case oldBinaryWorkbook
    case pdf
    case html
    case xml
    case gzip
    case archive
    case empty

    /// Recognises an input by its beginning; `isWhole` says that there is nothing after the prefix.
    init(of prefix: Span<UInt8>, isWhole: Bool) {
        if prefix.starts(with: [0x50, 0x4B, 0x03, 0x04]) || prefix.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .zip
        } else if prefix.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .oldBinaryWorkbook
        } else if prefix.starts(with: Array("%PDF-".utf8)) {
            self = .pdf
        } else if prefix.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if prefix.starts(with: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07])
            || prefix.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
        {
            self = .archive
        } else {
            self = Self.textKind(of: prefix, isWhole: isWhole)
        }
    }

    /// The fault that such an input leads to, nil if it can be read.
    func fault(path: String) -> SpreadsheetFault? {
        let code: SpreadsheetFault.Code
        switch self {
        case .text, .zip: return nil
        case .oldBinaryWorkbook: code = .inputOldBinaryWorkbook
        case .pdf: code = .inputPDF
        case .html: code = .inputHTML
        case .xml: code = .inputXML
        case .gzip: code = .inputGzip
        case .archive: code = .inputArchive
        case .empty: code = .inputEmpty
        }
        return SpreadsheetFault(code, ["path": path])
    }

    private static func textKind(of prefix: Span<UInt8>, isWhole: Bool) -> FileSignature {
        let markLength = TextEncoding.byteOrderMark(of: prefix)?.length ?? 0
        // The markup of a web page is ASCII, so that leaving out the NUL bytes makes UTF-16 readable as well.
        var start: [UInt8] = []
        var offset = markLength
        while offset < prefix.count, start.count < 16 {
            let byte = prefix[offset]
            offset += 1
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            if byte == 0 || (start.isEmpty && isBlank) { continue }
            start.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
        if start.isEmpty { return isWhole && hasOnlyBlanks(prefix, from: markLength) ? .empty : .text }
        let pageStarts = ["<html", "<!doctype html", "<head", "<body", "<table", "<meta", "<style", "<script"]
        if pageStarts.contains(where: { start.starts(with: $0.utf8) }) { return .html }
        return start.starts(with: "<?xml".utf8) ? .xml : .text
    }

    private static func hasOnlyBlanks(_ prefix: Span<UInt8>, from start: Int) -> Bool {
        for offset in start..<max(start, prefix.count) {
            let byte = prefix[offset]
            if byte != 0 && byte != 0x20 && !(0x09...0x0D).contains(byte) { return false }
        }
        return true
    }
}

extension Span where Element == UInt8 {
    func starts(with beginning: [UInt8]) -> Bool {
        guard count >= beginning.count else { return false }
        for (offset, byte) in beginning.enumerated() where self[offset] != byte { return false }
        return true
    }
}
