import Access
import Vocabulary

/// Why a use case was not carried out. Nothing was changed.
public enum PlatformFault: Error, Sendable, Equatable {
    /// There is none, or the viewer may not know that there is: the two are never told apart.
    case notFound
    /// Nobody is signed in, or the session is over.
    case signInNeeded
    /// The viewer may not do this at all, to whatever record.
    case forbidden(Act)
    /// Some fields are wrong; all of them are told at once.
    case invalid([FieldFault])
    /// It does not fit what is there: see the message.
    case conflict(Message)
    /// Somebody changed the record after the viewer looked at it.
    case changedMeanwhile
    /// Address, password or code is wrong. Which one is not told.
    case signInRefused
    /// The password is right, and a code of the authenticator app is wanted too.
    case secondFactorNeeded
    /// Too many failures; may be tried again from then on.
    case throttled(until: Timestamp)
    /// The platform is at its limit, or the database cannot be reached; may be tried again.
    case busy

    /// One field that is wrong.
    static func invalid(_ pointer: String, _ key: String, _ arguments: [String: String] = [:]) -> PlatformFault {
        .invalid([FieldFault(pointer, key, arguments)])
    }

    /// What does not fit.
    static func conflict(_ key: String, _ arguments: [String: String] = [:]) -> PlatformFault {
        .conflict(Message(key: key, arguments: arguments))
    }
}
