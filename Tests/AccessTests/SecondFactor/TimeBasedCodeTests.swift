import Seeded
import Testing
import Vocabulary

@testable import Access

@Suite("Codes of authenticator apps")
struct TimeBasedCodeTests {
    /// The secret of the vectors: the ASCII text 12345678901234567890.
    private let factor: TimeBasedCode

    init() throws {
        factor = try #require(TimeBasedCode(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
    }

    private func moment(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

    private func code(_ typed: String, at now: Timestamp, after last: Int64? = nil) -> AccessFault.Code? {
        refusal { () throws(AccessFault) in _ = try factor.accept(typed, at: now, after: last) }
    }

    @Test("the first ten codes are those of RFC 4226, appendix D")
    func counters() {
        #expect(
            (0..<10).map { factor.code(counter: $0) } == [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
            ])
    }

    @Test("codes by time are the last six digits of the SHA-1 vectors of RFC 6238, appendix B")
    func times() throws {
        for (seconds, digits) in [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)] {
            let code = String(digits.suffix(6))
            #expect(factor.code(counter: TimeBasedCode.counter(at: moment(seconds))) == code)
            #expect(try factor.accept(code, at: moment(seconds), after: nil) == seconds / 30)
        }
    }

    @Test("a code counts for its half minute and the ones before and after, and no longer")
    func window() throws {
        let code = factor.code(counter: 1000)
        for seconds in [999 * 30, 1000 * 30, 1000 * 30 + 29, 1001 * 30 + 29] as [Int64] {
            #expect(try factor.accept(code, at: moment(seconds), after: nil) == 1000)
        }
        #expect(self.code(code, at: moment(999 * 30 - 1)) == .secondFactorRefused)
        #expect(self.code(code, at: moment(1002 * 30)) == .secondFactorRefused)
        #expect(self.code(factor.code(counter: 0), at: moment(0)) == nil)
        #expect(self.code("000000", at: .earliest) == .secondFactorRefused)
    }

    @Test("no code is taken twice, nor an earlier one after a later one")
    func once() throws {
        let now = moment(1000 * 30)
        let counter = try factor.accept(factor.code(counter: 1000), at: now, after: nil)
        #expect(code(factor.code(counter: 1000), at: now, after: counter) == .secondFactorRefused)
        #expect(code(factor.code(counter: 999), at: now, after: counter) == .secondFactorRefused)
        #expect(try factor.accept(factor.code(counter: 1001), at: now, after: counter) == 1001)
    }

    @Test("a person signing in again and again uses each period once, in order")
    func sequence() throws {
        var generator = SeededGenerator(seed: 6238)
        var last: Int64?
        var now: Int64 = 1_000_000
        for _ in 0..<500 {
            now += Int64.random(in: 0...40, using: &generator)
            let shown = TimeBasedCode.counter(at: moment(now + Int64.random(in: -30...30, using: &generator)))
            do throws(AccessFault) {
                let counter = try factor.accept(factor.code(counter: shown), at: moment(now), after: last)
                #expect(counter > last ?? -1)
                last = counter
            } catch {
                #expect(error.code == .secondFactorRefused && shown <= last ?? -1)
            }
        }
    }

    @Test("six digits are typed with spaces or in full width; anything else is no code")
    func typing() throws {
        let now = moment(59)
        for typed in ["287082", "287 082", " 287082\u{3000}", "２８７０８２"] { #expect(code(typed, at: now) == nil) }
        for typed in [
            "", "28708", "2870820", "28708a", "-28708", "287,082", "٢٨٧٠٨٢", String(repeating: "2", count: 9999),
        ] {
            #expect(code(typed, at: now) == .secondFactorMalformed)
        }
        #expect(code("287083", at: now) == .secondFactorRefused)
    }

    @Test("a new secret has 160 bits and reads back, also as people type it")
    func secrets() throws {
        let new = TimeBasedCode(.seeded(1))
        #expect(new.base32.utf8.count == 32)
        #expect(TimeBasedCode(base32: new.base32) == new)
        #expect(TimeBasedCode(base32: "gezd gnbv gy3t qojq gezd gnbv gy3t qojq") == factor)
        #expect(TimeBasedCode(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY======") != nil)
        for text in ["", "GEZDGNBVGY3TQOJQ", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", String(repeating: "A", count: 999)] {
            #expect(TimeBasedCode(base32: text) == nil)
        }
    }

    @Test("apps are told issuer, account and secret by an address with everything escaped")
    func address() {
        #expect(
            factor.address(account: "li+a@example.cn", issuer: "嘉陵: 绿金")
                == "otpauth://totp/%E5%98%89%E9%99%B5%3A%20%E7%BB%BF%E9%87%91:li%2Ba%40example.cn"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%98%89%E9%99%B5%3A%20%E7%BB%BF%E9%87%91"
                + "&algorithm=SHA1&digits=6&period=30")
    }
}

@Suite("Recovery codes")
struct RecoveryCodesTests {
    @Test("ten different codes of four times four characters are shown, and only their digests are kept")
    func making() {
        let (shown, kept) = RecoveryCodes.make(.seeded(1))
        #expect(Set(shown).count == 10)
        for code in shown { #expect(code.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}/) != nil) }
        #expect(kept.digests == shown.map { SecretDigest(of: $0.filter { $0 != "-" }) })
    }

    @Test("each code works once, in any order")
    func once() throws {
        var (shown, kept) = RecoveryCodes.make(.seeded(2))
        var generator = SeededGenerator(seed: 2)
        shown.shuffle(using: &generator)
        for (used, code) in shown.enumerated() {
            try kept.redeem(code)
            #expect(kept.digests.count == 9 - used)
            let left = kept
            #expect(refusal { () throws(AccessFault) in try kept.redeem(code) } == .recoveryCodeRefused)
            #expect(kept == left)
        }
    }

    @Test("case, hyphens and spaces do not count, and o, i and l are read as what they look like")
    func typing() throws {
        let kept = RecoveryCodes(digests: [SecretDigest(of: "0123456789abcdef")])
        for typed in ["0123-4567-89ab-cdef", "0123456789ABCDEF", " oi23 4567 89ab cdef", "OL23-4567-89AB-CDEF"] {
            var codes = kept
            try codes.redeem(typed)
            #expect(codes.digests.isEmpty)
        }
        for typed in ["", "0123-4567-89ab-cde", "0123456789abcdeg", String(repeating: "0", count: 999_999)] {
            var codes = kept
            #expect(refusal { () throws(AccessFault) in try codes.redeem(typed) } == .recoveryCodeRefused)
        }
    }
}
