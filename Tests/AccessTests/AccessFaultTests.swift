import LibraryFixtures
import Testing
import Vocabulary

@testable import Access

@Suite("What access refuses")
struct AccessFaultTests {
    @Test("every fault has its phrase in both languages, and no phrase stands without a fault")
    func phrases() throws {
        for language in Language.allCases {
            let keys = Set(try DeliveredFiles.phrases(language, ["access"]).keys)
            #expect(keys == Set(AccessFault.Code.allCases.map(\.rawValue)))
        }
    }

    @Test("a fault carries a value for each placeholder of its phrase")
    func placeholders() throws {
        var faults = PasswordRule(common: ["password"]).faults(in: "passwor", email: "a", organisations: [])
        faults += PasswordRule(common: []).faults(
            in: String(repeating: "ab啊", count: 90), email: "a", organisations: [])
        var throttle = SignInThrottle()
        for _ in 0..<5 { throttle.fail(at: noon, under: .account) }
        do throws(AccessFault) { try throttle.check(at: noon) } catch { faults.append(error) }
        #expect(faults.map(\.code) == [.passwordTooShort, .passwordTooLong, .passwordCommon, .signInWait])
        for language in Language.allCases {
            let phrases = try DeliveredFiles.phrases(language, ["access"])
            for fault in faults {
                let phrase = try #require(phrases[fault.code.rawValue])
                for name in Phrasebook.placeholders(of: phrase) { #expect(fault.message.arguments[name] != nil) }
            }
        }
    }
}
