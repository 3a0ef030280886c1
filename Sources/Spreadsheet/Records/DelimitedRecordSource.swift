/// The records of delimited text: bytes in, encoding resolved, records out, with bounded memory.
final class DelimitedRecordSource: RecordSource {
    let encoding: TextEncoding
    let delimiter: Delimiter

    private var input: ByteReader
    private let decoder: TextDecoder
    private var text = DecodedText()
    private var scanner: RecordScanner
    private var isInputAtEnd: Bool
    private var usualRecordCount = 64

    /// Goes on from the prefix that has been read to recognise the input.
    init(
        input: ByteReader, prefix: [UInt8], options: RecordReader.Options
    ) throws(SpreadsheetFault) {
        let encoding = options.encoding ?? TextEncoding.detect(in: prefix.span, isWhole: input.isAtEnd)
        let decoder = try TextDecoder(encoding: encoding, name: input.name)
        let mark = encoding.markLength(in: prefix.span)
        var text = DecodedText()
        decoder.decode(prefix.span.extracting(mark..<prefix.count), into: &text)
        if input.isAtEnd { decoder.finish(into: &text) }
        let delimiter =
            options.delimiter
            ?? Delimiter.detect(in: text.bytes.span.extracting(0..<text.readableEnd))
        self.encoding = encoding
        self.decoder = decoder
        self.delimiter = delimiter
        self.input = input
        self.text = text
        isInputAtEnd = input.isAtEnd
        scanner = RecordScanner(delimiter: delimiter, recordByteLimit: options.recordByteLimit)
    }

    func next(maximumBytes: Int) throws(SpreadsheetFault) -> RecordBatch? {
        var records: [RecordBatch.Record] = []
        records.reserveCapacity(usualRecordCount)
        var batchStart = scanner.recordStart
        while true {
            let progress = scanner.scan(
                text, isFinal: isInputAtEnd, batchStart: batchStart, maximumBytes: maximumBytes, into: &records)
            switch progress {
            case .batchFull:
                if let batch = batch(of: records, from: batchStart) { return batch }
            case .endOfText:
                return batch(of: records, from: batchStart)
            case .needsMoreText:
                if scanner.recordStart - batchStart >= maximumBytes,
                    let batch = batch(of: records, from: batchStart)
                {
                    return batch
                }
            }
            // Nothing found so far needs to be kept only as long as a record may still be in it.
            let obsolete = records.isEmpty ? scanner.recordStart : batchStart
            if progress == .needsMoreText {
                text.removePrefix(obsolete)
                scanner.removePrefix(obsolete)
                batchStart = records.isEmpty ? 0 : batchStart - obsolete
                try readBlock()
            } else {
                batchStart = scanner.recordStart
            }
        }
    }

    private func readBlock() throws(SpreadsheetFault) {
        let hasBlock = try input.withNextBlock { (block) throws(SpreadsheetFault) in
            decoder.decode(block, into: &text)
        }
        if !hasBlock {
            decoder.finish(into: &text)
            isInputAtEnd = true
        }
    }

    private func batch(of records: [RecordBatch.Record], from start: Int) -> RecordBatch? {
        guard let last = records.last else { return nil }
        usualRecordCount = max(64, records.count + records.count / 8)
        let end = start + last.byteRange.upperBound
        return RecordBatch(text: Array(text.bytes[start..<end]), records: records)
    }
}
