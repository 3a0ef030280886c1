/// Why a text is not JSON that the platform takes, or a value cannot be written as such.
///
/// Like ``ParseFault`` it carries no prose: ``code`` is the key of a phrase.
public struct JSONFault: Error, Sendable, Equatable {
    /// Where the fault lies.
    public enum Place: Sendable, Equatable {
        /// In a text that was read: both counted from 1, the column in Unicode scalars.
        case text(line: Int, column: Int)
        /// In a value that was to be written.
        case value(JSONPointer)
    }

    /// A stable key such as `json.duplicate-member`. All are listed in ``ParseFault/everyCode``.
    public let code: String
    /// Values for the placeholders of the phrase.
    public let arguments: [String: String]
    public let place: Place

    init(_ code: FaultCode, _ place: Place, _ arguments: [String: String] = [:]) {
        self.code = code.rawValue
        self.arguments = arguments
        self.place = place
    }

    /// The fault as a message. The argument `place` is `3:14`, line and column, or a JSON pointer.
    public var message: Message {
        var all = arguments
        switch place {
        case .text(let line, let column): all["place"] = "\(line):\(column)"
        case .value(let pointer): all["place"] = pointer == .root ? "/" : pointer.description
        }
        return Message(key: code, arguments: all)
    }
}

extension JSONFault {
    /// The fault of a text at a byte. Not inlined: it is the cold side of the parser.
    @inline(never)
    static func at(
        _ code: FaultCode, in bytes: Span<UInt8>, byte: Int, _ arguments: [String: String] = [:]
    ) -> JSONFault {
        var (line, column, index) = (1, 1, 0)
        while index < min(byte, bytes.count) {
            let (value, length) = UTF8Reading.scalar(bytes, at: index)
            index += length
            // A line ends with LF, CR LF or CR.
            if value == 0x0A || value == 0x0D && UTF8Reading.scalar(bytes, at: index).value != 0x0A {
                (line, column) = (line + 1, 1)
            } else {
                column += 1
            }
        }
        return JSONFault(code, .text(line: line, column: column), arguments)
    }
}
