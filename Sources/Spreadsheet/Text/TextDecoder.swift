/// Turns raw blocks into UTF-8 text; a character cut by a block's border is completed by the next block.
///
/// Each offending byte (in UTF-16: each offending unit) becomes one U+FFFD, so that the result does not depend on
/// where the blocks begin.
final class TextDecoder {
    private let encoding: TextEncoding
    private var conversion: CharacterConversion?
    private var pending: [UInt8] = []

    init(encoding: TextEncoding, name: String) throws(SpreadsheetFault) {
        self.encoding = encoding
        if encoding != .utf8 { conversion = try CharacterConversion(from: encoding, name: name) }
    }

    /// Appends a block's text.
    func decode(_ block: Span<UInt8>, into text: inout DecodedText) {
        if conversion != nil {
            pending.append(block)
            convertPending(into: &text)
        } else {
            text.bytes.append(block)
            validate(&text, isFinal: false)
        }
    }

    /// Marks what is left of a character that the end of the input cuts.
    func finish(into text: inout DecodedText) {
        if conversion == nil {
            validate(&text, isFinal: true)
        } else {
            let unit = encoding == .gb18030 ? 1 : 2
            for _ in stride(from: 0, to: pending.count, by: unit) { text.appendReplacement() }
            pending.removeAll()
            text.readableEnd = text.bytes.count
        }
    }

    private func validate(_ text: inout DecodedText, isFinal: Bool) {
        let end = UTF8Validation.endOfValidRun(in: text.bytes.span, from: text.readableEnd)
        text.readableEnd = end
        guard end < text.bytes.count else { return }
        if !isFinal && UTF8Validation.isCutCharacter(in: text.bytes.span, at: end) { return }
        let rest = Array(text.bytes[end...])
        text.bytes.removeSubrange(end...)
        var offset = 0
        while offset < rest.count {
            if !isFinal && UTF8Validation.isCutCharacter(in: rest.span, at: offset) { break }
            text.appendReplacement()
            let next = UTF8Validation.endOfValidRun(in: rest.span, from: offset + 1)
            text.bytes.append(contentsOf: rest[(offset + 1)..<next])
            offset = next
        }
        text.readableEnd = text.bytes.count
        text.bytes.append(contentsOf: rest[offset...])
    }

    private func convertPending(into text: inout DecodedText) {
        guard let conversion else { return }
        var offset = 0
        while offset < pending.count {
            let (consumed, outcome) = conversion.convert(pending, from: offset, into: &text.bytes)
            offset += consumed
            switch outcome {
            case .converted: break
            case .cut:
                pending.removeSubrange(0..<offset)
                text.readableEnd = text.bytes.count
                return
            case .offending:
                text.appendReplacement()
                offset = min(pending.count, offset + (encoding == .gb18030 ? 1 : 2))
            }
        }
        pending.removeAll(keepingCapacity: true)
        text.readableEnd = text.bytes.count
    }
}

extension Array where Element == UInt8 {
    /// Appends the bytes of a span.
    mutating func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
