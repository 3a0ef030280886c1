/// Text in an address or a header: the bytes of its UTF-8 as `%E7` each, but for those that mean themselves (RFC 3986, section 2.1).
///
///     "?back=\(PercentEncoding.encoded("/projects?region=500000"))"    // "?back=%2Fprojects%3Fregion%3D500000"
public enum PercentEncoding {
    /// The unreserved characters (RFC 3986, section 2.3): what may stand anywhere in an address.
    public static let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)

    /// - Parameter plain: The bytes that stay as they are; ASCII.
    public static func encoded(_ text: String, keeping plain: Set<UInt8> = unreserved) -> String {
        var result = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + [byte].hexadecimal.uppercased()
            }
        }
        return result
    }

    /// Fields as the query of an address, as a form would send them.
    public static func query(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }
}
