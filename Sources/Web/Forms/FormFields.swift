import Hummingbird
import Vocabulary

/// The fields of a form, in the order in which they were sent; a name may stand more than once.
public struct FormFields: Sendable, Equatable {
    /// The media type of a form without files.
    public static let mediaType = "application/x-www-form-urlencoded"

    public private(set) var all: [(name: String, value: String)] = []

    public init() {}

    /// The value of the first field of a name; nil where there is none.
    public subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    /// Every value of a name.
    public func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    mutating func append(_ name: String, _ value: String) { all.append((name, value)) }

    public static func == (left: FormFields, right: FormFields) -> Bool {
        left.all.elementsEqual(right.all) { $0 == $1 }
    }

    /// Reads the fields of a request's body.
    /// - Throws: ``Problem`` 415 for another media type, 413 for a body above the limit of the route, 400 for bytes that are no
    ///   form.
    public static func read(
        _ request: inout Request, limits: WebSettings = WebSettings()
    ) async throws -> FormFields {
        guard MediaTypeText(request.headers[.contentType])?.essence == mediaType else {
            throw Problem.unsupportedMedia(accepted: [mediaType])
        }
        return try parse(
            try await BoundedBody.collect(&request), mostFields: limits.formFields, mostBytes: limits.formFieldBytes)
    }

    /// Reads fields as browsers write them (WHATWG URL, application/x-www-form-urlencoded), in forms and in queries.
    /// - Throws: ``Problem`` 400 for a percent sign without two hexadecimal digits, for bytes that are not UTF-8 and for
    ///   control characters; 413 for too many fields or a field that is too long.
    public static func parse(
        _ bytes: some Collection<UInt8>, mostFields: Int, mostBytes: Int
    ) throws(Problem) -> FormFields {
        var form = FormFields()
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard form.all.count < mostFields else {
                throw Problem(413, .formTooManyFields, ["limit": String(mostFields)])
            }
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            let name = try text(pair[..<(equals ?? pair.endIndex)], mostBytes)
            let value = try equals.map { index throws(Problem) in try text(pair[pair.index(after: index)...], mostBytes)
            }
            form.append(name, value ?? "")
        }
        return form
    }

    private static func text(_ encoded: some Collection<UInt8>, _ mostBytes: Int) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var iterator = encoded.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next(), let low = iterator.next(), let value = HexDigits.byte(high, low)
                else {
                    throw Problem(400, .formMalformed)
                }
                bytes.append(value)
            default: bytes.append(byte)
            }
            guard bytes.count <= mostBytes else {
                throw Problem(413, .formFieldTooLong, ["limit": String(mostBytes)])
            }
        }
        return try checked(bytes)
    }

    /// UTF-8 without control characters other than tab and line ends.
    static func checked(_ bytes: [UInt8]) throws(Problem) -> String {
        let isPrintable = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard isPrintable, let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(400, .formMalformed)
        }
        return text
    }
}
