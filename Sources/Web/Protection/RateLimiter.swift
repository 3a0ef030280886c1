import HTTPTypes
import Synchronization

/// Token buckets, one a visitor, in a table of bounded size.
final class RateLimiter: Sendable {
    enum Key: Hashable, Sendable {
        case viewer(String)
        case token(String)
        case address(String)
        /// Where all newcomers go together when the table is full of busy visitors.
        case everyoneElse
    }

    struct Verdict: Equatable {
        let isAllowed: Bool
        /// Requests left at once.
        let remaining: Int
        /// Seconds until the next request is allowed; 0 if it is now.
        let retryAfter: Int
        /// Seconds until the bucket is full again.
        let reset: Int

        /// draft-ietf-httpapi-ratelimit-headers-06, and Retry-After (RFC 9110, 10.2.3) where it is over.
        func headers(limit: Int) -> HTTPFields {
            var fields = HTTPFields()
            fields[HTTPField.Name(checked: "RateLimit-Limit")] = String(limit)
            fields[HTTPField.Name(checked: "RateLimit-Remaining")] = String(remaining)
            fields[HTTPField.Name(checked: "RateLimit-Reset")] = String(reset)
            if !isAllowed { fields[.retryAfter] = String(retryAfter) }
            return fields
        }
    }

    private struct Bucket {
        var tokens: Double
        var at: UInt64
        var rate: WebSettings.Rate

        func level(at now: UInt64) -> Double {
            let seconds = Double(now > at ? now - at : 0) / 1e9
            return min(Double(rate.burst), tokens + seconds * rate.perSecond)
        }
    }

    private struct Table {
        var buckets: [Key: Bucket] = [:]
        var sweptAt: UInt64 = 0
    }

    private let capacity: Int
    private let table = Mutex(Table())

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The visitors that are kept now.
    var count: Int { table.withLock { $0.buckets.count } }

    /// Takes one token.
    /// - Parameter now: Nanoseconds of a clock that only moves forward.
    func take(_ wanted: Key, rate: WebSettings.Rate, at now: UInt64) -> Verdict {
        table.withLock { table in
            var key = wanted
            if table.buckets[key] == nil && table.buckets.count >= capacity {
                Self.sweep(&table, at: now)
                if table.buckets.count >= capacity { key = .everyoneElse }
            }
            var bucket = table.buckets[key] ?? Bucket(tokens: Double(rate.burst), at: now, rate: rate)
            bucket.rate = rate
            let level = bucket.level(at: now)
            let isAllowed = level >= 1
            bucket.tokens = isAllowed ? level - 1 : level
            bucket.at = now
            table.buckets[key] = bucket
            let perSecond = max(rate.perSecond, 1e-6)
            return Verdict(
                isAllowed: isAllowed, remaining: Int(bucket.tokens),
                retryAfter: isAllowed ? 0 : max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up))),
                reset: Int(((Double(rate.burst) - bucket.tokens) / perSecond).rounded(.up)))
        }
    }

    /// Forgets whose bucket is full again: they are as newcomers. At most once a second, so that a flood of addresses cannot
    /// make every request pay for it.
    private static func sweep(_ table: inout Table, at now: UInt64) {
        guard table.sweptAt == 0 || now >= table.sweptAt + 1_000_000_000 else { return }
        table.sweptAt = max(1, now)
        table.buckets = table.buckets.filter { $0.value.level(at: now) < Double($0.value.rate.burst) }
    }
}
