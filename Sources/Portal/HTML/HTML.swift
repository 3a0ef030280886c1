import Vocabulary

/// Markup of our own with texts in it: what is interpolated is escaped, so no text can become markup.
///
///     let cell: HTML = "<td class=\"name\">\(project.name)</td>"
///
/// Attribute values always stand in double quotes; an address goes into one only after it was made by the program itself.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    private(set) var markup: String

    init(stringLiteral markup: String) { self.markup = markup }
    init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    /// Nothing.
    static let none: HTML = ""

    static func += (left: inout HTML, right: HTML) { left.markup += right.markup }
    static func + (left: HTML, right: HTML) -> HTML {
        var both = left
        both += right
        return both
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup: String

        init(literalCapacity: Int, interpolationCount: Int) {
            markup = ""
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Text from anywhere, escaped.
        mutating func appendInterpolation(_ text: String) { markup += HTMLEscaping.escaped(text) }

        mutating func appendInterpolation(_ number: some BinaryInteger) { markup += String(number) }

        /// Markup, as it is.
        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        /// One after another.
        mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { markup += part.markup }
        }

        /// Markup if there is some.
        mutating func appendInterpolation(_ html: HTML?) { markup += html?.markup ?? "" }
    }
}
