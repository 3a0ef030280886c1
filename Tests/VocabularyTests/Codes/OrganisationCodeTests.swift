import Seeded
import Testing

@testable import Vocabulary

@Suite("Unified social credit codes")
struct UnifiedSocialCreditCodeTests {
    /// Well-known public codes of large companies, checked with an independent implementation of GB 32100-2015 and
    /// GB 11714-1997; the names are given to the best of our knowledge.
    static let published = [
        "91440300708461136T",  // 深圳市腾讯计算机系统有限公司
        "914403001922038216",  // 华为技术有限公司
        "91110108551385082Q",  // 小米科技有限责任公司
        "91100000100003962T",  // 中国工商银行股份有限公司
        "911100001000044477",  // 中国建设银行股份有限公司
    ]

    @Test("published codes are valid and print as they are", arguments: published)
    func validity(text: String) throws {
        #expect(try UnifiedSocialCreditCode.parse(text).description == text)
    }

    @Test("the parts of a code are told apart")
    func parts() throws {
        let code = try UnifiedSocialCreditCode.parse("91440300708461136T")
        #expect(code.registeringAuthority == .marketRegulation)
        #expect(code.category == UInt8(ascii: "1"))
        #expect(code.region.description == "440300")
        #expect(code.organisationCode == "70846113-6")
        #expect(try UnifiedSocialCreditCode.parse("91100000100003962T").region.level == .nation)
    }

    @Test("small letters, full-width characters and spaces around a code are accepted")
    func folding() throws {
        let code = try UnifiedSocialCreditCode.parse("91440300708461136T")
        #expect(try UnifiedSocialCreditCode.parse(" 91440300708461136t\n") == code)
        #expect(try UnifiedSocialCreditCode.parse("９１４４０３００７０８４６１１３６Ｔ") == code)
    }

    @Test(
        "a fault says which character is wrong and what it should be",
        arguments: [
            ("", "uscc.empty", nil, nil), ("91440300708461136", "uscc.length", nil, nil),
            ("91440300708461136TT", "uscc.length", nil, nil),
            ("91440300708461136U", "uscc.check", 17, "T"), ("91440300708461137T", "uscc.organisation-check", 16, "6"),
            ("91440300708461126T", "uscc.organisation-check", 16, "8"), ("91440301708461136T", "uscc.check", 17, nil),
            ("9144O300708461136T", "uscc.letter-not-used", 4, nil),
            ("9144030070846113ST", "uscc.letter-not-used", 16, nil),
            ("9144A300708461136T", "uscc.region-not-digits", 4, nil),
            ("9144-300708461136T", "uscc.unexpected-character", 4, nil),
            ("91440300 08461136T", "uscc.unexpected-character", 8, nil),
            ("华1440300708461136T", "uscc.unexpected-character", 0, nil),
        ] as [(String, String, Int?, String?)])
    func refusals(text: String, code: String, position: Int?, expected: String?) {
        let found = refusal(UnifiedSocialCreditCode.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
        if let expected { #expect(found?.arguments["expected"] == expected) }
    }

    @Test("a wrong letter comes with the one that was probably meant")
    func suggestion() throws {
        let found = refusal(UnifiedSocialCreditCode.self, "9144O300708461136T")
        #expect(found?.arguments["suggestion"] == "0")
    }

    @Test("codes constructed by the algorithm are valid, and any one changed or swapped character is found")
    func constructed() throws {
        var generator = SeededGenerator(seed: 50)
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        for _ in 0..<300 {
            let text = CodeConstruction.creditCode(using: &generator)
            #expect(try UnifiedSocialCreditCode.parse(text).description == text)
            let characters = Array(text)
            for place in 0..<18 {
                var changed = characters
                changed[place] = alphabet.randomElement(using: &generator) ?? "0"
                if changed != characters {
                    #expect(refusal(UnifiedSocialCreditCode.self, String(changed)) != nil)
                }
                if place > 0 && characters[place] != characters[place - 1] && !(2...8).contains(place) {
                    var swapped = characters
                    swapped.swapAt(place, place - 1)
                    #expect(refusal(UnifiedSocialCreditCode.self, String(swapped)) != nil)
                }
            }
        }
    }

    @Test("codes are ordered by their characters")
    func order() throws {
        let codes = try Self.published.map { try UnifiedSocialCreditCode.parse($0) }
        #expect(codes.sorted().map(\.description) == Self.published.sorted())
    }

    @Test("hostile bytes end in a code or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(seeds: Self.published, alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ９Ａ ", seed: 51) {
            bytes throws(ParseFault) in
            let code = try UnifiedSocialCreditCode.parse(bytes)
            _ = try UnifiedSocialCreditCode.parse(code.description)
        }
    }
}

@Suite("Legal entity identifiers")
struct LegalEntityIdentifierTests {
    /// Well-known public identifiers, checked with an independent implementation of ISO/IEC 7064, MOD 97-10; the names
    /// are given to the best of our knowledge.
    static let published = [
        "506700GE1G29325QX363",  // Global Legal Entity Identifier Foundation
        "HWUPKR0MPOU8FGXBT394",  // Apple Inc.
        "7LTWFZYICNSX8D621K86",  // Deutsche Bank AG
        "INR2EJN1ERAN0W5ZP974",  // Microsoft Corporation
        "5493002ERZU2K9PZDL40",  // Industrial and Commercial Bank of China
    ]

    @Test("published identifiers are valid and print as they are", arguments: published)
    func validity(text: String) throws {
        #expect(try LegalEntityIdentifier.parse(text).description == text)
        #expect(try LegalEntityIdentifier.parse(" " + text.lowercased()).description == text)
    }

    // A digit taken for a letter changes the length of the number, so ISO/IEC 7064 promises nothing for that.
    @Test("every digit changed to another digit and every letter changed to another letter is found")
    func detection() throws {
        for text in Self.published {
            let characters = Array(text)
            for place in 0..<20 {
                for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                where other != characters[place] && other.isLetter == characters[place].isLetter {
                    var changed = characters
                    changed[place] = other
                    #expect(refusal(LegalEntityIdentifier.self, String(changed)) != nil)
                }
            }
        }
    }

    @Test("faults name the place and the expected check digits")
    func refusals() {
        let wrong = refusal(LegalEntityIdentifier.self, "506700GE1G29325QX364")
        #expect(wrong?.code == "lei.check" && wrong?.arguments["expected"] == "63" && wrong?.position == 18)
        #expect(refusal(LegalEntityIdentifier.self, "")?.code == "lei.empty")
        #expect(refusal(LegalEntityIdentifier.self, "5067")?.code == "lei.length")
        let letter = refusal(LegalEntityIdentifier.self, "506700GE1G29325QX3A3")
        #expect(letter?.code == "lei.unexpected-character" && letter?.position == 18)
    }

    @Test("hostile bytes end in an identifier or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(seeds: Self.published, alphabet: "0123456789ABCXYZ ", seed: 52) { bytes throws(ParseFault) in
            _ = try LegalEntityIdentifier.parse(bytes)
        }
    }
}

/// Builds valid codes from the rules of the standards, written independently of the parser.
enum CodeConstruction {
    static func creditCode(using generator: inout SeededGenerator) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        var text = "91" + String(Int.random(in: 110_000...659_999, using: &generator))
        let body = (0..<8).map { _ in alphabet.randomElement(using: &generator) ?? "0" }
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + (Int(String($1.0), radix: 36) ?? 0) * $1.1 }
        text += String(body) + ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0"][11 - sum % 11]
        var total = 0
        var weight = 1
        for character in text {
            total += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % 31
        }
        return text + String(alphabet[(31 - total % 31) % 31])
    }
}
