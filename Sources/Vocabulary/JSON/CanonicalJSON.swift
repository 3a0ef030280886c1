extension JSONValue {
    /// Writes the value in the one form that RFC 8785 (JSON Canonicalization Scheme) gives it: what is hashed and signed,
    /// and, being compact, also what is sent.
    ///
    /// What it writes, ``parse(_:limits:)`` reads back and would be written the same again. A ``number(_:)`` that happens
    /// to be whole, such as 56.0, is written `56` and so comes back as an integer.
    /// - Throws: ``JSONFault`` with the place of a value that has no such form: a number that is not finite, one that
    ///   would be written as digits alone and lies beyond ``safeIntegers``, so that readers would round it or refuse it,
    ///   a noncharacter in a string, too long a name, or more than ``JSONLimits/deepest`` levels.
    public func canonicalBytes() throws(JSONFault) -> [UInt8] {
        var writer = CanonicalWriter()
        try writer.write(self)
        return writer.buffer
    }
}

private struct CanonicalWriter {
    /// A step from a value to one within it.
    private enum Step {
        case member(String)
        case element(Int)
    }

    var buffer: [UInt8] = []
    /// The way down to the value being written, put into words only when something is wrong there.
    private var path: [Step] = []

    mutating func write(_ value: JSONValue) throws(JSONFault) {
        switch value {
        case .null: append("null")
        case .bool(true): append("true")
        case .bool(false): append("false")
        case .integer(let integer):
            guard JSONValue.safeIntegers.contains(integer) else { throw fault(.jsonUnsafeInteger) }
            if integer < 0 { buffer.append(UInt8(ascii: "-")) }
            DecimalDigits.append(integer.magnitude, to: &buffer)
        case .number(let number):
            try write(number)
        case .string(let text):
            try write(text)
        case .array(let elements):
            try checkDepth()
            buffer.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                path.append(.element(index))
                try write(element)
                path.removeLast()
            }
            buffer.append(UInt8(ascii: "]"))
        case .object(let members):
            try checkDepth()
            buffer.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, member) in members.sorted(by: { Self.precedes($0.key, $1.key) }) {
                if !isFirst { buffer.append(UInt8(ascii: ",")) }
                isFirst = false
                path.append(.member(name))
                guard name.utf8.count <= JSONLimits.nameLength else {
                    throw fault(.jsonNameTooLong, ["limit": String(JSONLimits.nameLength)])
                }
                try write(name)
                buffer.append(UInt8(ascii: ":"))
                try write(member)
                path.removeLast()
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }

    private mutating func append(_ word: StaticString) {
        for offset in 0..<word.utf8CodeUnitCount { buffer.append(word.utf8Start[offset]) }
    }

    private mutating func write(_ number: Double) throws(JSONFault) {
        guard number.isFinite else { throw fault(.jsonNotANumber) }
        // From 1e21 on an exponent is written, and no reader takes the number for an integer.
        if number.magnitude > Double(JSONValue.safeIntegers.upperBound), number.magnitude < 1e21 {
            throw fault(.jsonUnsafeInteger)
        }
        ECMAScriptNumber.append(number, to: &buffer)
    }

    /// Only what must be escaped is (RFC 8785, section 3.2.2.2).
    private mutating func write(_ text: String) throws(JSONFault) {
        buffer.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0x22: append("\\\"")
            case 0x5C: append("\\\\")
            case 0..<0x20:
                append(scalar.value < 0x10 ? "\\u000" : "\\u00")
                buffer += Array(String(scalar.value, radix: 16).utf8)
            case 0x20..<0x80:
                buffer.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                guard !JSONValue.isNoncharacter(scalar.value) else { throw fault(.jsonNoncharacter) }
                buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private func checkDepth() throws(JSONFault) {
        guard path.count < JSONLimits.deepest else {
            throw fault(.jsonTooDeep, ["limit": String(JSONLimits.deepest)])
        }
    }

    private func fault(_ code: FaultCode, _ arguments: [String: String] = [:]) -> JSONFault {
        var pointer = JSONPointer.root
        for step in path {
            switch step {
            case .member(let name): pointer = pointer.appending(name)
            case .element(let index): pointer = pointer.appending(index)
            }
        }
        return JSONFault(code, .value(pointer), arguments)
    }

    /// Whether a name comes before another by UTF-16 code units (RFC 8785, section 3.2.3).
    ///
    /// UTF-8 orders the same way but for U+E000 to U+FFFF, whose lead bytes 0xEE and 0xEF lie below those of the
    /// supplementary planes, while their code units lie above the surrogates. Lead bytes decide, so moving them is enough.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lazy.map(rank).lexicographicallyPrecedes(right.utf8.lazy.map(rank))
    }

    private static func rank(_ byte: UInt8) -> UInt8 { byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte }
}
