import Access
import Crypto
import Vocabulary

/// What a form proves: that its page was ours and was made for this session.
public struct FormTokens: Sendable {
    /// The name of the hidden field, which must be the first of a multipart form.
    public static let field = "form_token"
    /// The header in which a script sends the token.
    public static let header = "X-Form-Token"

    /// A token for the viewer's session; nil where there is no session.
    public var issue: @Sendable (Viewer) -> String?
    /// Whether a token was issued for the viewer's session.
    public var accepts: @Sendable (_ token: String, Viewer) -> Bool

    public init(
        issue: @escaping @Sendable (Viewer) -> String?, accepts: @escaping @Sendable (String, Viewer) -> Bool
    ) {
        self.issue = issue
        self.accepts = accepts
    }

    /// Tokens of a secret key: a random mask, then HMAC-SHA-256 over the mask and the session's id. The mask makes each page's
    /// token another one, so that compression of pages gives nothing away (BREACH).
    public static func keyed(_ key: [UInt8], random: RandomSource) -> FormTokens {
        let secret = SymmetricKey(data: key)
        return FormTokens(
            issue: { viewer in
                guard case .session(let session) = viewer.credential else { return nil }
                let mask = random.bytes(16)
                let code = HMAC<SHA256>.authenticationCode(for: mask + Array(session.text.utf8), using: secret)
                return (mask + Array(code)).hexadecimal
            },
            accepts: { token, viewer in
                guard case .session(let session) = viewer.credential, let bytes = HexadecimalBytes.read(token),
                    bytes.count == 48
                else { return false }
                return HMAC<SHA256>.isValidAuthenticationCode(
                    bytes[16...], authenticating: bytes[..<16] + Array(session.text.utf8), using: secret)
            })
    }
}

/// Lower-case hexadecimal digits back to bytes.
enum HexadecimalBytes {
    static func read(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 1024 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
