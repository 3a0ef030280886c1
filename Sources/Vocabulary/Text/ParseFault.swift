/// Why a text could not be read as a value of the domain.
///
/// It carries no prose: ``code`` is the key of a phrase that says what is wrong and what to do, in each language.
///
///     do {
///         _ = try Money.parse("1,23,4")
///     } catch {
///         error.code      // "money.grouping"
///         error.position  // 1
///         phrasebook.text(error.message, in: .zh)
///     }
///
/// Every fault of a cell carries the argument `text`, the offending text cut to 64 bytes.
public struct ParseFault: Error, Sendable, Equatable {
    /// A stable key such as `money.not-a-number`.
    public let code: String
    /// Values for the placeholders of the phrase.
    public let arguments: [String: String]
    /// Where in the text the fault lies: the 0-based offset in Unicode scalars; nil if the text as a whole is at fault.
    public let position: Int?

    /// Makes a fault.
    /// - Parameters:
    ///   - code: the stable key.
    ///   - arguments: values for the placeholders of the phrase.
    ///   - position: the 0-based character offset, nil if the text as a whole is at fault.
    public init(code: String, arguments: [String: String] = [:], position: Int? = nil) {
        self.code = code
        self.arguments = arguments
        self.position = position
    }

    /// The fault as a message for a phrase catalogue. The argument `position` is counted from 1, as people count.
    public var message: Message {
        guard let position else { return Message(key: code, arguments: arguments) }
        var all = arguments
        all["position"] = String(position + 1)
        return Message(key: code, arguments: all)
    }

    /// Every key that the errors of this module use, so that a catalogue can be checked for completeness.
    public static var everyCode: [String] { FaultCode.allCases.map(\.rawValue) }
}

extension ParseFault {
    /// Makes the fault of a text at a byte. Not inlined: it is the cold side of every parser.
    @inline(never)
    static func at(
        _ code: FaultCode, in bytes: Span<UInt8>, byte: Int? = nil, _ extra: [String: String] = [:]
    ) -> ParseFault {
        var arguments = extra
        arguments["text"] = excerpt(bytes)
        return ParseFault(
            code: code.rawValue, arguments: arguments, position: byte.map { characterOffset(of: $0, in: bytes) })
    }

    /// Makes the fault of one character, with the argument `character`.
    @inline(never)
    static func character(
        _ code: FaultCode, in bytes: Span<UInt8>, byte: Int, _ extra: [String: String] = [:]
    ) -> ParseFault {
        var arguments = extra
        arguments["character"] = visible(UTF8Reading.scalar(bytes, at: byte).value)
        return at(code, in: bytes, byte: byte, arguments)
    }

    /// The number of characters (Unicode scalars, a malformed byte counts as one) before a byte.
    private static func characterOffset(of byte: Int, in bytes: Span<UInt8>) -> Int {
        var index = 0
        var count = 0
        while index < byte && index < bytes.count {
            index += UTF8Reading.scalar(bytes, at: index).length
            count += 1
        }
        return count
    }

    /// The number of characters of a text.
    static func characterCount(of bytes: Span<UInt8>) -> Int {
        characterOffset(of: bytes.count, in: bytes)
    }

    /// The beginning of a text, at most 64 bytes, with nothing invisible in it.
    static func excerpt(_ bytes: Span<UInt8>) -> String {
        var result = ""
        var index = 0
        while index < bytes.count {
            let (value, length) = UTF8Reading.scalar(bytes, at: index)
            if index + length > 64 { return result + "…" }
            result += visible(value)
            index += length
        }
        return result
    }

    /// One character as text; controls and direction marks, which could garble a page, as the replacement character.
    static func visible(_ value: UInt32) -> String {
        let isHidden =
            value < 0x20 || (0x7F...0x9F).contains(value) || (0x200B...0x200F).contains(value)
            || (0x2028...0x202E).contains(value) || (0x2060...0x206F).contains(value) || value == 0xFEFF
        guard !isHidden, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }
}
