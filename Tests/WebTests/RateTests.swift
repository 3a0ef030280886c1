import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Seeded
import Testing
import WebFixtures

@testable import Web

@Suite("Rates")
struct RateTests {
    private let rate = WebSettings.Rate(perSecond: 2, burst: 3)
    private let second: UInt64 = 1_000_000_000

    @Test("A visitor may send so many at once, then as many as time brings back")
    func bucket() {
        let limiter = RateLimiter(capacity: 10)
        let key = RateLimiter.Key.address("1.2.3.4")
        #expect((0..<3).map { _ in limiter.take(key, rate: rate, at: second).remaining } == [2, 1, 0])
        let refused = limiter.take(key, rate: rate, at: second)
        #expect(!refused.isAllowed && refused.retryAfter == 1 && refused.reset == 2)
        #expect(limiter.take(key, rate: rate, at: second + second / 2).isAllowed)
        #expect(!limiter.take(key, rate: rate, at: second + second / 2).isAllowed)
        #expect(limiter.take(key, rate: rate, at: 100 * second).remaining == 2, "no more than the burst is saved up")
        #expect(limiter.take(.address("5.6.7.8"), rate: rate, at: second).remaining == 2, "others are not concerned")
    }

    @Test("However many addresses come, the table stays bounded and newcomers share a bucket")
    func bounded() {
        let limiter = RateLimiter(capacity: 100)
        var allowed = 0
        for index in 0..<10_000 where limiter.take(.address("\(index)"), rate: rate, at: second).isAllowed {
            allowed += 1
        }
        #expect(limiter.count <= 101)
        #expect(allowed <= 103)
        // Who was quiet long enough is forgotten, and there is room again.
        #expect(limiter.take(.address("new"), rate: rate, at: 10 * second).remaining == 2)
        #expect(limiter.count <= 2)
    }

    @Test("Over any time nobody gets more than burst and rate allow")
    func property() {
        var random = SeededGenerator(seed: 4)
        let limiter = RateLimiter(capacity: 10)
        var (now, allowed) = (second, 0)
        for _ in 0..<5000 {
            now += UInt64.random(in: 0...second / 2, using: &random)
            if limiter.take(.viewer("a"), rate: rate, at: now).isAllowed { allowed += 1 }
            let bound = Double(rate.burst) + Double(now - second) / 1e9 * rate.perSecond
            #expect(Double(allowed) <= bound + 0.001)
        }
        #expect(allowed > 1000)
    }

    @Test("Answers tell what is left, and 429 when to come again")
    func headers() async throws {
        var settings = WebSettings()
        settings.addressRate = .init(perSecond: 1, burst: 2)
        settings.viewerRate = .init(perSecond: 1, burst: 5)
        let site = try TestSite(settings: settings)
        try await site.serving { $0.get("/api/v1/thing") { _, _ in "x" } }.test { client in
            for left in ["1", "0"] {
                try await client.execute(uri: "/api/v1/thing", method: .get) { answer in
                    #expect(answer.headers[raw: "RateLimit-Remaining"] == left)
                    #expect(answer.headers[raw: "RateLimit-Limit"] == "2")
                }
            }
            try await client.execute(uri: "/api/v1/thing", method: .get) { answer in
                #expect(answer.status == .tooManyRequests)
                #expect(answer.headers[.retryAfter] == "1")
                #expect(answer.headers[.contentType] == "application/problem+json")
            }
            try await client.execute(uri: "/api/nowhere", method: .get) { #expect($0.status == .tooManyRequests) }
            let wrong: HTTPFields = [.authorization: "Bearer wrong"]
            try await client.execute(uri: "/api/v1/thing", method: .get, headers: wrong) { answer in
                #expect(answer.status == .tooManyRequests, "guessing tokens counts against the address")
            }
            let token: HTTPFields = [.authorization: "Bearer \(TestSite.bearer)"]
            try await client.execute(uri: "/api/v1/thing", method: .get, headers: token) { answer in
                #expect(answer.headers[raw: "RateLimit-Remaining"] == "4")
            }
            site.clock.advance(seconds: 1)
            try await client.execute(uri: "/api/v1/thing", method: .get) { #expect($0.status == .ok) }
        }
    }
}
