import Access
import Store
import Vocabulary

/// What wrong passwords are counted for.
struct ThrottledSubject: Sendable, Hashable {
    let text: String
    let rule: SignInThrottle.Rule

    /// An account as tried from an address, and the address itself: see `SignInThrottle`.
    static func signIn(_ email: String, _ origin: Origin) -> [ThrottledSubject] {
        [
            ThrottledSubject(text: "account \(email) \(origin.network)", rule: .account),
            ThrottledSubject(text: "address \(origin.network)", rule: .address),
        ]
    }

    /// A person who is signed in and asked for the password once more.
    static func person(_ id: ID<Person>) -> [ThrottledSubject] {
        [ThrottledSubject(text: "person \(id)", rule: .account)]
    }
}

extension Origin {
    /// What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 one.
    var network: String {
        guard address.contains(":"), !address.contains(".") else { return address }
        // `::` stands for zeros; of the first four groups only those before it are there.
        let head = address.split(separator: ":", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        return head.prefix(4).joined(separator: ":") + "::/64"
    }
}

extension Platform {
    /// Counts an attempt as failed before it is looked at.
    /// - Throws: `throttled` if it has to wait; then it is not counted, which would push the end of the wait ever further.
    func admit(_ subjects: [ThrottledSubject], at moment: Timestamp) async throws {
        try await database.write { transaction in
            for subject in subjects {
                var throttle = try transaction.signInFailures.lock(subject.text)
                if let until = throttle.wait(at: moment) { throw PlatformFault.throttled(until: until) }
                throttle.fail(at: moment, under: subject.rule)
                try transaction.signInFailures.keep(throttle, for: subject.text)
            }
        }
    }

    /// Takes back what was counted: the attempt was right.
    func forgive(_ subjects: [ThrottledSubject]) async throws {
        try await database.write { try $0.forgive(subjects) }
    }
}

extension Transaction {
    func forgive(_ subjects: [ThrottledSubject]) throws {
        for subject in subjects {
            var throttle = try signInFailures.lock(subject.text)
            throttle.takeBack(under: subject.rule)
            try signInFailures.keep(throttle, for: subject.text)
        }
    }
}
