import Seeded
import Testing
import Vocabulary

@testable import Access

@Suite("Waiting after wrong passwords")
struct SignInThrottleTests {
    private func later(_ seconds: Int64) -> Timestamp { noon.advanced(bySeconds: seconds) }

    @Test("four failures cost nothing; from the fifth on one waits 1, 2, 4, 8, 16, 32 and then 60 minutes")
    func doubling() {
        var throttle = SignInThrottle()
        var now = noon
        for _ in 0..<4 {
            throttle.fail(at: now, under: .account)
            #expect(throttle.wait(at: now) == nil)
        }
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60, 60] as [Int64] {
            throttle.fail(at: now, under: .account)
            let until = now.advanced(bySeconds: minutes * 60)
            #expect(throttle.wait(at: now) == until)
            #expect(throttle.wait(at: Timestamp(milliseconds: until.milliseconds - 1)) == until)
            #expect(throttle.wait(at: until) == nil)
            now = until
        }
    }

    @Test("five failures spread over more than 15 minutes cost nothing, and signing in wipes them out")
    func forgetting() {
        var throttle = SignInThrottle()
        for second in [0, 200, 400, 600, 900] as [Int64] { throttle.fail(at: later(second), under: .account) }
        #expect(throttle.failures == 1)
        #expect(throttle.wait(at: later(900)) == nil)
        for _ in 0..<4 { throttle.fail(at: later(901), under: .account) }
        #expect(throttle.wait(at: later(901)) != nil)
        throttle.succeed(under: .account)
        #expect(throttle == SignInThrottle())
    }

    @Test("who was blocked is remembered for a day: the next failure waits twice as long")
    func memory() {
        var throttle = SignInThrottle()
        for _ in 0..<5 { throttle.fail(at: noon, under: .account) }
        var patient = throttle
        throttle.fail(at: later(60 + 86_399), under: .account)
        #expect(throttle.wait(at: later(60 + 86_399)) == later(60 + 86_399 + 120))
        #expect(!patient.isForgotten(at: later(60 + 86_399), under: .account))
        #expect(patient.isForgotten(at: later(60 + 86_400), under: .account))
        patient.fail(at: later(60 + 86_400), under: .account)
        #expect(patient.failures == 1)
    }

    @Test("an address waits at its fiftieth failure within 15 minutes, and a success does not clear it")
    func address() {
        var throttle = SignInThrottle()
        for second in 0..<49 {
            throttle.fail(at: later(Int64(second)), under: .address)
            throttle.succeed(under: .address)
        }
        #expect(throttle.wait(at: later(49)) == nil)
        throttle.fail(at: later(49), under: .address)
        #expect(throttle.wait(at: later(49)) == later(109))
    }

    @Test("failures of one pair of account and address do not make another wait")
    func pairing() {
        var rows: [String: SignInThrottle] = [:]
        for _ in 0..<200 { rows["li@bank 203.0.113.9", default: SignInThrottle()].fail(at: noon, under: .account) }
        #expect(rows["li@bank 203.0.113.9"]?.wait(at: noon) != nil)
        #expect(rows["li@bank 198.51.100.7", default: SignInThrottle()].wait(at: noon) == nil)
    }

    @Test(
        "whatever the pace, one address guesses fewer than 400 passwords of an account a day, and once blocked some 35")
    func guessing() {
        var generator = SeededGenerator(seed: 15)
        var greatest = 0
        for strategy in 0..<300 {
            var throttle = SignInThrottle()
            var (now, guesses) = (noon, 0)
            let pause = strategy == 0 ? 0 : Int64.random(in: 0...2000, using: &generator)
            let burst = Int.random(in: 1...8, using: &generator)
            while now < later(86_400) {
                if let until = throttle.wait(at: now) { now = until }
                throttle.fail(at: now, under: .account)
                guesses += 1
                if guesses % burst == 0 { now = now.advanced(bySeconds: pause) }
                // Trying takes time too, and a loop without any would never end below the limit.
                now = now.advanced(bySeconds: 1)
            }
            if strategy == 0 { #expect((25...40).contains(guesses)) }
            greatest = max(greatest, guesses)
        }
        #expect((300..<400).contains(greatest), "\(greatest)")
        // The best a patient guesser can do: four at once, every quarter of an hour.
        var throttle = SignInThrottle()
        var guesses = 0
        for quarter in 0..<96 {
            for _ in 0..<4 where throttle.wait(at: later(Int64(quarter) * 900)) == nil {
                throttle.fail(at: later(Int64(quarter) * 900), under: .account)
                guesses += 1
            }
        }
        #expect(guesses == 384)
    }

    @Test("whatever happens, a wait lies ahead and never more than an hour, and a row kept and read says the same")
    func bounds() {
        var generator = SeededGenerator(seed: 16)
        for rule in [SignInThrottle.Rule.account, .address] {
            var throttle = SignInThrottle()
            var now = noon
            for _ in 0..<20_000 {
                // Mostly onward, at times far, at times back, as when a clock is set.
                now = now.advanced(bySeconds: generator.spreadInt64() >> 45)
                switch Int.random(in: 0..<20, using: &generator) {
                case 0: throttle.succeed(under: rule)
                default: throttle.fail(at: now, under: rule)
                }
                throttle = SignInThrottle(
                    failures: throttle.failures, firstFailure: throttle.firstFailure,
                    blockedUntil: throttle.blockedUntil)
                guard let until = throttle.wait(at: now) else { continue }
                #expect(until > now && until <= now.advanced(bySeconds: 3600))
            }
        }
    }

    @Test("a row written while the clock was years ahead locks nobody out, and mends itself")
    func wrongClock() {
        let ahead = later(400_000_000)
        var throttle = SignInThrottle(failures: 7, firstFailure: ahead, blockedUntil: ahead.advanced(bySeconds: 60))
        #expect(throttle.wait(at: noon) == nil)
        throttle.fail(at: noon, under: .account)
        #expect(throttle.wait(at: noon) == later(480))
        #expect(throttle.firstFailure == noon)
        #expect(SignInThrottle(failures: -5).failures == 0)
        var full = SignInThrottle(failures: .max, firstFailure: noon)
        full.fail(at: noon, under: .account)
        #expect(full.wait(at: noon) == later(3600))
    }

    @Test("who has to wait is told until when, to the minute and never too early")
    func told() {
        var throttle = SignInThrottle()
        for _ in 0..<5 { throttle.fail(at: later(1), under: .account) }
        var message: Message?
        do throws(AccessFault) { try throttle.check(at: later(2)) } catch { message = error.message }
        #expect(message?.key == "sign-in.wait")
        #expect(message?.arguments["until"] == later(61 + 59).localText)
        #expect(refusal { () throws(AccessFault) in try throttle.check(at: later(61)) } == nil)
    }
}
