import Foundation
import Seeded
import Spreadsheet
import Testing

@Suite("Text encodings")
struct TextEncodingTests {
    /// 绿色贷款,余额 and a line end in GB 18030.
    static let gbHeader: [UInt8] = [0xC2, 0xCC, 0xC9, 0xAB, 0xB4, 0xFB, 0xBF, 0xEE, 0x2C, 0xD3, 0xE0, 0xB6, 0xEE, 0x0A]

    private func format(_ bytes: [UInt8], _ options: RecordReader.Options = .init()) throws -> TableFormat {
        let reader = try RecordReader(source: ArraySource(bytes), options: options)
        return reader.format
    }

    @Test("UTF-8 with and without a byte order mark gives the same records")
    func utf8() throws {
        let plain = Array("贷款,余额\n甲,1\n".utf8)
        let expected = [ReadRecord("贷款,余额", line: 1), ReadRecord("甲,1", line: 2)]
        #expect(try readRecords(plain) == expected)
        #expect(try readRecords([0xEF, 0xBB, 0xBF] + plain) == expected)
        #expect(try format(plain) == .delimitedText(encoding: .utf8, delimiter: .comma))
    }

    @Test("Two-byte GB 18030 is recognised and read")
    func gb18030() throws {
        #expect(try format(Self.gbHeader) == .delimitedText(encoding: .gb18030, delimiter: .comma))
        #expect(try readRecords(Self.gbHeader) == [ReadRecord("绿色贷款,余额", line: 1)])
    }

    @Test("Four-byte GB 18030 characters are read wherever blocks cut them", arguments: 1...9)
    func fourByteCharacters(blockSize: Int) throws {
        // U+20000 is 95 32 82 36 (GB 18030-2005, annex D: the supplementary planes begin at 90 30 81 30).
        let row: [UInt8] = [0x95, 0x32, 0x82, 0x36, 0x2C, 0xD3, 0xE0, 0x95, 0x32, 0x82, 0x36, 0x0A]
        let lead = Array(repeating: Self.gbHeader, count: 4_700).flatMap(\.self)
        let bytes = lead + Array(repeating: row, count: 30).flatMap(\.self)
        let records = try readRecords(bytes, options: .init(blockSize: blockSize))
        #expect(records.count == 4_730)
        #expect(records.suffix(30).allSatisfy { $0.text == "\u{20000},余\u{20000}" && $0.flags.isEmpty })
    }

    @Test("UTF-16 with a byte order mark is read in both byte orders, surrogate pairs included")
    func utf16() throws {
        let units = Array("名,额\r\n🌱,1\r\n".utf16)
        var little: [UInt8] = [0xFF, 0xFE]
        var big: [UInt8] = [0xFE, 0xFF]
        for unit in units {
            little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        let expected = [ReadRecord("名,额", line: 1), ReadRecord("🌱,1", line: 2)]
        for size in [1, 2, 3, 5, 1 << 20] {
            #expect(try readRecords(little, options: .init(blockSize: size)) == expected)
            #expect(try readRecords(big, options: .init(blockSize: size)) == expected)
        }
        #expect(try readRecords(little + [0x41]).last?.flags == .invalidText)
    }

    @Test("Bytes that turn invalid late are marked and only their record is flagged")
    func lateInvalid() throws {
        var bytes = Array(String(repeating: "甲,1\n", count: 20_000).utf8)
        bytes += [0x61, 0xFF, 0x62, 0x0A] + Array("乙,2\n".utf8)
        let records = try readRecords(bytes)
        #expect(records[20_000] == ReadRecord("a\u{FFFD}b", line: 20_001, flags: .invalidText))
        #expect(records[20_001] == ReadRecord("乙,2", line: 20_002))
        let earlierAreClean = records.prefix(20_000).allSatisfy { $0.flags.isEmpty }
        #expect(earlierAreClean)
    }

    @Test("Invalid bytes of a GB 18030 file are marked one by one")
    func invalidGB18030() throws {
        let records = try readRecords(Self.gbHeader + [0xFF, 0x41, 0x0A], options: .init(encoding: .gb18030))
        #expect(records.last == ReadRecord("\u{FFFD}A", line: 2, flags: .invalidText))
    }

    @Test("A replacement character that the file itself holds is no fault")
    func genuineReplacementCharacter() throws {
        #expect(try readRecords("a\u{FFFD}\n") == [ReadRecord("a\u{FFFD}", line: 1)])
    }

    @Test("A prescribed encoding is used whatever the bytes look like")
    func forced() throws {
        let options = RecordReader.Options(encoding: .gb18030)
        #expect(try format(Array("abc,d\n".utf8), options) == .delimitedText(encoding: .gb18030, delimiter: .comma))
    }

    @Test("Mostly valid UTF-8 with one bad byte stays UTF-8")
    func damagedUTF8() {
        let bytes = Array("项目名称，贷款余额\n某项目，一\n".utf8) + [0xFF, 0x0A]
        #expect(TextEncoding.detect(in: bytes.span, isWhole: true) == .utf8)
    }

    @Test("A character cut at the end of the prefix speaks against no encoding")
    func cutPrefix() {
        let utf8 = Array("绿色贷款".utf8)
        for count in 3...12 {
            let prefix = Array(utf8[..<count])
            #expect(TextEncoding.detect(in: prefix.span, isWhole: false) == .utf8)
        }
    }

    @Test("UTF-8 is accepted exactly as the standard library accepts it", arguments: 0..<200)
    func agreesWithStandardLibrary(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let interesting: [UInt8] = [
            0x41, 0x7F, 0x80, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xA0, 0x9F, 0xED, 0xEF, 0xF0, 0x90,
            0xF4, 0x8F, 0xF5, 0xFF,
        ]
        let bytes = (0..<40).map { _ in interesting.randomElement(using: &generator)! }
        let records = try readRecords(bytes, options: .init(encoding: .utf8, delimiter: .comma))
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        #expect(records.allSatisfy { !$0.flags.contains(.invalidText) } == isValid)
        if isValid { #expect(records.map(\.text).joined() == String(decoding: bytes, as: UTF8.self)) }
    }
}
