import Vocabulary

/// Why a password, a code, a key or a form is not taken. Says never more than the person already knows.
public struct AccessFault: Error, Sendable, Hashable {
    /// The keys of the phrases. A key never changes its meaning.
    public enum Code: String, Sendable, CaseIterable {
        case passwordEmpty = "password.empty"
        case passwordTooShort = "password.too-short"
        case passwordTooLong = "password.too-long"
        case passwordCommon = "password.common"
        case passwordContainsEmail = "password.contains-email"
        case passwordContainsOrganisation = "password.contains-organisation"
        case passwordNotHashed = "password.not-hashed"
        case signInWait = "sign-in.wait"
        case secondFactorMalformed = "second-factor.malformed"
        case secondFactorRefused = "second-factor.refused"
        case recoveryCodeRefused = "second-factor.recovery-refused"
        case sessionMalformed = "secret.session-malformed"
        case tokenMalformed = "secret.token-malformed"
        case tokenMistyped = "secret.token-mistyped"
        case linkMalformed = "secret.link-malformed"
        case linkMistyped = "secret.link-mistyped"
        case formStale = "form.stale"
    }

    public let code: Code
    /// Values for the placeholders of the phrase.
    public let arguments: [String: String]

    init(_ code: Code, _ arguments: [String: String] = [:]) {
        self.code = code
        self.arguments = arguments
    }

    /// The fault as a message for a phrase catalogue.
    public var message: Message { Message(key: code.rawValue, arguments: arguments) }
}
