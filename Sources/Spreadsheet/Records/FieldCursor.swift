/// The fields of one record after another, held in storage that is used again for each.
///
///     var fields = FieldCursor(delimiter: reader.delimiter)
///     batch.withRecord(at: index) { record in
///         fields.split(record)
///         fields.withValue(at: 2, in: record) { bytes in … }
///     }
public struct FieldCursor: Sendable {
    /// The byte between fields.
    public let delimiter: UInt8

    /// The places of the fields of the record split last.
    public private(set) var fields: [FieldRange] = []

    private var scratch: [UInt8] = []

    /// Creates a cursor for records with this delimiter.
    public init(delimiter: Delimiter) {
        self.delimiter = delimiter.rawValue
        fields.reserveCapacity(64)
    }

    /// How many fields the record split last has.
    public var count: Int { fields.count }

    /// Whether a field is damaged: text after its closing quote, or no closing quote.
    public var hasDamagedQuotes: Bool {
        fields.contains { !$0.flags.isDisjoint(with: [.textAfterQuote, .unterminated]) }
    }

    /// Finds the fields of a record.
    public mutating func split(_ record: Span<UInt8>) {
        splitFields(of: record, delimiter: delimiter, into: &fields)
    }

    /// Lends a field's value to a closure: the record's own bytes, or unescaped ones where that is necessary.
    ///
    /// - Parameters:
    ///   - index: the field, less than ``count``.
    ///   - record: the record that was split last.
    public mutating func withValue<Outcome, Fault: Error>(
        at index: Int, in record: Span<UInt8>, _ body: (Span<UInt8>) throws(Fault) -> Outcome
    ) throws(Fault) -> Outcome {
        let field = fields[index]
        guard field.needsUnescaping else { return try body(record.extracting(field.start..<field.end)) }
        unescapeField(field, of: record, into: &scratch)
        return try body(scratch.span)
    }

    /// A field's value as a string.
    ///
    /// - Parameters:
    ///   - index: the field, less than ``count``.
    ///   - record: the record that was split last.
    public mutating func text(at index: Int, in record: Span<UInt8>) -> String {
        withValue(at: index, in: record) { value in
            value.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }
}
