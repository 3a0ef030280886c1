import Foundation
import Seeded
import Testing

@testable import Access

@Suite("Bytes as text")
struct DataEncodingTests {
    @Test("the test vectors of RFC 4648, section 10, come out both ways, padding aside")
    func vectors() {
        for (text, base64, base32) in [
            ("", "", ""), ("f", "Zg", "MY"), ("fo", "Zm8", "MZXQ"), ("foo", "Zm9v", "MZXW6"),
            ("foob", "Zm9vYg", "MZXW6YQ"), ("fooba", "Zm9vYmE", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
        ] {
            let bytes = Array(text.utf8)
            #expect(DataEncoding.base64.text(bytes) == base64)
            #expect(DataEncoding.base64.bytes(base64) == bytes)
            #expect(DataEncoding.base32.text(bytes) == base32)
            #expect(DataEncoding.base32.bytes(base32) == bytes)
        }
        #expect(DataEncoding.base64.text([0xFB, 0xFF]) == "+/8")
        #expect(DataEncoding.base64url.text([0xFB, 0xFF]) == "-_8")
    }

    @Test("every sequence of bytes reads back, and base64 agrees with Foundation")
    func roundTrip() {
        var generator = SeededGenerator(seed: 4648)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let padded = Data(bytes).base64EncodedString()
            #expect(DataEncoding.base64.text(bytes) == padded.filter { $0 != "=" })
            for encoding in [DataEncoding.base64, .base64url, .base32, .crockford] {
                #expect(encoding.bytes(encoding.text(bytes)) == bytes)
            }
        }
    }

    @Test("a text that no bytes are written as is refused: other characters, digits left over, bits in the filling")
    func strict() {
        for text in ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm 9v", "Zm-v", "Zm9v\n", "Ｚg"] {
            #expect(DataEncoding.base64.bytes(text) == nil, "\(text)")
        }
        for text in ["M", "MYX", "MZ", "MZXW6Y", "my", "M0", "M1", "MY======"] {
            #expect(DataEncoding.base32.bytes(text) == nil, "\(text)")
        }
    }

    @Test("secrets are the same only if every byte is")
    func comparison() {
        var generator = SeededGenerator(seed: 1)
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(ConstantTime.equal(secret, secret))
        for index in secret.indices {
            for bit in 0..<8 {
                var other = secret
                other[index] ^= 1 << bit
                #expect(!ConstantTime.equal(secret, other))
            }
        }
        #expect(!ConstantTime.equal(secret, Array(secret.dropLast())))
        #expect(ConstantTime.equal([], []))
    }
}
