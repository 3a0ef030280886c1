import Seeded
import Testing
import Vocabulary

@testable import Access

@Suite("What is kept of a password")
struct PasswordHashTests {
    /// Cheap, so that tests take no time.
    private let cheap: PasswordHash.Cost

    init() throws {
        cheap = try #require(PasswordHash.Cost(logarithm: 4, blockSize: 1, parallelism: 1))
    }

    @Test("scrypt gives the test vectors of RFC 7914, section 12")
    func vectors() throws {
        func derive(_ password: String, _ salt: String, _ n: Int, _ r: Int, _ p: Int) throws -> [UInt8]? {
            let cost = try #require(PasswordHash.Cost(logarithm: n, blockSize: r, parallelism: p))
            return PasswordHash.derive(Array(password.utf8), salt: Array(salt.utf8), cost: cost, count: 64)
        }
        #expect(
            try derive("", "", 4, 1, 1)
                == bytes(
                    """
                    77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
                    fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
                    """))
        #expect(
            try derive("password", "NaCl", 10, 8, 16)
                == bytes(
                    """
                    fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
                    2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
                    """))
        #expect(
            try derive("pleaseletmein", "SodiumChloride", 14, 8, 1)
                == bytes(
                    """
                    7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
                    d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
                    """))
    }

    @Test("at the cost of the platform a password is kept in the PHC form, and verified")
    func current() throws {
        let hash = try PasswordHash(of: "水落石出 2026 once more", .seeded(1))
        #expect(hash.text.wholeMatch(of: /\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+\/]{22}\$[A-Za-z0-9+\/]{43}/) != nil)
        #expect(PasswordHash.verify("水落石出 2026 once more", against: PasswordHash(hash.text)))
        #expect(!hash.needsRehash())
    }

    @Test("the right password is taken, a wrong one and an unknown account are not")
    func verification() throws {
        let hash = try PasswordHash(of: "tide table 07", cost: cheap, .seeded(2))
        let read = try #require(PasswordHash(hash.text))
        #expect(read == hash)
        #expect(PasswordHash.verify("tide table 07", against: read))
        for wrong in ["tide table 08", "Tide table 07", "tide table 07 ", "", "tide table 0"] {
            #expect(!PasswordHash.verify(wrong, against: read))
        }
        #expect(!PasswordHash.verify("tide table 07", against: nil, cost: cheap))
    }

    @Test("the same password is kept differently each time")
    func salt() throws {
        let random = RandomSource.seeded(3)
        let first = try PasswordHash(of: "tide table 07", cost: cheap, random)
        let second = try PasswordHash(of: "tide table 07", cost: cheap, random)
        #expect(first.text != second.text)
        #expect(first != second)
    }

    @Test("how a keyboard composes accents and which space it gives do not count; case does")
    func normalisation() throws {
        let hash = try PasswordHash(of: "caf\u{E9} au lait", cost: cheap, .seeded(4))
        #expect(PasswordHash.verify("cafe\u{301} au\u{3000}lait", against: hash))
        #expect(PasswordHash.verify("caf\u{E9}\u{A0}au lait", against: hash))
        #expect(!PasswordHash.verify("cafe au lait", against: hash))
        #expect(!PasswordHash.verify("CAF\u{C9} AU LAIT", against: hash))
    }

    @Test("a password has 1 to 1,024 bytes")
    func length() throws {
        func code(_ password: String) -> AccessFault.Code? {
            refusal { () throws(AccessFault) in _ = try PasswordHash(of: password, cost: cheap, .seeded(5)) }
        }
        #expect(code("") == .passwordEmpty)
        #expect(code(String(repeating: "a", count: 1024)) == nil)
        #expect(code(String(repeating: "a", count: 1025)) == .passwordTooLong)
        // U+0958 has three bytes and becomes two characters in NFC, six bytes.
        #expect(code(String(repeating: "\u{958}", count: 170)) == nil)
        #expect(code(String(repeating: "\u{958}", count: 171)) == .passwordTooLong)
        let hash = try PasswordHash(of: "a", cost: cheap, .seeded(6))
        #expect(!PasswordHash.verify(String(repeating: "a", count: 5_000_000), against: hash))
    }

    @Test("a hash of a lower cost is to be made anew, one of the same or a higher is not")
    func rehash() throws {
        func cost(_ n: Int, _ r: Int, _ p: Int) throws -> PasswordHash.Cost {
            try #require(PasswordHash.Cost(logarithm: n, blockSize: r, parallelism: p))
        }
        let hash = try PasswordHash(of: "tide table 07", cost: cost(4, 2, 2), .seeded(7))
        #expect(hash.needsRehash())
        #expect(try hash.needsRehash(cost(5, 2, 2)))
        #expect(try hash.needsRehash(cost(4, 3, 2)))
        #expect(try hash.needsRehash(cost(4, 2, 3)))
        #expect(try !hash.needsRehash(cost(4, 2, 2)))
        #expect(try !hash.needsRehash(cost(3, 1, 1)))
        // Both old and new are verified by the cost that stands in them.
        #expect(PasswordHash.verify("tide table 07", against: PasswordHash(hash.text), cost: try cost(5, 1, 1)))
    }

    @Test("a text that was not written here is no hash, and none asks for more work than is bearable")
    func malformed() throws {
        let text = try PasswordHash(of: "tide table 07", cost: cheap, .seeded(8)).text
        #expect(text.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
        for (old, new) in [
            ("$scrypt", "$argon2"), ("$scrypt", "scrypt"), ("ln=4", "ln=04"), ("ln=4", "ln=+4"), ("ln=4", "n=4"),
            ("ln=4", "ln=21"), ("ln=4", "ln=0"), ("ln=4", "ln=-4"), ("ln=4", "ln=99999999999999999999"), ("r=1", "r=0"),
            ("r=1", "r=33"), ("p=1", "p=17"), ("p=1", "p=1,x=2"), ("ln=4,r=1", "r=1,ln=4"), ("ln=4,r=1", "ln=20,r=8"),
            ("ln=4,r=1,p=1", "ln=18,r=8,p=4"), ("p=1$", "p=1$$"),
        ] {
            let changed = text.replacing(old, with: new, maxReplacements: 1)
            #expect(changed != text && PasswordHash(changed) == nil, "\(changed)")
        }
        for changed in ["", "$", "$$$$", text + "$", text + "=", text + "A", String(text.dropLast()), " " + text] {
            #expect(PasswordHash(changed) == nil, "\(changed)")
        }
        #expect(PasswordHash.Cost(logarithm: 17, blockSize: 8, parallelism: 1) != nil)
        #expect(PasswordHash.Cost(logarithm: 15, blockSize: 8, parallelism: 3) != nil)
    }

    @Test("whatever stands in the database, it is read or refused")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 10)
        let text = try PasswordHash(of: "tide table 07", cost: cheap, .seeded(9)).text
        for _ in 0..<5000 {
            var bytes = Array(text.utf8)
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            let changed = String(decoding: bytes, as: UTF8.self)
            // What is read is written the same again: a hash has one text.
            if let read = PasswordHash(changed) { #expect(read.text == changed) }
        }
    }
}
