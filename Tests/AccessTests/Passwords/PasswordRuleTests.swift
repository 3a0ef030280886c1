import LibraryFixtures
import Testing
import Vocabulary

@testable import Access

@Suite("Which passwords are good enough")
struct PasswordRuleTests {
    private let rule: PasswordRule
    private let common: Set<String>

    init() throws {
        common = PasswordRule.common(in: try DeliveredFiles.text("access/common-passwords.txt"))
        rule = PasswordRule(common: common)
    }

    private func codes(_ password: String) -> [AccessFault.Code] {
        rule.faults(in: password, email: "zhang.wei@bank.example", organisations: ["重庆银行", "Bank of Chongqing", "ABC"])
            .map(\.code)
    }

    @Test(
        "length is all that is asked of a password that nobody else has",
        arguments: [
            "tide table", "lantern-otter-velvet", "水落石出月明星稀夜半钟声", "kqvzphwmrt", "9471806253", "ABCXYZQWPO",
            "😀😃😄😁😆😅🤣😂🙂🙃", "a sunflower beside the quarry", "zhang in the mountains",
        ])
    func good(password: String) {
        #expect(codes(password) == [])
    }

    @Test("ten characters are enough and nine are not; 256 are taken and 257 are not")
    func length() {
        #expect(codes("kqvzphwmr") == [.passwordTooShort])
        #expect(codes("") == [.passwordEmpty])
        let long = String((0..<256).map { Character(Unicode.Scalar(UInt8(97 + $0 * $0 % 23))) })
        #expect(codes(long) == [])
        #expect(codes(long + "k") == [.passwordTooLong])
        #expect(codes(String(repeating: "𠮷鑫", count: 128).dropLast() + "x") == [])
        #expect(codes(String(repeating: "k", count: 1025)) == [.passwordTooLong])
        // An accent that a keyboard sends apart is no character of its own.
        #expect(codes("kqvzphwme\u{301}") == [.passwordTooShort])
    }

    @Test(
        "what anybody tries first is refused, with digits and signs around it too",
        arguments: [
            "qwertyuiop", "QWERTYUIOP", "1234567890", "Password2026!", "woaini1314520", "chongqing2026",
            "2026jialing!!",
            "P@ssw0rd123", "1q2w3e4r5t", "1q2w3e4r5t!!", "correct horse battery staple", "Huawei@123", "iloveyou99",
        ])
    func commonPasswords(password: String) {
        #expect(codes(password).contains(.passwordCommon))
    }

    @Test(
        "a few characters repeated, or one after the other, are no password",
        arguments: [
            "vvvvvvvvvv", "xyxyxyxyxyxy", "kv7kv7kv7kv7k", "zq1kzq1kzq1k", "bcdefghijklm", "zyxwvutsrqp", "９９９９９９９９９９",
        ])
    func patterns(password: String) {
        #expect(codes(password) == [.passwordCommon])
    }

    @Test("the name in the e-mail address and that of the organisation do not belong in it, however they are spelt")
    func names() {
        #expect(codes("ZhangWei on the river") == [.passwordContainsEmail])
        #expect(codes("zhang-wei=lantern") == [.passwordContainsEmail])
        #expect(codes("我在重庆银行上班很开心") == [.passwordContainsOrganisation])
        #expect(codes("bank.of.chongqing.7") == [.passwordContainsOrganisation])
        #expect(codes("zhangwei重庆银行") == [.passwordContainsEmail, .passwordContainsOrganisation])
        // Three letters are in too many words.
        #expect(codes("the abcissa lantern") == [])
        #expect(rule.faults(in: "kqvzphwmrt", email: "", organisations: [""]).isEmpty)
        #expect(rule.faults(in: "kqvzphwmrt", email: "...@", organisations: ["！！！！"]).isEmpty)
    }

    @Test("the delivered list holds some hundreds of words, in the form in which they are looked for")
    func list() {
        #expect((500...2000).contains(common.count))
        for word in common {
            #expect(word == word.lowercased() && word.utf8.count >= 4)
            #expect(word.utf8.allSatisfy { $0 < 0x80 })
            if word.utf8.count >= 10 { #expect(codes(word).contains(.passwordCommon), "\(word)") }
        }
    }

    @Test("a list is read by lines, and says where it is from in lines that begin with a hash and a space")
    func reading() {
        #expect(
            PasswordRule.common(in: "# from here\nDragon\r\n\n#1fan\nopen sesame") == [
                "dragon", "#1fan", "open sesame",
            ])
    }
}
