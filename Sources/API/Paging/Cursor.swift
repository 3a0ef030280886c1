import Crypto
import Vocabulary
import Web

/// A place in a sorted list: behind the item with this sort key and id.
public struct Cursor: Sendable, Hashable {
    /// What the list is sorted by, as text.
    public let sortKey: String
    /// Decides among equal sort keys.
    public let id: String

    public init(sortKey: String, id: String) {
        self.sortKey = sortKey
        self.id = id
    }
}

/// Cursors as clients see them: opaque, bound to one list with its filters, and not to be forged.
public struct CursorSeal: Sendable {
    /// Longer texts are no cursor of ours.
    public static let mostCharacters = 1024
    /// Bytes of a sort key and an id together; a list sorted by longer texts must shorten them.
    public static let mostBytes = 600

    private let key: SymmetricKey

    /// - Parameter key: A secret of at least 32 bytes that stays the same while clients turn pages.
    public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// Writes a cursor; nil where its texts are too long.
    /// - Parameter list: Names the list and its filters.
    public func seal(_ cursor: Cursor, list: String) -> String? {
        let (sort, id) = (Array(cursor.sortKey.utf8), Array(cursor.id.utf8))
        guard sort.count + id.count <= Self.mostBytes else { return nil }
        let payload = [UInt8(sort.count >> 8), UInt8(sort.count & 255)] + sort + id
        return Base64URL.encode(code(payload, list) + payload)
    }

    /// Reads a cursor.
    /// - Throws: ``Problem`` 422 for one that is not ours, or of another list.
    public func open(_ text: String, list: String) throws(Problem) -> Cursor {
        let fault = Problem.invalid([FieldFault("cursor", Message(.badCursor))])
        guard text.utf8.count <= Self.mostCharacters, let bytes = Base64URL.decode(text), bytes.count >= 18 else {
            throw fault
        }
        let payload = Array(bytes[16...])
        // HMAC's own comparison takes the same time wherever the codes differ; ours is cut, so both are hashed once more.
        guard SHA256.hash(data: code(payload, list)) == SHA256.hash(data: bytes[..<16]) else { throw fault }
        let count = Int(payload[0]) << 8 | Int(payload[1])
        guard payload.count >= 2 + count, let sort = String(validating: payload[2..<(2 + count)], as: UTF8.self),
            let id = String(validating: payload[(2 + count)...], as: UTF8.self)
        else { throw fault }
        return Cursor(sortKey: sort, id: id)
    }

    private func code(_ payload: [UInt8], _ list: String) -> [UInt8] {
        let name = Array(list.utf8)
        var length: [UInt8] = []
        for shift in stride(from: 24, through: 0, by: -8) {
            length.append(UInt8(truncatingIfNeeded: name.count >> shift))
        }
        return Array(HMAC<SHA256>.authenticationCode(for: length + name + payload, using: key).prefix(16))
    }
}

/// Base 64 with the alphabet for URLs, without padding (RFC 4648, 5).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                digits.append(alphabet[buffer >> bits & 63])
            }
        }
        if bits > 0 { digits.append(alphabet[buffer << (6 - bits) & 63]) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nil for other characters, and for bits left over that are not zero: one text for one value.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for digit in text.utf8 {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            buffer = (buffer << 6 | value) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
            }
        }
        guard bits < 6, buffer & ((1 << bits) - 1) == 0 else { return nil }
        return bytes
    }
}
