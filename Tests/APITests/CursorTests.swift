import Seeded
import Testing
import Vocabulary
import Web

@testable import API

@Suite("Cursors")
struct CursorTests {
    private let seal = CursorSeal(key: Array(0..<32))
    private let cursor = Cursor(sortKey: "绿色 2026-11-21", id: TestAPI.loan)

    @Test("A cursor comes back as it went out, to the same list alone")
    func roundTrip() throws {
        let text = try #require(seal.seal(cursor, list: "loans{}"))
        #expect(try seal.open(text, list: "loans{}") == cursor)
        #expect(text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || (0x30...0x7A).contains($0) }, "fit for an address")
        #expect(throws: Problem.self) { try seal.open(text, list: "loans{\"a\":1}") }
        #expect(throws: Problem.self) { try CursorSeal(key: Array(1...32)).open(text, list: "loans{}") }
        let empty = Cursor(sortKey: "", id: "")
        #expect(try seal.open(#require(seal.seal(empty, list: "")), list: "") == empty)
    }

    @Test("A cursor changed in one character is refused")
    func tampering() throws {
        let text = try #require(seal.seal(cursor, list: "l"))
        for index in text.indices {
            for replacement in ["A", "b", "-", "%", "绿"] where String(text[index]) != replacement {
                let changed = text[..<index] + replacement + text[text.index(after: index)...]
                #expect(throws: Problem.self) { try seal.open(String(changed), list: "l") }
            }
            #expect(throws: Problem.self) { try seal.open(String(text[..<index]), list: "l") }
        }
        #expect(throws: Problem.self) { try seal.open(text + "A", list: "l") }
        #expect(throws: Problem.self) { try seal.open(String(repeating: "A", count: 100_000), list: "l") }
    }

    @Test("A sort key that is too long has no cursor")
    func bounded() throws {
        #expect(seal.seal(Cursor(sortKey: String(repeating: "a", count: 601), id: ""), list: "l") == nil)
        let most = Cursor(sortKey: String(repeating: "a", count: 600), id: "")
        let text = try #require(seal.seal(most, list: "l"))
        #expect(text.utf8.count <= CursorSeal.mostCharacters)
        #expect(try seal.open(text, list: "l") == most)
    }

    /// RFC 4648, 10, in the alphabet for URLs.
    @Test("Base 64 is as RFC 4648 shows it, and one value has one text")
    func base64() {
        let vectors = [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
        for (plain, text) in vectors {
            #expect(Base64URL.encode(Array(plain.utf8)) == text)
            #expect(Base64URL.decode(text) == Array(plain.utf8))
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        for bad in ["Z", "Zh", "Zg==", "Zm9", "+/8", "Zm9v\n"] { #expect(Base64URL.decode(bad) == nil, "\(bad)") }
        var random = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test("A page read with one item more knows whether there is a next")
    func pages() {
        func page(_ count: Int) -> Page {
            Page(
                Array(0..<count), limit: 3, cursor: { Cursor(sortKey: "\($0)", id: "i") },
                value: { .integer(Int64($0)) })
        }
        #expect(page(0) == Page(items: [], next: nil))
        #expect(page(3) == Page(items: [0, 1, 2], next: nil))
        #expect(page(4) == Page(items: [0, 1, 2], next: Cursor(sortKey: "2", id: "i")))
    }
}
