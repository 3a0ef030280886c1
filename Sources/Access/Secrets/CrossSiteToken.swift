import Crypto
import Vocabulary

/// The hidden field by which a form shows that it came from our own page and not from somebody else's (cross-site request
/// forgery). It is made from the key of the session, so nothing has to be kept.
///
/// On every page it is masked with fresh random bytes: else whoever can put words of his own on a compressed page could
/// read it off the page's length, letter by letter (BREACH).
public struct CrossSiteToken: Sendable {
    private let code: [UInt8]

    /// The token of a session, from the key in its cookie.
    public init(session: Secret) {
        let key = SymmetricKey(data: Array(session.text.utf8))
        code = Array(HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: key))
    }

    /// A text for one page: 32 random bytes and the code under them, in base64url.
    public func text(_ random: RandomSource) -> String {
        let mask = random.bytes(code.count)
        return DataEncoding.base64url.text(mask + zip(mask, code).map { $0 ^ $1 })
    }

    /// Checks what a form sent.
    /// - Throws: ``AccessFault`` if it is missing or of another session: the person had signed out, or the page is not ours.
    public func check(_ text: String?) throws(AccessFault) {
        guard let text, text.utf8.count == 86, let bytes = DataEncoding.base64url.bytes(text),
            bytes.count == 2 * code.count,
            ConstantTime.equal(zip(bytes.prefix(code.count), bytes.suffix(code.count)).map { $0 ^ $1 }, code)
        else { throw AccessFault(.formStale) }
    }
}
