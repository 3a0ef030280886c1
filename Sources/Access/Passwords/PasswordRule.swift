import Vocabulary

/// Which passwords are good enough, after NIST SP 800-63B, section 3.1.1.2: length counts, and not being the first that
/// anybody would guess. Digits, capitals or signs are not asked for, and no password expires.
public struct PasswordRule: Sendable {
    /// The fewest characters (Unicode scalars).
    public static let minimum = 10
    /// The most characters: 256 scalars never exceed the 1,024 bytes that are hashed.
    public static let maximum = 256

    private let common: Set<String>

    /// - Parameter common: The commonest passwords in lower case: Library/access/common-passwords.txt.
    public init(common: Set<String>) { self.common = common }

    /// Reads a list of common passwords: one a line; lines that begin with `# ` say where it is from.
    public static func common(in list: String) -> Set<String> {
        var words: Set<String> = []
        for line in list.split(whereSeparator: \.isNewline) where !line.hasPrefix("# ") {
            words.insert(line.lowercased())
        }
        return words
    }

    /// What is wrong with a new password: nothing if empty, else all that can be told at once.
    /// - Parameters:
    ///   - email: The address under which the person signs in; what stands before @ must not be in the password.
    ///   - organisations: The names of the person's organisations, in any language, which must not be in it either.
    public func faults(in password: String, email: String, organisations: [String]) -> [AccessFault] {
        let text: String
        do throws(AccessFault) { text = try PasswordText(password).text } catch { return [error] }
        let count = text.unicodeScalars.count
        var faults: [AccessFault] = []
        if count < Self.minimum {
            faults.append(
                AccessFault(.passwordTooShort, ["minimum": String(Self.minimum), "count": String(count)]))
        }
        if count > Self.maximum {
            faults.append(AccessFault(.passwordTooLong, ["maximum": String(Self.maximum)]))
        }
        let lowered = text.lowercased()
        if isCommon(lowered) { faults.append(AccessFault(.passwordCommon)) }
        let folded = Self.folded(lowered)
        if Self.contains(folded, String(email.prefix { $0 != "@" })) {
            faults.append(AccessFault(.passwordContainsEmail))
        }
        if organisations.contains(where: { Self.contains(folded, $0) }) {
            faults.append(AccessFault(.passwordContainsOrganisation))
        }
        return faults
    }

    /// A common password, one with digits or signs put around it, or one that a pattern tells in a few characters.
    private func isCommon(_ lowered: String) -> Bool {
        let scalars = Array(lowered.unicodeScalars)
        let inner = Self.trimmed(scalars) { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        let letters = Self.trimmed(scalars) { $0.properties.isAlphabetic }
        return common.contains(lowered) || common.contains(inner) || common.contains(letters)
            || Self.isPattern(scalars)
    }

    private static func trimmed(
        _ scalars: [Unicode.Scalar], to isKept: (Unicode.Scalar) -> Bool
    ) -> String {
        guard let first = scalars.firstIndex(where: isKept), let last = scalars.lastIndex(where: isKept) else {
            return ""
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[first...last])
        return String(text)
    }

    /// `aaaaaaaaaa`, `abcabcabcabc`, `zyxwvutsrq`: one to four characters repeated, or each the next one or each the one
    /// before.
    private static func isPattern(_ scalars: [Unicode.Scalar]) -> Bool {
        for period in 1...4 where scalars.count > period {
            if zip(scalars, scalars.dropFirst(period)).allSatisfy({ $0 == $1 }) { return true }
        }
        let steps = Set(zip(scalars, scalars.dropFirst()).map { Int64($1.value) - Int64($0.value) })
        return steps == [1] || steps == [-1]
    }

    /// Whether a folded text holds a name. A name of fewer than four bytes (three Latin letters, one Han character) is in
    /// too many words to be asked for.
    private static func contains(_ folded: String, _ name: String) -> Bool {
        let part = Self.folded(name.lowercased())
        guard part.utf8.count >= 4 else { return false }
        return folded.contains(part)
    }

    /// Letters and digits alone, so that `zhang.wei` is found in `ZhangWei-2026`.
    private static func folded(_ lowered: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in lowered.unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            kept.append(scalar)
        }
        return String(kept)
    }
}
