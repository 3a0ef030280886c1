import HTTPTypes
import Hummingbird

/// Reads a multipart form from a request as it arrives; memory stays bounded however large a file is.
///
///     var form = try MultipartReader(request)
///     let fields = try await form.read { part, bytes in
///         // a file: `bytes` are the next ones, nil at its end
///     }
///     fields["period"]
public struct MultipartReader {
    /// The media type of a form with files.
    public static let mediaType = "multipart/form-data"

    private var parser: MultipartParser
    private var body: RequestBody.AsyncIterator
    private var events: ArraySlice<MultipartEvent> = []
    private var isOver = false
    private let limits: WebSettings

    /// - Throws: ``Problem`` 415 for another media type, 400 for a missing or impossible boundary.
    public init(_ request: Request, limits: WebSettings = WebSettings()) throws(Problem) {
        guard let type = MediaTypeText(request.headers[.contentType]), type.essence == Self.mediaType else {
            throw Problem.unsupportedMedia(accepted: [Self.mediaType])
        }
        parser = try MultipartParser(boundary: type.parameters["boundary"] ?? "")
        body = request.body.makeAsyncIterator()
        self.limits = limits
    }

    /// The next event; nil at the end of the form.
    /// - Throws: ``Problem`` 400 for what is no multipart form, 413 above the limit of the route.
    public mutating func next() async throws -> MultipartEvent? {
        while true {
            if let event = events.popFirst() { return event }
            if isOver { return nil }
            if let chunk = try await body.next() {
                events = try parser.feed(chunk.readableBytesView)[...]
            } else {
                isOver = true
                try parser.finish()
            }
        }
    }

    /// Reads the whole form: fields are gathered, files handed on piece by piece.
    /// - Parameter file: Called with each piece of each file, and with nil at its end.
    /// - Throws: ``Problem`` 413 for a field that is too long or too many of them, what ``next()`` throws, and what `file` throws.
    public mutating func read(
        file: (MultipartPart, [UInt8]?) async throws -> Void
    ) async throws -> FormFields {
        var fields = FormFields()
        var current: MultipartPart?
        var value: [UInt8] = []
        while let event = try await next() {
            switch event {
            case .part(let part): (current, value) = (part, [])
            case .bytes(let bytes):
                guard let part = current else { continue }
                if part.fileName != nil {
                    try await file(part, bytes)
                } else {
                    value += bytes
                    guard value.count <= limits.formFieldBytes else {
                        throw Problem(413, .formFieldTooLong, ["limit": String(limits.formFieldBytes)])
                    }
                }
            case .partEnd:
                guard let part = current else { continue }
                if part.fileName != nil {
                    try await file(part, nil)
                } else {
                    fields.append(part.name, try FormFields.checked(value))
                }
                guard fields.all.count <= limits.formFields else {
                    throw Problem(413, .formTooManyFields, ["limit": String(limits.formFields)])
                }
                current = nil
            }
        }
        return fields
    }
}
