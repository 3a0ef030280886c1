import Access
import Vocabulary

extension Transaction {
    /// Failures to sign in.
    public var signInFailures: SignInFailures { SignInFailures(transaction: self) }
}

/// The throttles of sign-in as they are kept, under what they throttle.
public struct SignInFailures {
    let transaction: any Transaction

    /// The throttle of a subject, held until the transaction ends: of two attempts at once the second sees the first.
    public func lock(_ subject: String) throws(StoreFault) -> SignInThrottle {
        let row = try transaction.row(
            """
            INSERT INTO sign_in_failure (subject, failures) VALUES (\(subject), 0)
            ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failure.failures
            RETURNING failures, first_at, blocked_until
            """)
        guard let row else { throw StoreFault.statement("sign_in_failure returned no row") }
        return SignInThrottle(
            failures: try row("failures"), firstFailure: try row("first_at"), blockedUntil: try row("blocked_until"))
    }

    public func keep(_ throttle: SignInThrottle, for subject: String) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE sign_in_failure SET failures = \(throttle.failures), first_at = \(throttle.firstFailure),
                blocked_until = \(throttle.blockedUntil)
            WHERE subject = \(subject)
            """)
    }

    /// Deletes what says nothing any more.
    public func forget(before moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            """
            DELETE FROM sign_in_failure
            WHERE COALESCE(first_at, 0) < \(moment) AND COALESCE(blocked_until, 0) < \(moment)
            """)
    }
}
