import Crypto
import Vocabulary

/// A key of 256 random bits that opens what its owner may open. Shown once, kept nowhere but as its ``digest``.
///
///     let token = Secret(.token, .system)
///     token.text      // "jlt_" + 43 characters of base64url + 6 of checksum
///     token.digest    // what the database keeps, and finds the owner by
///     let typed = try Secret(.token, reading: header)
///
/// The prefix lets scanners of published code recognise a leaked one, and keeps one kind from being taken for another;
/// the checksum tells a typing error before anything is looked up. Printing or logging the value shows its kind alone.
public struct Secret: Sendable {
    /// What a key is for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The key of a session, in a cookie: nobody types it, so it has neither prefix nor checksum.
        case session
        /// The key of a program.
        case token
        /// What a link of an invitation ends with.
        case invitation
        /// What a link to set up or recover an account ends with.
        case setUp = "set-up"

        /// What the text begins with.
        public var prefix: String {
            switch self {
            case .session: ""
            case .token: "jlt_"
            case .invitation: "jli_"
            case .setUp: "jls_"
            }
        }

        private var isLink: Bool { self == .invitation || self == .setUp }

        fileprivate var malformed: AccessFault {
            AccessFault(self == .session ? .sessionMalformed : isLink ? .linkMalformed : .tokenMalformed)
        }

        fileprivate var mistyped: AccessFault { AccessFault(isLink ? .linkMistyped : .tokenMistyped) }
    }

    public let kind: Kind
    /// The key itself. Goes to its owner, into a cookie or a link, and nowhere else.
    public let text: String

    /// Makes a new key.
    public init(_ kind: Kind, _ random: RandomSource) {
        self.kind = kind
        let body = kind.prefix + DataEncoding.base64url.text(random.bytes(32))
        text = body + Self.checksum(body, kind)
    }

    /// Reads a key.
    /// - Throws: ``AccessFault`` if it has not the form of its kind, or if its checksum says that it was not copied
    ///   rightly. That it is in use, only the database knows.
    public init(_ kind: Kind, reading text: String) throws(AccessFault) {
        let checksumLength = kind == .session ? 0 : 6
        // The length first, so that nothing long is looked at.
        guard text.utf8.count == kind.prefix.utf8.count + 43 + checksumLength, text.hasPrefix(kind.prefix) else {
            throw kind.malformed
        }
        let body = String(text.dropLast(checksumLength))
        guard DataEncoding.base64url.bytes(body.dropFirst(kind.prefix.count)) != nil else { throw kind.malformed }
        guard text == body + Self.checksum(body, kind) else { throw kind.mistyped }
        self.kind = kind
        self.text = text
    }

    /// What is kept: SHA-256 of the whole text.
    public var digest: SecretDigest { SecretDigest(of: text) }

    /// The first 36 bits of SHA-256 over a label and the rest, as six characters.
    private static func checksum(_ body: String, _ kind: Kind) -> String {
        guard kind != .session else { return "" }
        let digest = SHA256.hash(data: Array("checksum:\(body)".utf8))
        return String(DataEncoding.base64url.text(digest).prefix(6))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind alone, so that no log ever holds a key.
    public var description: String { "Secret(\(kind.rawValue))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["kind": kind]) }
}
