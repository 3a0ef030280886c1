import CExpat

/// Follows the elements of an XML document.
protocol XMLEventHandler: AnyObject {
    func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault)

    /// Says whether reading may go on at once or is to pause here.
    func endElement(_ name: XMLName) throws(SpreadsheetFault) -> XMLContinuation

    func text(_ bytes: UnsafeRawBufferPointer) throws(SpreadsheetFault)
}

/// What to do after an element has ended.
enum XMLContinuation {
    case proceed
    case pause
}

/// Parses one XML part of a workbook as a stream, in bounded memory and depth and without document types.
///
/// Document types are where entities are declared, so that refusing them rules out entity expansion and external
/// entities altogether.
final class XMLStream {
    enum Progress {
        case paused
        case advanced
        case finished
    }

    private let parser: XML_Parser
    private let entry: ZIPEntryReader
    private let path: String
    private let part: String
    private let handler: any XMLEventHandler

    private var depth = 0
    private var fault: SpreadsheetFault?
    private var isPaused = false
    private var hasRead = false
    private var bytesFed = 0
    private var bytesFedAtLastEvent = 0

    private static let depthLimit = 100
    private static let tokenByteLimit = 4 << 20
    private static let chunkLength: Int32 = 1 << 16

    init(
        part: String, path: String, entry: ZIPEntryReader, handler: any XMLEventHandler
    ) throws(SpreadsheetFault) {
        guard let parser = XML_ParserCreate(nil) else {
            throw SpreadsheetFault(.xmlMalformed, ["path": path, "part": part, "line": "1", "column": "1"])
        }
        self.parser = parser
        self.entry = entry
        self.path = path
        self.part = part
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { context, name, attributes in
                XMLStream.stream(of: context)?.start(name, attributes)
            },
            { context, name in
                XMLStream.stream(of: context)?.end(name)
            })
        XML_SetCharacterDataHandler(parser) { context, bytes, count in
            XMLStream.stream(of: context)?.text(bytes, count)
        }
        XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            guard let stream = XMLStream.stream(of: context) else { return }
            stream.stop(SpreadsheetFault(.xmlDoctypeRefused, ["path": stream.path, "part": stream.part]))
        }
    }

    deinit {
        XML_ParserFree(parser)
    }

    /// Parses the next piece: until the handler asks for a pause, or to the end of what has been read.
    func advance() throws(SpreadsheetFault) -> Progress {
        let status: XML_Status
        if isPaused {
            isPaused = false
            status = XML_ResumeParser(parser)
        } else {
            guard let buffer = XML_GetBuffer(parser, Self.chunkLength) else { throw tokenTooLong }
            let room = UnsafeMutableRawBufferPointer(start: buffer, count: Int(Self.chunkLength))
            let count = try entry.read(into: room)
            hasRead = count == 0
            bytesFed += count
            status = XML_ParseBuffer(parser, Int32(count), hasRead ? 1 : 0)
        }
        if let fault { throw fault }
        switch status {
        case XML_STATUS_SUSPENDED:
            isPaused = true
            return .paused
        case XML_STATUS_OK:
            // A token that goes on and on would be kept in memory until its end.
            guard bytesFed - bytesFedAtLastEvent <= Self.tokenByteLimit else { throw tokenTooLong }
            return hasRead ? .finished : .advanced
        default:
            let line = String(XML_GetCurrentLineNumber(parser))
            let column = String(XML_GetCurrentColumnNumber(parser) + 1)
            let facts = ["path": path, "part": part, "line": line, "column": column]
            throw SpreadsheetFault(.xmlMalformed, facts)
        }
    }

    /// Parses to the end, whatever pauses the handler asks for.
    func parseAll() throws(SpreadsheetFault) {
        while try advance() != .finished {}
    }

    private var tokenTooLong: SpreadsheetFault {
        SpreadsheetFault(.xmlTokenTooLong, ["path": path, "part": part, "limit": String(Self.tokenByteLimit)])
    }

    @inline(__always)
    private static func stream(of context: UnsafeMutableRawPointer?) -> XMLStream? {
        guard let context else { return nil }
        return Unmanaged<XMLStream>.fromOpaque(context).takeUnretainedValue()
    }

    private func stop(_ reason: SpreadsheetFault) {
        if fault == nil { fault = reason }
        _ = XML_StopParser(parser, 0)
    }

    private func start(
        _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        // Some events still arrive after the parser has been stopped.
        guard fault == nil, let name else { return }
        bytesFedAtLastEvent = bytesFed
        depth += 1
        guard depth <= Self.depthLimit else {
            let facts = ["path": path, "part": part, "limit": String(Self.depthLimit)]
            return stop(SpreadsheetFault(.xmlTooDeep, facts))
        }
        do throws(SpreadsheetFault) {
            try handler.startElement(XMLName(qualified: name), XMLAttributes(list: attributes))
        } catch {
            stop(error)
        }
    }

    private func end(_ name: UnsafePointer<CChar>?) {
        guard fault == nil, let name else { return }
        bytesFedAtLastEvent = bytesFed
        depth -= 1
        do throws(SpreadsheetFault) {
            if try handler.endElement(XMLName(qualified: name)) == .pause { _ = XML_StopParser(parser, 1) }
        } catch {
            stop(error)
        }
    }

    private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int32) {
        guard fault == nil else { return }
        bytesFedAtLastEvent = bytesFed
        do throws(SpreadsheetFault) {
            try handler.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        } catch {
            stop(error)
        }
    }
}
