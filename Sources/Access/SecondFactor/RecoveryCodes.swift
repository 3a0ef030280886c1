import Vocabulary

/// Codes to sign in with when the authenticator is lost, each of them once.
///
/// Ten are shown, once; only their digests are kept. A code has 80 random bits, `k3m9-a4n5-p6q0-7c2d`: too many to be
/// found from its digest, so that the digest need not be slow, and few enough to be copied by hand.
public struct RecoveryCodes: Sendable, Hashable {
    /// How many are made at once.
    public static let count = 10

    /// The digests of those not used yet: what is kept.
    public private(set) var digests: [SecretDigest]

    /// Takes up what was kept.
    public init(digests: [SecretDigest]) { self.digests = digests }

    /// Makes ten new codes.
    /// - Returns: The texts to show now and never again, and what to keep in place of all earlier ones.
    public static func make(_ random: RandomSource) -> (shown: [String], kept: RecoveryCodes) {
        let codes = (0..<count).map { _ in DataEncoding.crockford.text(random.bytes(10)) }
        let shown = codes.map { code in
            let letters = Array(code)
            return stride(from: 0, to: letters.count, by: 4)
                .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: "-")
        }
        return (shown, RecoveryCodes(digests: codes.map { SecretDigest(of: $0) }))
    }

    /// Uses up a code. Keep what is left in the same transaction.
    /// - Parameter typed: What was typed: case, spaces and hyphens do not count, o is 0, i and l are 1.
    /// - Throws: ``AccessFault`` if it is none of those left; nothing is then changed.
    public mutating func redeem(_ typed: String) throws(AccessFault) {
        guard typed.utf8.count <= 64 else { throw AccessFault(.recoveryCodeRefused) }
        let digest = SecretDigest(of: Self.normalised(typed))
        var found: Int?
        // All are compared, so that time does not tell which.
        for (index, kept) in digests.enumerated() where kept == digest { found = index }
        guard let found else { throw AccessFault(.recoveryCodeRefused) }
        digests.remove(at: found)
    }

    private static func normalised(_ typed: String) -> String {
        var text = ""
        for character in typed.lowercased() where character != "-" && character != " " {
            switch character {
            case "o": text.append("0")
            case "i", "l": text.append("1")
            default: text.append(character)
            }
        }
        return text
    }
}
