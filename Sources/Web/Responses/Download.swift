import HTTPTypes
import Hummingbird
import Vocabulary

/// The header fields of a file that a visitor takes home.
public enum Download {
    /// A browser saves the file under the name, believes its type, and runs nothing that may stand in it.
    /// - Parameters:
    ///   - fileName: The name to save it under; Chinese names are fine. Separators and control characters are replaced.
    ///   - mediaType: The type of the file.
    public static func headers(fileName: String, mediaType: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentType] = mediaType
        headers[.contentDisposition] = disposition(fileName)
        headers[.xContentTypeOptions] = "nosniff"
        headers[.contentSecurityPolicy] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        return headers
    }

    /// A body that is fetched piece by piece while it goes out, so that a large file is never in memory whole.
    public static func body(
        bytes: Int, pieces: Int, piece: @escaping @Sendable (_ position: Int) async throws -> [UInt8]
    ) -> ResponseBody {
        ResponseBody(contentLength: bytes) { writer in
            for position in 0..<pieces { try await writer.write(ByteBuffer(bytes: piece(position))) }
            try await writer.finish(nil)
        }
    }

    /// `attachment` with the name twice: in ASCII for old browsers, and as RFC 8187 has it (RFC 6266, 4.3).
    static func disposition(_ fileName: String) -> String {
        let safe = sanitised(fileName)
        let ascii = String(
            decoding: safe.unicodeScalars.map { scalar in
                scalar.isASCII && scalar != "%" ? UInt8(truncatingIfNeeded: scalar.value) : UInt8(ascii: "_")
            }, as: UTF8.self)
        guard safe != ascii else { return "attachment; filename=\"\(ascii)\"" }
        let extended = PercentEncoding.encoded(safe, keeping: attributeCharacters)
        return "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(extended)"
    }

    /// A name without what means something to a file system, a header or a reader's eye, and not too long.
    private static func sanitised(_ name: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(120) {
            let isHidden =
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x200B...0x200F).contains(scalar.value)
                || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                || scalar.value == 0xFEFF
            result.append(isHidden || "\\/:*?\"<>|;".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        while result.first == "." { result.removeFirst() }
        return result.isEmpty ? "download" : String(result)
    }

    /// `attr-char` of RFC 8187, 3.2.1.
    private static let attributeCharacters: Set<UInt8> = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~".utf8)
}
