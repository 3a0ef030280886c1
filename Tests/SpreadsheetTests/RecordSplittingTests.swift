import Seeded
import Spreadsheet
import Testing

@Suite("Records of delimited text")
struct RecordSplittingTests {
    @Test("CR LF, LF and a lone CR each end a record and count as one line")
    func lineEnds() throws {
        let records = try readRecords("a,b\r\nc,d\ne,f\rg,h")
        #expect(
            records == [
                ReadRecord("a,b", line: 1), ReadRecord("c,d", line: 2), ReadRecord("e,f", line: 3),
                ReadRecord("g,h", line: 4),
            ])
    }

    @Test("Blank lines are passed over but counted")
    func blankLines() throws {
        let records = try readRecords("\r\n\na\r\r\nb\n\n\n")
        #expect(records == [ReadRecord("a", line: 3), ReadRecord("b", line: 5)])
    }

    @Test("A line break in quotes belongs to the record and counts as a line (RFC 4180, 2.6)")
    func quotedLineBreaks() throws {
        let records = try readRecords("a,\"x\r\ny\nz\rw\",b\nc\n")
        #expect(records == [ReadRecord("a,\"x\r\ny\nz\rw\",b", line: 1), ReadRecord("c", line: 5)])
    }

    @Test("A quote in the middle of a field is text and opens nothing")
    func quoteWithinField() throws {
        let records = try readRecords("5\" pipe,x\ny\"\nz")
        #expect(records.map(\.text) == ["5\" pipe,x", "y\"", "z"])
    }

    @Test("A doubled quote does not close the field (RFC 4180, 2.7)")
    func doubledQuotes() throws {
        let records = try readRecords("\"a\"\"\n\"\"b\",c\nd")
        #expect(records == [ReadRecord("\"a\"\"\n\"\"b\",c", line: 1), ReadRecord("d", line: 3)])
    }

    @Test("A quote left open at the end costs its own line only")
    func unterminatedQuote() throws {
        let records = try readRecords("h\n1,\"open\n2,b\n3,c\n")
        #expect(
            records == [
                ReadRecord("h", line: 1), ReadRecord("1,\"open", line: 2, flags: .unterminatedQuote),
                ReadRecord("2,b", line: 3), ReadRecord("3,c", line: 4),
            ])
        #expect(try readRecords("a,\"b") == [ReadRecord("a,\"b", line: 1, flags: .unterminatedQuote)])
    }

    @Test("A stray quote in a long file is cut at the limit and reading resumes on the next line")
    func strayQuote() throws {
        var text = "h1,h2\n"
        text += "1,\"stray\n"
        for number in 2...500 { text += "\(number),ordinary row\n" }
        let records = try readRecords(text, options: .init(recordByteLimit: 1_000))
        #expect(records.count == 501)
        #expect(records[1] == ReadRecord("1,\"stray", line: 2, flags: .tooLong))
        #expect(records[2] == ReadRecord("2,ordinary row", line: 3))
        #expect(records.last == ReadRecord("500,ordinary row", line: 501))
    }

    @Test("A line longer than the limit is cut to the limit and the rest of it is dropped")
    func overlongLine() throws {
        let text = "h\n" + String(repeating: "x", count: 5_000) + "\nnext\n"
        let records = try readRecords(text, options: .init(recordByteLimit: 100))
        #expect(
            records == [
                ReadRecord("h", line: 1),
                ReadRecord(String(repeating: "x", count: 100), line: 2, flags: .tooLong),
                ReadRecord("next", line: 3),
            ])
    }

    @Test("A cut never splits a character")
    func cutAtCharacter() throws {
        let records = try readRecords(String(repeating: "绿", count: 50), options: .init(recordByteLimit: 100))
        #expect(records == [ReadRecord(String(repeating: "绿", count: 33), line: 1, flags: .tooLong)])
    }

    @Test("A record of exactly the limit is whole, one byte more is too long")
    func exactLimit() throws {
        let options = RecordReader.Options(recordByteLimit: 10)
        #expect(try readRecords("0123456789\n", options: options) == [ReadRecord("0123456789", line: 1)])
        #expect(try readRecords("0123456789x", options: options).first?.flags == .tooLong)
    }

    @Test("NUL bytes are text")
    func nulBytes() throws {
        #expect(try readRecords("a\u{0},b\n") == [ReadRecord("a\u{0},b", line: 1)])
    }

    @Test("The same bytes give the same records whatever the block size is", arguments: 0..<12)
    func blockSizes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["\"", "\"\"", ",", "\r", "\n", "\r\n", "a", "绿色", "1.5", "\u{0}", "\n\n", ",\"", "\",", "🌱"]
        var bytes: [UInt8] = []
        for _ in 0..<120 { bytes += Array(pieces.randomElement(using: &generator)!.utf8) }
        if seed % 4 == 0 { bytes.insert(0xFF, at: bytes.count / 2) }
        // What is read to recognise the input goes first in one piece; behind it, each block reaches the scanner alone.
        let lead = [UInt8](repeating: 0x78, count: TextEncoding.detectionPrefixLength - 1) + [0x0A]
        for limit in [1 << 20, 24] {
            let options = RecordReader.Options(encoding: .utf8, delimiter: .comma, recordByteLimit: limit)
            let whole = try readRecords(from: ArraySource(lead + bytes), options: options)
            let alone = try readRecords(bytes, options: options)
            #expect(whole.dropFirst().map(\.text) == alone.map(\.text))
            for size in 1...64 {
                let source = ArraySource(lead + bytes, pieceLength: size, firstPieceLength: lead.count)
                let batch = Int.random(in: 1...200, using: &generator)
                let pieced = try readRecords(from: source, options: options, batch: batch)
                #expect(pieced == whole)
            }
        }
    }

    @Test("Batches end with the record that reaches the number of bytes asked for")
    func batches() throws {
        var reader = try RecordReader(source: ArraySource(Array("aaaa\nbbbb\ncccc\ndddd\n".utf8)))
        var sizes: [Int] = []
        while let batch = try reader.next(maximumBytes: 6) { sizes.append(batch.records.count) }
        #expect(sizes == [2, 2])
    }

    @Test("A long file of lines that begin with a quote is read in time proportional to its length")
    func noQuadraticTime() throws {
        let text = String(repeating: "\"\"\"\n", count: 300_000)
        let records = try readRecords(text, options: .init(recordByteLimit: 4_096))
        #expect(records.count >= 100_000)
    }
}
