import Crypto
import Foundation

/// Seals what the platform itself has to read again, such as the secret of an authenticator app: AES-256-GCM (NIST SP 800-38D) under the
/// key of the installation, which lies beside the database and not in it.
public struct Seal: Sendable {
    private let key: SymmetricKey

    public init(_ key: SymmetricKey) { self.key = key }

    /// Seals bytes for one owner: sealed bytes that are moved to another owner's row cannot be opened there.
    public func seal(_ bytes: [UInt8], for owner: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(owner.utf8))
        // Only a nonce of another length than 12 bytes has no combined form.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(combined)
    }

    /// Opens what was sealed for an owner.
    /// - Throws: `CryptoKitError` if it was sealed with another key, for another owner, or was damaged.
    public func open(_ sealed: [UInt8], for owner: String) throws -> [UInt8] {
        Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: Data(owner.utf8)))
    }
}
