extension Unit: UTF8Parsable {
    /// Reads a unit: names and symbols, products with `·` or `*`, quotients with `/`, powers as `m2`, `m^2` or `m²`,
    /// parentheses, 万 and other powers of ten before a symbol, a substance behind a unit of mass.
    ///
    /// Read from left to right: `a/b·c` is (a/b)·c. 万 stands outside a power: 万m3 is 10⁴ m³. Upper and lower case
    /// differ, as MW and mW do.
    ///
    ///     try Unit.parse("万千瓦时").symbol           // "万kWh"
    ///     try Unit.parse("kgCO2/(m²·a)")
    ///     try Unit.parse("tCO2e") == Unit.parse("t")  // false
    /// - Parameter bytes: UTF-8 text of at most 64 bytes.
    /// - Throws: ``ParseFault`` with a code `unit.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Unit {
        guard bytes.count <= 64 else { throw .at(.unitTooLong, in: bytes, ["limit": "64"]) }
        var reader = UnitReader(bytes)
        do {
            return try reader.readUnit()
        } catch {
            throw .at(error.code, in: bytes, byte: error.byte, error.arguments)
        }
    }
}

/// Reads the grammar of units over folded characters.
private struct UnitReader {
    struct Fault: Error {
        let code: FaultCode
        let byte: Int
        var arguments: [String: String] = [:]
    }

    private var characters: [Unicode.Scalar] = []
    private var byteOffsets: [Int] = []
    private var index = 0
    private var depth = 0

    init(_ bytes: Span<UInt8>) {
        var byte = 0
        while byte < bytes.count {
            let (value, length) = UTF8Reading.folded(bytes, at: byte)
            // Subscripts are typography: CO₂ is CO2.
            let plain = (0x2080...0x2089).contains(value) ? value - 0x2080 + 0x30 : value
            characters.append(Unicode.Scalar(plain) ?? "\u{FFFD}")
            byteOffsets.append(byte)
            byte += length
        }
        byteOffsets.append(byte)
    }

    mutating func readUnit() throws(Fault) -> Unit {
        skipSpaces()
        guard index < characters.count else { throw Fault(code: .unitEmpty, byte: 0) }
        let unit = try readProduct()
        guard index == characters.count else { throw fault(.unitParenthesis) }
        return unit
    }

    private mutating func readProduct() throws(Fault) -> Unit {
        var result = Unit.one
        var isDivision = false
        skipSpaces()
        // "/a" is how 1/a is written behind a number.
        if current == "/" {
            isDivision = true
            index += 1
        }
        while true {
            let start = index
            let factor = try readPower()
            guard let next = isDivision ? result.divided(by: factor) : result.multiplied(by: factor) else {
                throw Fault(code: .unitTooLarge, byte: byteOffsets[start])
            }
            result = next
            skipSpaces()
            guard let mark = current, mark != ")" else { return result }
            guard Self.isMultiplication(mark) || mark == "/" else { throw fault(.unitMissingFactor) }
            isDivision = mark == "/"
            index += 1
        }
    }

    private mutating func readPower() throws(Fault) -> Unit {
        skipSpaces()
        let start = index
        var factor: Unit
        var prefix: UnitPrefix?
        if current == "(" {
            guard depth < 4 else { throw fault(.unitParenthesis) }
            depth += 1
            index += 1
            factor = try readProduct()
            guard current == ")" else { throw Fault(code: .unitParenthesis, byte: byteOffsets[start]) }
            index += 1
            depth -= 1
        } else {
            (prefix, factor) = try readName()
        }
        let exponentStart = index
        if let exponent = try readExponent() {
            guard exponent != 0 else { throw Fault(code: .unitExponent, byte: byteOffsets[exponentStart]) }
            guard let power = factor.raised(to: exponent) else {
                throw Fault(code: .unitTooLarge, byte: byteOffsets[start])
            }
            factor = power
        }
        guard let prefix else { return factor }
        guard let prefixed = factor.prefixed(by: prefix.symbol, scale: prefix.scale) else {
            throw Fault(code: .unitTooLarge, byte: byteOffsets[start])
        }
        return prefixed
    }

    /// Reads a name and the power of ten before it, which stands outside of a power behind it: 万m² is 10⁴ m².
    private mutating func readName() throws(Fault) -> (prefix: UnitPrefix?, unit: Unit) {
        let start = index
        var name = ""
        while let character = current, !Self.endsName(character) {
            if character != " " && character != "\t" { name.unicodeScalars.append(character) }
            index += 1
        }
        guard !name.isEmpty else { throw fault(.unitMissingFactor) }
        if let unit = Self.unit(named: name) { return (nil, unit) }
        for prefix in UnitCatalogue.prefixes where name.hasPrefix(prefix.word) {
            let rest = String(name.dropFirst(prefix.word.count))
            if rest.isEmpty { return (prefix, .one) }
            if rest != "1", let unit = Self.unit(named: rest) { return (prefix, unit) }
        }
        throw Fault(code: .unitUnknown, byte: byteOffsets[start], arguments: ["unit": name])
    }

    /// Reads `^2`, `^-1`, `²` or `⁻¹` if one stands here.
    private mutating func readExponent() throws(Fault) -> Int? {
        if current == "^" {
            let start = index
            index += 1
            var isNegative = false
            if current == "-" {
                isNegative = true
                index += 1
            }
            guard let character = current, let digit = UTF8Reading.digit(character.value) else {
                throw Fault(code: .unitExponent, byte: byteOffsets[start])
            }
            index += 1
            return isNegative ? -Int(digit) : Int(digit)
        }
        guard let first = current, Self.isSuperscript(first) else { return nil }
        let isNegative = first == "⁻"
        if isNegative { index += 1 }
        guard let character = current, let digit = Self.superscriptDigit(character) else {
            throw fault(.unitExponent)
        }
        index += 1
        return isNegative ? -digit : digit
    }

    /// The unit of one name: known as a whole, a mass of a substance, or a power as in km2.
    private static func unit(named name: String) -> Unit? {
        if name == "1" { return .one }
        let catalogue = UnitCatalogue.standard
        if let unit = catalogue.unit(named: name) ?? catalogue.massOfSubstance(named: name) { return unit }
        guard let last = name.unicodeScalars.last, let digit = UTF8Reading.digit(last.value), digit >= 2 else {
            return nil
        }
        return catalogue.unit(named: String(name.unicodeScalars.dropLast()))?.raised(to: Int(digit))
    }

    private var current: Unicode.Scalar? { index < characters.count ? characters[index] : nil }

    private mutating func skipSpaces() {
        while let character = current, UTF8Reading.isSpace(character.value) { index += 1 }
    }

    private func fault(_ code: FaultCode) -> Fault { Fault(code: code, byte: byteOffsets[index]) }

    private static func isMultiplication(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "*", "·", ".", "×", "•", "⋅", "∙", "・": true
        default: false
        }
    }

    private static func endsName(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "/", "(", ")", "^": true
        default: isMultiplication(character) || isSuperscript(character)
        }
    }

    private static func isSuperscript(_ character: Unicode.Scalar) -> Bool {
        character == "⁻" || superscriptDigit(character) != nil
    }

    private static func superscriptDigit(_ character: Unicode.Scalar) -> Int? {
        switch character {
        case "¹": 1
        case "²": 2
        case "³": 3
        case "⁰", "⁴"..."⁹": Int(character.value - 0x2070)
        default: nil
        }
    }
}
