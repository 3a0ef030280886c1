import Seeded
import Testing
import Vocabulary

@testable import Access

@Suite("Keys")
struct SecretTests {
    @Test("a key has 256 random bits, the prefix of its kind and, but for a session's, a checksum")
    func form() throws {
        let zeros = RandomSource { Array(repeating: 0, count: $0) }
        let token = Secret(.token, zeros).text
        #expect(token.hasPrefix("jlt_" + String(repeating: "A", count: 43)))
        #expect(token.utf8.count == 53)
        #expect(Secret(.session, zeros).text == String(repeating: "A", count: 43))
        #expect(Secret(.invitation, zeros).text.hasPrefix("jli_A"))
        #expect(Secret(.setUp, zeros).text.hasPrefix("jls_A"))
        let pattern = /jlt_[A-Za-z0-9_-]{49}/
        #expect(Secret(.token, .system).text.wholeMatch(of: pattern) != nil)
    }

    @Test("a key reads back as the same, and as no other kind", arguments: Secret.Kind.allCases)
    func roundTrip(kind: Secret.Kind) throws {
        for seed in 0..<200 {
            let secret = Secret(kind, .seeded(UInt64(seed)))
            #expect(try Secret(kind, reading: secret.text).digest == secret.digest)
            for other in Secret.Kind.allCases where other != kind {
                #expect(refusal { () throws(AccessFault) in _ = try Secret(other, reading: secret.text) } != nil)
            }
        }
    }

    @Test("a wrong, missing, added or exchanged character of a token is told without looking anything up")
    func typingErrors() throws {
        let text = Secret(.token, .seeded(3)).text
        let characters = Array(text)
        func code(_ characters: [Character]) -> AccessFault.Code? {
            refusal { () throws(AccessFault) in _ = try Secret(.token, reading: String(characters)) }
        }
        #expect(code(characters) == nil)
        for index in characters.indices {
            var wrong = characters
            wrong[index] = characters[index] == "A" ? "B" : "A"
            #expect(code(wrong) == (index < 4 ? .tokenMalformed : .tokenMistyped) || code(wrong) == .tokenMalformed)
            #expect(code(wrong) != nil)
            wrong = characters
            wrong.remove(at: index)
            #expect(code(wrong) == .tokenMalformed)
            wrong = characters
            wrong.insert("x", at: index)
            #expect(code(wrong) == .tokenMalformed)
            guard index > 4, characters[index] != characters[index - 1] else { continue }
            wrong = characters
            wrong.swapAt(index, index - 1)
            #expect(code(wrong) != nil)
        }
    }

    @Test(
        "what is no key is refused, each kind with its own words",
        arguments: ["", "jlt_", " ", "jlt_嘉陵", String(repeating: "é", count: 53), String(repeating: "=", count: 43)])
    func malformed(text: String) {
        let codes = Secret.Kind.allCases.map { kind in
            refusal { () throws(AccessFault) in _ = try Secret(kind, reading: text) }
        }
        #expect(codes == [.sessionMalformed, .tokenMalformed, .linkMalformed, .linkMalformed])
    }

    @Test("whatever text comes as a key, it is read or refused")
    func fuzz() {
        var generator = SeededGenerator(seed: 9)
        let text = Secret(.invitation, .seeded(4)).text
        for _ in 0..<5000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let changed = String(decoding: bytes, as: UTF8.self)
            guard changed != text else { continue }
            #expect(refusal { () throws(AccessFault) in _ = try Secret(.invitation, reading: changed) } != nil)
        }
    }

    @Test("what is kept is SHA-256 of the text, and reads back")
    func digest() throws {
        // FIPS 180-2, appendix B.1.
        let digest = SecretDigest(of: "abc")
        #expect(digest.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(SecretDigest(hexadecimal: digest.hexadecimal) == digest)
        #expect(SecretDigest(of: "abd") != digest)
        for text in ["", "ba78", digest.hexadecimal.uppercased(), digest.hexadecimal.dropLast() + "g"] {
            #expect(SecretDigest(hexadecimal: text) == nil)
        }
    }

    @Test("no key gets into a log by being printed or dumped")
    func hidden() {
        let secret = Secret(.token, .seeded(5))
        var dumped = ""
        dump(secret, to: &dumped)
        let body = secret.text.dropFirst(4).prefix(20)
        for text in ["\(secret)", String(describing: secret), String(reflecting: [secret]), "\([1: secret])", dumped] {
            #expect(!text.contains(body))
            #expect(text.contains("token"))
        }
    }
}

@Suite("Forms that come from our own pages")
struct CrossSiteTokenTests {
    private let token = CrossSiteToken(session: Secret(.session, .seeded(1)))

    private func code(_ text: String?) -> AccessFault.Code? {
        refusal { () throws(AccessFault) in try token.check(text) }
    }

    @Test("every page's token is another, and each is good for the session")
    func masking() {
        let random = RandomSource.seeded(2)
        let texts = (0..<100).map { _ in token.text(random) }
        #expect(Set(texts).count == 100)
        #expect(texts.allSatisfy { $0.utf8.count == 86 })
        for text in texts { #expect(code(text) == nil) }
        // With nothing but zeros as a mask the code itself shows: each half differs from page to page by the mask.
        #expect(Set(texts.map { $0.prefix(40) }).count == 100)
        #expect(Set(texts.map { $0.suffix(40) }).count == 100)
    }

    @Test("another session's token, a changed one and none at all are refused")
    func refusals() {
        let text = token.text(.seeded(3))
        let other = CrossSiteToken(session: Secret(.session, .seeded(9))).text(.seeded(3))
        #expect(code(other) == .formStale)
        #expect(code(nil) == .formStale)
        #expect(code("") == .formStale)
        #expect(code(String(repeating: "A", count: 86)) == .formStale)
        #expect(code(text + "A") == .formStale)
        for index in text.indices {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "A" ? "Q" : "A")
            #expect(code(changed) == .formStale)
        }
    }
}
