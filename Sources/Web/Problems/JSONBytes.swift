import Vocabulary

/// JSON text to values and back as this floor and the API send and take it: strict (RFC 7493) in, canonical (RFC 8785) out,
/// so that equal values are equal bytes.
package enum JSONBytes {
    /// Reads JSON text.
    /// - Throws: ``Problem`` 400 with line and column where it is none, or too much of it.
    package static func parse(_ bytes: [UInt8], mostBytes: Int) throws(Problem) -> JSONValue {
        do {
            return try JSONValue.parse(bytes.span, limits: JSONLimits(bytes: mostBytes))
        } catch {
            throw Problem(400, .jsonMalformed, details: [FieldFault("", error.message)])
        }
    }

    /// Writes a value of our own making; one that has no form in JSON becomes an empty object, for nobody is helped by an
    /// error within an error.
    package static func write(_ value: JSONValue) -> [UInt8] {
        (try? value.canonicalBytes()) ?? Array("{}".utf8)
    }
}
