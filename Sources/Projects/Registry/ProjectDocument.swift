import Standards

/// A document on file: an approval, a report, a photograph. The bytes lie elsewhere, under their digest.
public struct ProjectDocument: Sendable, Hashable {
    /// SHA-256 of the content in 64 lower-case hexadecimal digits; it names the document.
    public let digest: String
    public var fileName: String
    /// The media type (RFC 6838), such as `application/pdf`.
    public var mediaType: String
    /// The size of the content in bytes.
    public var byteCount: Int64
    /// The facts that it proves.
    public var proves: Set<FactID>

    public init(digest: String, fileName: String, mediaType: String, byteCount: Int64, proves: Set<FactID> = []) {
        self.digest = digest
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.proves = proves
    }
}
