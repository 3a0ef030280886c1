import HTTPTypes
import Hummingbird
import Seeded
import Testing

@testable import Web

@Suite("Forms")
struct FormTests {
    private func parse(_ text: String, fields: Int = 100, bytes: Int = 100) throws -> FormFields {
        try FormFields.parse(Array(text.utf8), mostFields: fields, mostBytes: bytes)
    }

    @Test("Fields are read as browsers write them")
    func fields() throws {
        let form = try parse("name=%E5%98%89%E9%99%B5+a%2Bb&tick=1&tick=2&empty=&bare&=x&&last=a=b")
        #expect(form["name"] == "嘉陵 a+b")
        #expect(form.values("tick") == ["1", "2"])
        #expect(form["empty"] == "" && form["bare"] == "" && form[""] == "x" && form["last"] == "a=b")
        #expect(form["other"] == nil)
        #expect(form.all.count == 7)
        #expect(try parse("").all.isEmpty)
    }

    @Test(
        "What is no form is refused",
        arguments: ["a=%", "a=%4", "a=%zz", "%=a", "a=%FF", "a=%C0%80", "a=%00", "a=%1B", "a=%7F"])
    func refused(text: String) {
        #expect(throws: Problem.self) { try parse(text) }
    }

    @Test("Too many fields and too long ones are refused at the limit, not far behind it")
    func limits() throws {
        #expect(try parse("a&b&c", fields: 3).all.count == 3)
        #expect(throws: Problem(413, .formTooManyFields, ["limit": "2"])) { try parse("a&b&c", fields: 2) }
        #expect(try parse("a=12345", bytes: 5)["a"] == "12345")
        #expect(throws: Problem(413, .formFieldTooLong, ["limit": "4"])) { try parse("a=12345", bytes: 4) }
        #expect(throws: Problem(413, .formFieldTooLong, ["limit": "4"])) { try parse("%61%61%61%61%61=", bytes: 4) }
    }

    @Test("Whatever fields are written come back, and no bytes crash the reader")
    func fuzz() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let values = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                String(
                    (0..<Int.random(in: 0...8, using: &random)).map { _ in
                        "aZ09 +&=%;绿色é\n".randomElement(using: &random) ?? "a"
                    })
            }
            let text = values.map { value in
                "f=" + value.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            }.joined(separator: "&")
            #expect(try parse(text).values("f") == values)
            var bytes = Array("a=%41&b=+%E7%BB%BF&".utf8)
            for _ in 0..<4 {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let form = try? FormFields.parse(bytes, mostFields: 100, mostBytes: 100) {
                #expect(form.all.count <= 100)
            }
        }
    }

    @Test("Media types are read with their parameters, quoted or not")
    func mediaTypes() {
        let type = MediaTypeText("Multipart/Form-Data; Boundary=\"a;b=c\"; charset=UTF-8")
        #expect(type?.essence == "multipart/form-data")
        #expect(type?.parameters == ["boundary": "a;b=c", "charset": "UTF-8"])
        for bad in [nil, "", ";", "json", "/json", "json/", "a b/c", "a/b/c"] as [String?] {
            #expect(MediaTypeText(bad) == nil)
        }
    }
}

@Suite("Multipart forms")
struct MultipartTests {
    struct Read: Equatable {
        var parts: [MultipartPart] = []
        var bodies: [[UInt8]] = []
        var isWhole = false
    }

    /// Reads a body in pieces whose ends are at these places.
    private func read(_ body: [UInt8], boundary: String = "b", cuts: [Int]) throws(Problem) -> Read {
        var parser = try MultipartParser(boundary: boundary)
        var result = Read()
        var start = 0
        for cut in cuts + [body.count] {
            for event in try parser.feed(body[start..<cut]) {
                switch event {
                case .part(let part):
                    result.parts.append(part)
                    result.bodies.append([])
                case .bytes(let bytes): result.bodies[result.bodies.count - 1] += bytes
                case .partEnd: break
                }
            }
            start = cut
        }
        try parser.finish()
        result.isWhole = true
        return result
    }

    private func form(_ parts: [(head: String, body: [UInt8])], boundary: String = "b") -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts { bytes += Array("--\(boundary)\r\n\(part.head)\r\n\r\n".utf8) + part.body + [13, 10] }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// RFC 7578, section 4, in the form that Chrome and Firefox send.
    @Test("A form as browsers send it is read, wherever its bytes are cut")
    func browsers() throws {
        let boundary = "----WebKitFormBoundaryX3bY"
        let body = form(
            [
                ("Content-Disposition: form-data; name=\"period\"", Array("2026年10月".utf8)),
                (
                    "content-disposition: form-data; name=\"book\"; filename=\"台账 \u{22}a%22.csv\"\r\nContent-Type: text/csv",
                    Array("a,b\r\n--not\r\n------WebKitFormBoundaryX3b\r\n".utf8)
                ),
                ("Content-Disposition: form-data; name=\"empty\"", []),
            ], boundary: boundary)
        let whole = try read(body, boundary: boundary, cuts: [])
        #expect(whole.parts.map(\.name) == ["period", "book", "empty"])
        #expect(whole.parts[0].fileName == nil && whole.parts[1].mediaType == "text/csv")
        #expect(whole.bodies[0] == Array("2026年10月".utf8))
        #expect(whole.bodies[1] == Array("a,b\r\n--not\r\n------WebKitFormBoundaryX3b\r\n".utf8))
        #expect(whole.bodies[2] == [])
        for cut in body.indices { #expect(try read(body, boundary: boundary, cuts: [cut]) == whole) }
        #expect(try read(body, boundary: boundary, cuts: Array(body.indices)) == whole)
    }

    @Test("Any bytes in parts come back, however the body is cut")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<1000 {
            var parts: [(head: String, body: [UInt8])] = []
            for index in 0..<Int.random(in: 0...3, using: &random) {
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ -> UInt8 in
                    [13, 10, 45, 98, 120].randomElement(using: &random) ?? 120
                }
                guard !Self.contains([13, 10] + bytes, [13, 10, 45, 45, 98]) else { continue }
                parts.append(("Content-Disposition: form-data; name=\"\(index)\"; filename=\"f\"", bytes))
            }
            let body = form(parts)
            let cuts = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                Int.random(in: 0...body.count, using: &random)
            }
            let result = try read(body, cuts: cuts.sorted())
            #expect(result.bodies == parts.map(\.body))
        }
    }

    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }

    @Test("A file's name says no folder, and quotes in it are kept")
    func names() throws {
        let names = [
            ("C:\\Users\\x\\台账.csv", "台账.csv"), ("../../etc/passwd", "passwd"), ("a%22b.csv", "a\"b.csv"), ("", ""),
        ]
        for (sent, kept) in names {
            let head = "Content-Disposition: form-data; name=\"f\"; filename=\"\(sent)\""
            #expect(try read(form([(head, [])]), cuts: []).parts[0].fileName == kept)
        }
    }

    @Test(
        "What is no multipart form is refused",
        arguments: [
            "", "--b", "--b--x", "--b\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n",
            "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--\r\n",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "--b\r\nno colon\r\n\r\nx\r\n--b--\r\n",
            "--bx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n",
        ])
    func refused(text: String) {
        guard text != "--b--x" else {
            // Bytes behind the closing delimiter are ignored, as RFC 2046 asks.
            #expect((try? read(Array(text.utf8), cuts: []))?.isWhole == true)
            return
        }
        #expect(throws: Problem.self) { try read(Array(text.utf8), cuts: []) }
    }

    @Test("A head, a preamble or a number of parts without end is refused, and nothing is hoarded")
    func bounds() throws {
        var head = try MultipartParser(boundary: "b")
        #expect(throws: Problem.self) {
            _ = try head.feed(Array("--b\r\nX: ".utf8) + Array(repeating: 0x61, count: 9000))
        }
        var preamble = try MultipartParser(boundary: "b")
        #expect(throws: Problem.self) { _ = try preamble.feed(Array(repeating: 0x61, count: 2000)) }
        let many = form(Array(repeating: ("Content-Disposition: form-data; name=\"a\"", []), count: 1001))
        #expect(throws: Problem(413, .formTooManyFields, ["limit": "1000"])) { try read(many, cuts: []) }
        for boundary in ["", String(repeating: "b", count: 71), "b ", "绿"] {
            #expect(throws: Problem.self) { _ = try MultipartParser(boundary: boundary) }
        }
    }

    @Test("No mutation of a form crashes the reader or yields more bytes than were sent")
    func fuzz() throws {
        var random = SeededGenerator(seed: 3)
        let body = form([
            ("Content-Disposition: form-data; name=\"a\"", Array("x\r\n--".utf8)),
            ("Content-Disposition: form-data; name=\"f\"; filename=\"n\"\r\nContent-Type: text/csv", Array("1,2".utf8)),
        ])
        for _ in 0..<5000 {
            var bytes = body
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert([13, 10, 45, 98].randomElement(using: &random) ?? 13, at: at)
                }
            }
            let cuts = [Int.random(in: 0...bytes.count, using: &random)]
            let whole = try? read(bytes, cuts: [])
            #expect((try? read(bytes, cuts: cuts)) == whole)
            #expect((whole?.bodies.reduce(0) { $0 + $1.count } ?? 0) <= bytes.count)
        }
    }
}
