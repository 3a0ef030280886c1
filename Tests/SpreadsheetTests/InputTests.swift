import Foundation
import Spreadsheet
import Synchronization
import Testing

/// A reader as several tasks use it.
private final class SharedReader: Sendable {
    let reader: Mutex<RecordReader>

    init(_ reader: consuming sending RecordReader) { self.reader = Mutex(reader) }
}

@Suite("Inputs")
struct InputTests {
    private func code(_ bytes: [UInt8]) -> SpreadsheetFault.Code? {
        faultCode { () throws(SpreadsheetFault) in _ = try readRecords(bytes) }
    }

    @Test("A missing file, a folder and a path with a NUL are told apart")
    func paths() throws {
        let folder = try TemporaryFolder()
        func code(_ path: String) -> SpreadsheetFault.Code? {
            faultCode { () throws(SpreadsheetFault) in _ = try RecordReader(path: path) }
        }
        #expect(code(folder.file("none.csv")) == .inputNotFound)
        #expect(code(folder.path) == .inputIsFolder)
        #expect(code(folder.file("a\u{0}b")) == .inputNotFound)
    }

    @Test("Files that are no tables are named for what they are, whatever their names say")
    func signatures() {
        #expect(code([]) == .inputEmpty)
        #expect(code([0xEF, 0xBB, 0xBF]) == .inputEmpty)
        #expect(code(Array(" \r\n\t\n".utf8)) == .inputEmpty)
        #expect(code([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .inputOldBinaryWorkbook)
        #expect(code(Array("%PDF-1.7\n".utf8)) == .inputPDF)
        #expect(code(Array("\r\n <HTML xmlns:x=\"urn\">".utf8)) == .inputHTML)
        #expect(code(Array("<!DOCTYPE html><table>".utf8)) == .inputHTML)
        #expect(code([0xEF, 0xBB, 0xBF] + Array("<table border=1>".utf8)) == .inputHTML)
        #expect(code([0xFF, 0xFE] + "<html>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == .inputHTML)
        #expect(code(Array("<?xml version=\"1.0\"?><Workbook/>".utf8)) == .inputXML)
        #expect(code([0x1F, 0x8B, 0x08, 0x00]) == .inputGzip)
        #expect(code([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01]) == .inputArchive)
        #expect(code([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) == .inputArchive)
        #expect(code(Array("a,b\n".utf8)) == nil)
    }

    @Test("A fault names the file")
    func arguments() {
        #expect(throws: SpreadsheetFault(.inputPDF, ["path": "test"])) { _ = try readRecords("%PDF-1.7") }
    }

    @Test(
        "The observer sees every byte once and in order, those after the last record too", arguments: [1, 7, 1 << 20])
    func observer(blockSize: Int) throws {
        let seen = Mutex<[UInt8]>([])
        let bytes = Array("a,b\n1,2\n\n\n\r\n".utf8)
        var reader = try RecordReader(source: ArraySource(bytes), options: .init(blockSize: blockSize)) { block in
            seen.withLock { all in block.withUnsafeBufferPointer { all.append(contentsOf: $0) } }
        }
        while try reader.next() != nil {}
        #expect(seen.withLock { $0 } == bytes)
    }

    @Test("The observer sees a workbook's every byte too, from a file and from a stream")
    func observerOfWorkbook() throws {
        let folder = try TemporaryFolder()
        let bytes = WorkbookBuilder(data: "<row><c><v>1</v></c></row>").bytes()
        let path = try folder.write(bytes, to: "book")
        for isFile in [true, false] {
            let seen = Mutex<[UInt8]>([])
            let observer: ByteReader.Observer = { block in
                seen.withLock { all in block.withUnsafeBufferPointer { all.append(contentsOf: $0) } }
            }
            let options = RecordReader.Options(blockSize: 100)
            var reader =
                isFile
                ? try RecordReader(path: path, options: options, observer: observer)
                : try RecordReader(source: ArraySource(bytes), options: options, observer: observer)
            let first = try reader.next()
            let second = try reader.next()
            #expect(first?.records.count == 1)
            #expect(second == nil)
            #expect(seen.withLock { $0 } == bytes)
        }
    }

    @Test("An empty batch never comes; after the end the reader keeps saying so")
    func afterTheEnd() throws {
        var reader = try RecordReader(source: ArraySource(Array("a\n".utf8)))
        let batches = [try reader.next(), try reader.next(), try reader.next()]
        #expect(batches.map { $0?.records.count } == [1, nil, nil])
    }

    @Test("Several tasks may read under the owner's lock, and get each record once")
    func sharedUnderLock() async throws {
        let text = (0..<20_000).map { "\($0),row\n" }.joined()
        let shared = SharedReader(
            try RecordReader(source: ArraySource(Array(text.utf8)), options: .init(blockSize: 4_096)))
        let lines = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var lines: [Int] = []
                    while let batch = try shared.reader.withLock({ try $0.next(maximumBytes: 1_000) }) {
                        lines += batch.records.map(\.line)
                    }
                    return lines
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(lines.sorted() == Array(1...20_000))
    }
}
