import Vocabulary

/// How many wrong passwords are borne before the next try has to wait. Three numbers, kept as a row of the database.
///
/// One is kept for each **pair of account and network address** (``Rule/account``), and one for each address
/// (``Rule/address``); of an IPv6 address take the first 64 bits, for these are what one subscriber has. Before a password
/// is looked at, both are asked (``check(at:)``); a try that has to wait is neither verified nor counted.
///
/// - **Nobody locks out another.** Failures from a stranger's address make that stranger wait: the owner, at another
///   address, is not touched. So a block cannot be used as a weapon, and none lasts longer than an hour.
/// - **Guessing is slow.** One address makes at most 4 tries in 15 minutes against an account without being blocked, and
///   some 35 a day once it is; whoever has a thousand addresses makes fewer than half a million a day, against
///   passwords that ``PasswordRule`` has cleared of the first guesses. Trying one password on many accounts is
///   stopped by the address's own count, which a success does not clear: else a spy would sign in to his own account
///   between guesses.
/// - Count for accounts that do not exist too, or the throttle tells which do.
public struct SignInThrottle: Sendable, Hashable {
    /// What is borne, and what follows.
    public struct Rule: Sendable, Hashable {
        /// The failure at which waiting begins.
        let tolerated: Int
        /// Failures are counted from the first of them for this long, in seconds.
        let window: Int64
        /// After a block ended, the next failure within this time, in seconds, doubles the wait.
        let memory: Int64
        /// Whether signing in wipes the slate clean.
        let isForgiving: Bool

        /// Account and address: at the fifth failure within 15 minutes 1 minute, then 2, 4 … 60, until a day has passed
        /// without failure.
        public static let account = Rule(tolerated: 5, window: 900, memory: 86_400, isForgiving: true)
        /// An address, behind which a whole office may sit: the same at the fiftieth failure, until an hour has passed.
        public static let address = Rule(tolerated: 50, window: 900, memory: 3600, isForgiving: false)
    }

    /// The shortest wait, in seconds.
    static let firstWait: Int64 = 60
    /// The longest wait, in seconds.
    static let longestWait: Int64 = 3600

    /// Failures since ``firstFailure``.
    public private(set) var failures: Int
    /// When the count began; nil while there is nothing to count.
    public private(set) var firstFailure: Timestamp?
    /// When the last wait ends or ended; nil if there was none.
    public private(set) var blockedUntil: Timestamp?

    /// A clean slate, or what the database has kept.
    public init(failures: Int = 0, firstFailure: Timestamp? = nil, blockedUntil: Timestamp? = nil) {
        self.failures = max(0, failures)
        self.firstFailure = firstFailure
        self.blockedUntil = blockedUntil
    }

    /// When the next try may be made; nil if it may be made now.
    ///
    /// It never lies more than an hour ahead: a row that says so was written while a clock was wrong, and counts as no
    /// wait, else it would lock somebody out for good.
    public func wait(at now: Timestamp) -> Timestamp? {
        guard let blockedUntil, now < blockedUntil, blockedUntil <= now.advanced(bySeconds: Self.longestWait) else {
            return nil
        }
        return blockedUntil
    }

    /// Whether a try may be made.
    /// - Throws: ``AccessFault`` with the moment until which to wait.
    public func check(at now: Timestamp) throws(AccessFault) {
        guard let until = wait(at: now) else { return }
        // A minute more, for what is shown has no seconds.
        throw AccessFault(.signInWait, ["until": until.advanced(bySeconds: 59).localText])
    }

    /// Counts a failure.
    public mutating func fail(at now: Timestamp, under rule: Rule) {
        if isForgotten(at: now, under: rule) { self = SignInThrottle() }
        // A clock that was set back must not make the window longer.
        firstFailure = min(firstFailure ?? now, now)
        failures = min(failures, rule.tolerated + 60) + 1
        guard failures >= rule.tolerated else { return }
        let doublings = min(failures - rule.tolerated, 6)
        blockedUntil = now.advanced(bySeconds: min(Self.firstWait << Int64(doublings), Self.longestWait))
    }

    /// Notes that somebody signed in.
    public mutating func succeed(under rule: Rule) {
        if rule.isForgiving { self = SignInThrottle() }
    }

    /// Whether the row says nothing any more and can be deleted.
    public func isForgotten(at now: Timestamp, under rule: Rule) -> Bool {
        if let blockedUntil { return now >= blockedUntil.advanced(bySeconds: rule.memory) }
        guard let firstFailure else { return true }
        return now >= firstFailure.advanced(bySeconds: rule.window)
    }
}
