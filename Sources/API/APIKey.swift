import Vocabulary
import Web

/// The keys of what the API says.
enum APIKey: String, CaseIterable {
    case required = "api.required"
    case unknownMember = "api.unknown-member"
    case notText = "api.not-text"
    case notInteger = "api.not-integer"
    case notNumber = "api.not-number"
    case notBoolean = "api.not-boolean"
    case notArray = "api.not-array"
    case notObject = "api.not-object"
    case tooShort = "api.too-short"
    case tooLong = "api.too-long"
    case tooSmall = "api.too-small"
    case tooLarge = "api.too-large"
    case tooFew = "api.too-few"
    case tooMany = "api.too-many"
    case notOfKind = "api.not-of-kind"
    case sessionOnly = "api.session-only"
    case notOneOf = "api.not-one-of"
    case notADate = "api.not-a-date"
    case notAMoment = "api.not-a-moment"
    case notAnID = "api.not-an-id"
    case notMoney = "api.not-money"
    case missingParameter = "api.missing-parameter"
    case unknownParameter = "api.unknown-parameter"
    case repeatedParameter = "api.repeated-parameter"
    case badCursor = "api.bad-cursor"
    case emptyBody = "api.empty-body"
    case badIdempotencyKey = "api.bad-idempotency-key"
    case missingIdempotencyKey = "api.missing-idempotency-key"
    case idempotencyConflict = "api.idempotency-conflict"
    case idempotencyInProgress = "api.idempotency-in-progress"
    case badIfMatch = "api.bad-if-match"

    // The pages of the reference
    case title = "api.title"
    case about = "api.about"
    case machineReadable = "api.machine-readable"
    case parameters = "api.parameters"
    case body = "api.body"
    case responses = "api.responses"
    case optional = "api.optional"
    case mandatory = "api.mandatory"
    case securityNone = "api.security-none"
    case securitySignedIn = "api.security-signed-in"
    case securitySession = "api.security-session"
    case securityScope = "api.security-scope"
    case schemas = "api.schemas"
    case back = "api.back"
    case problemAnswer = "api.problem-answer"
    case idempotencyHeader = "api.idempotency-header"
    case ifMatchHeader = "api.if-match-header"
    case cursorParameter = "api.cursor-parameter"
    case limitParameter = "api.limit-parameter"
}

extension Message {
    init(_ key: APIKey, _ arguments: [String: String] = [:]) {
        self.init(key: key.rawValue, arguments: arguments)
    }
}

/// What the module says, for the check that every phrase is there.
public enum APIPhrases {
    public static var everyCode: [String] { APIKey.allCases.map(\.rawValue) }
}
