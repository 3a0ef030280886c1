import Glibc

/// The C library's conversion of one encoding to UTF-8.
final class CharacterConversion {
    enum Outcome {
        /// All of the input has been converted, or the room for output is used up.
        case converted
        /// The input ends within a character.
        case cut
        /// The next character is not valid.
        case offending
    }

    private let descriptor: iconv_t
    private var room: [CChar]

    /// Opens the conversion.
    ///
    /// - Throws: `encodingUnavailable` if the system has no such conversion installed.
    init(from encoding: TextEncoding, name: String) throws(SpreadsheetFault) {
        // iconv_open reports failure as the pointer of all ones.
        guard let opened = iconv_open("UTF-8", encoding.rawValue), Int(bitPattern: opened) != -1 else {
            throw SpreadsheetFault(.encodingUnavailable, ["path": name, "encoding": encoding.rawValue])
        }
        descriptor = opened
        room = [CChar](repeating: 0, count: 1 << 17)
    }

    deinit {
        _ = iconv_close(descriptor)
    }

    /// Converts input from an offset on, appends the text, says how many bytes of input that took and why it stopped.
    func convert(
        _ input: [UInt8], from offset: Int, into output: inout [UInt8]
    ) -> (consumed: Int, outcome: Outcome) {
        var inputLeft = input.count - offset
        let inputCount = inputLeft
        var roomLeft = room.count
        var failure: Int32 = 0
        let written = room.withUnsafeMutableBufferPointer { room in
            input.withUnsafeBytes { raw in
                // iconv takes its input as mutable but never writes to it.
                var inputPointer = raw.baseAddress.map {
                    UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: CChar.self) + offset)
                }
                var roomPointer = room.baseAddress
                if iconv(descriptor, &inputPointer, &inputLeft, &roomPointer, &roomLeft) == Int(bitPattern: UInt.max) {
                    failure = errno
                }
            }
            return room.count - roomLeft
        }
        room.withUnsafeBytes { output.append(contentsOf: $0.prefix(written)) }
        let consumed = inputCount - inputLeft
        switch failure {
        case EINVAL: return (consumed, .cut)
        case EILSEQ: return (consumed, .offending)
        default: return (consumed, .converted)
        }
    }
}
