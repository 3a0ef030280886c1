/// One part of a multipart form as its head tells it (RFC 7578, 4.2).
public struct MultipartPart: Sendable, Equatable {
    /// The field's name.
    public let name: String
    /// The name of the file on the sender's side, without folders; nil for a field that is no file. Never to be used as a path.
    public let fileName: String?
    /// The media type that the sender claims; nil where none is told.
    public let mediaType: String?
}

/// What comes out of a multipart form, in order: a part, its bytes in pieces, its end.
public enum MultipartEvent: Sendable, Equatable {
    case part(MultipartPart)
    case bytes([UInt8])
    case partEnd
}

/// Splits a multipart body (RFC 2046, 5.1.1; RFC 7578) as its bytes arrive, and keeps no more than a part's head or a
/// delimiter of them.
struct MultipartParser {
    private enum State { case preamble, delimiter, head, body, epilogue }

    static let mostHeadBytes = 8192
    static let mostParts = 1000
    private static let mostPreambleBytes = 1024

    private let delimiter: [UInt8]
    private var state = State.preamble
    /// Bytes that are not decided yet. The first delimiter needs no line end before it, so one is put there.
    private var pending: [UInt8] = [13, 10]
    private var preambleBytes = 0
    private var parts = 0

    /// - Throws: ``Problem`` 400 for a boundary that cannot be one (RFC 2046: 1 to 70 characters).
    init(boundary: String) throws(Problem) {
        let bytes = Array(boundary.utf8)
        guard (1...70).contains(bytes.count), bytes.last != 0x20,
            bytes.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw Self.malformed }
        delimiter = [13, 10, 45, 45] + bytes
    }

    private static let malformed = Problem(400, .multipartMalformed)

    /// Takes bytes in and gives out what they complete.
    /// - Throws: ``Problem`` 400 for what is no multipart form; 413 for too many parts.
    mutating func feed(_ bytes: some Collection<UInt8>) throws(Problem) -> [MultipartEvent] {
        pending.append(contentsOf: bytes)
        var events: [MultipartEvent] = []
        var start = 0
        while try step(&start, &events) {}
        pending.removeFirst(start)
        return events
    }

    /// Says that no more bytes come.
    /// - Throws: ``Problem`` 400 if the closing delimiter is missing.
    func finish() throws(Problem) {
        guard case .epilogue = state else { throw Self.malformed }
    }

    /// Goes on by one state; false when more bytes are needed.
    private mutating func step(_ start: inout Int, _ events: inout [MultipartEvent]) throws(Problem) -> Bool {
        switch state {
        case .preamble:
            if let found = find(delimiter, from: start) {
                start = found + delimiter.count
                state = .delimiter
                return true
            }
            let kept = max(start, pending.count - delimiter.count + 1)
            preambleBytes += kept - start
            start = kept
            guard preambleBytes <= Self.mostPreambleBytes else { throw Self.malformed }
            return false
        case .delimiter: return try stepPastDelimiter(&start)
        case .head:
            // A head without a line would let the body speak for it.
            if pending.count - start >= 2, pending[start] == 13, pending[start + 1] == 10 { throw Self.malformed }
            guard let end = find([13, 10, 13, 10], from: start) else {
                guard pending.count - start <= Self.mostHeadBytes else { throw Self.malformed }
                return false
            }
            guard end - start <= Self.mostHeadBytes else { throw Self.malformed }
            events.append(.part(try MultipartHead.read(pending[start..<end])))
            parts += 1
            guard parts <= Self.mostParts else {
                throw Problem(413, .formTooManyFields, ["limit": String(Self.mostParts)])
            }
            // The line end of the head may be the one of a delimiter: then the part is empty.
            start = end + 2
            state = .body
            isAtBodyStart = true
            return true
        case .body: return stepInBody(&start, &events)
        case .epilogue:
            start = pending.count
            return false
        }
    }

    private var isAtBodyStart = false

    private mutating func stepInBody(_ start: inout Int, _ events: inout [MultipartEvent]) -> Bool {
        let found = find(delimiter, from: start)
        if isAtBodyStart {
            // `start` is at the line end that closes the head.
            if found == start {
                events.append(.partEnd)
                start += delimiter.count
                (state, isAtBodyStart) = (.delimiter, false)
                return true
            }
            guard found != nil || pending.count - start >= delimiter.count else { return false }
            start += 2
            isAtBodyStart = false
        }
        let end = found ?? max(start, pending.count - delimiter.count + 1)
        if end > start { events.append(.bytes(Array(pending[start..<end]))) }
        start = end
        guard found != nil else { return false }
        events.append(.partEnd)
        start += delimiter.count
        state = .delimiter
        return true
    }

    /// Behind a delimiter stand two hyphens, which close the form, or padding and a line end.
    private mutating func stepPastDelimiter(_ start: inout Int) throws(Problem) -> Bool {
        guard pending.count - start >= 2 else { return false }
        if pending[start] == 45 && pending[start + 1] == 45 {
            start += 2
            state = .epilogue
            return true
        }
        var index = start
        while index < pending.count, pending[index] == 0x20 || pending[index] == 0x09 { index += 1 }
        guard index - start <= 64 else { throw Self.malformed }
        guard pending.count - index >= 2 else { return false }
        guard pending[index] == 13, pending[index + 1] == 10 else { throw Self.malformed }
        start = index + 2
        state = .head
        return true
    }

    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        guard pending.count - start >= wanted.count else { return nil }
        return pending.withUnsafeBufferPointer { bytes in
            let last = bytes.count - wanted.count
            var index = start
            while index <= last {
                if bytes[index] == wanted[0] && wanted.indices.allSatisfy({ bytes[index + $0] == wanted[$0] }) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}

/// The head of a part.
enum MultipartHead {
    /// - Throws: ``Problem`` 400 for a head that is not UTF-8, has no form-data disposition or no name.
    static func read(_ bytes: ArraySlice<UInt8>) throws(Problem) -> MultipartPart {
        let malformed = Problem(400, .multipartMalformed)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed }
        var disposition: String?
        var mediaType: String?
        // A line end is one Character in Swift, so lines are split by it, never by its halves.
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw malformed }
            guard line.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }) else {
                throw malformed
            }
            let value = String(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": mediaType = MediaTypeText(value)?.essence
            default: break
            }
        }
        guard let disposition else { throw malformed }
        let fields = HeaderParameters.split(disposition)
        let parameters = HeaderParameters.pairs(fields.dropFirst())
        guard fields.first?.lowercased() == "form-data", let name = parameters["name"], name.utf8.count <= 256 else {
            throw malformed
        }
        return MultipartPart(
            name: unescaped(name), fileName: parameters["filename"].map { lastComponent(unescaped($0)) },
            mediaType: mediaType)
    }

    /// Browsers write quotes and line ends of names as percent escapes and nothing else (WHATWG HTML, 4.10.21.8).
    private static func unescaped(_ text: String) -> String {
        text.split(separator: "%22", omittingEmptySubsequences: false).joined(separator: "\"")
    }

    /// Some senders tell the whole path of the file, with either slash.
    private static func lastComponent(_ text: String) -> String {
        String(text.suffix(while: { $0 != "/" && $0 != "\\" }).prefix(255))
    }
}

extension String {
    /// The longest end of the text of which every character passes.
    fileprivate func suffix(while passes: (Character) -> Bool) -> Substring {
        var index = endIndex
        while index > startIndex, passes(self[self.index(before: index)]) { index = self.index(before: index) }
        return self[index...]
    }
}
