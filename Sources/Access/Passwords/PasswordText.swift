import Foundation

/// A password as it is compared: what one keyboard composes and another does not is the same.
///
/// The profile OpaqueString of RFC 8265, section 4.2: any space is a space, and accents are composed (NFC). Nothing is
/// trimmed, and case counts.
struct PasswordText {
    /// The most bytes that are looked at, so that nobody keeps a core busy with a password of megabytes.
    static let byteLimit = 1024

    let text: String

    /// Prepares a password.
    /// - Throws: ``AccessFault`` if it is empty or has more than 1,024 bytes of UTF-8.
    init(_ password: String) throws(AccessFault) {
        guard !password.isEmpty else { throw AccessFault(.passwordEmpty) }
        let tooLong = AccessFault(.passwordTooLong, ["maximum": String(PasswordRule.maximum)])
        guard password.utf8.count <= Self.byteLimit else { throw tooLong }
        var spaced = String.UnicodeScalarView()
        for scalar in password.unicodeScalars {
            spaced.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        // Foundation on Linux drops accents beyond some thirty on one letter, which nobody types.
        text = String(spaced).precomposedStringWithCanonicalMapping
        // Some characters are taken apart by NFC, so the limit is looked at once more.
        guard text.utf8.count <= Self.byteLimit else { throw tooLong }
    }
}
