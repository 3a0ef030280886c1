/// Reads the text of a formula. Recursive descent with a bound on depth and length, since a pack may come from
/// anywhere.
struct FormulaParser {
    private let text: [UInt8]
    private var position = 0
    private var depth = 0

    private static let longest = 2_000
    private static let deepest = 40

    private init(_ text: [UInt8]) {
        self.text = text
    }

    static func parse(_ formula: String) throws(FormulaFault) -> Expression {
        var parser = FormulaParser(Array(formula.utf8))
        guard parser.text.count <= longest else { throw FormulaFault(.tooDeep, String(formula.prefix(60))) }
        let expression = try parser.sum()
        parser.skipSpaces()
        guard parser.position == parser.text.count else { throw parser.fault() }
        return expression
    }

    private mutating func sum() throws(FormulaFault) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw FormulaFault(.tooDeep, String(decoding: text, as: UTF8.self)) }
        var left = try product()
        while let sign = take("+") ?? take("-") {
            let right = try product()
            left = sign == UInt8(ascii: "+") ? .sum(left, right) : .difference(left, right)
        }
        return left
    }

    private mutating func product() throws(FormulaFault) -> Expression {
        var left = try term()
        while let sign = take("*") ?? take("/") {
            let right = try term()
            left = sign == UInt8(ascii: "*") ? .product(left, right) : .quotient(left, right)
        }
        return left
    }

    private mutating func term() throws(FormulaFault) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw FormulaFault(.tooDeep, String(decoding: text, as: UTF8.self)) }
        if take("-") != nil { return .negated(try term()) }
        if take("(") != nil {
            let inside = try sum()
            guard take(")") != nil else { throw fault() }
            return inside
        }
        skipSpaces()
        guard position < text.count else { throw fault() }
        switch text[position] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number())
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
            let name = word()
            guard name == "min" || name == "max" else { return .name(name) }
            guard take("(") != nil else { throw fault() }
            let a = try sum()
            guard take(",") != nil else { throw fault() }
            let b = try sum()
            guard take(")") != nil else { throw fault() }
            return name == "min" ? .smaller(a, b) : .larger(a, b)
        default:
            throw fault()
        }
    }

    private mutating func number() throws(FormulaFault) -> Double {
        let start = position
        while position < text.count {
            let byte = text[position]
            let isExponentSign =
                (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && position > start
                && text[position - 1] == UInt8(ascii: "e")
            guard (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || isExponentSign
            else { break }
            position += 1
        }
        guard let value = Double(String(decoding: text[start..<position], as: UTF8.self)), value.isFinite else {
            throw fault()
        }
        return value
    }

    private mutating func word() -> String {
        let start = position
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                position += 1
            default:
                return String(decoding: text[start..<position], as: UTF8.self)
            }
        }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func take(_ symbol: Unicode.Scalar) -> UInt8? {
        skipSpaces()
        guard position < text.count, text[position] == UInt8(ascii: symbol) else { return nil }
        position += 1
        return text[position - 1]
    }

    private mutating func skipSpaces() {
        while position < text.count, text[position] == 32 || text[position] == 10 { position += 1 }
    }

    private func fault() -> FormulaFault {
        let shown = String(decoding: text.prefix(200), as: UTF8.self)
        return FormulaFault(.syntax, "\(shown) @ \(position + 1)")
    }
}

extension Expression {
    /// Reads a formula such as `electricity * (grid - own)`. Names are lower-case words with underscores.
    /// - Throws: `FormulaFault` with the place of the mistake.
    public init(parsing text: String) throws(FormulaFault) {
        self = try FormulaParser.parse(text)
    }
}
