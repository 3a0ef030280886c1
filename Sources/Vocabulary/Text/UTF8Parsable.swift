/// A value that is read from the bytes of a cell or field.
///
/// The bytes are UTF-8 and hostile until parsed. Parsers allocate nothing on success unless the value holds a String.
public protocol UTF8Parsable: Sendable {
    /// Reads the value from UTF-8 text; spaces around it are ignored.
    /// - Throws: ``ParseFault`` if the text is not such a value.
    static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Self
}

extension UTF8Parsable {
    /// Reads the value from a String; spaces around it are ignored.
    /// - Throws: ``ParseFault`` if the text is not such a value.
    public static func parse(_ text: String) throws(ParseFault) -> Self {
        try parse(text.utf8Span.span)
    }
}

/// A value that is printed as UTF-8 bytes in the one form that its parser reads back.
public protocol UTF8Printable: CustomStringConvertible {
    /// Appends the value to a buffer.
    func write(into buffer: inout [UInt8])
}

extension UTF8Printable {
    /// The value as text, in the form that its parser reads back.
    public var description: String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(32)
        write(into: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }
}
