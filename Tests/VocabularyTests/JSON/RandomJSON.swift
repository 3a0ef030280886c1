import Seeded

@testable import Vocabulary

/// Random values as the parser gives them: whole numbers are integers.
struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(integer())
        case 3: return number()
        case 4: return .string(string())
        case 5: return .array((0..<Int.random(in: 0...5, using: &generator)).map { _ in value(depth: depth - 1) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...6, using: &generator) { members[string()] = value(depth: depth - 1) }
            return .object(members)
        }
    }

    mutating func integer() -> Int64 {
        let value = generator.spreadInt64()
        return JSONValue.safeIntegers.contains(value) ? value : value >> 11
    }

    /// A number with a fraction or of a size that is written with an exponent.
    mutating func number() -> JSONValue {
        while true {
            let value = Double(bitPattern: generator.next())
            if value.isFinite, value != value.rounded() || value.magnitude >= 1e21 { return .number(value) }
        }
    }

    mutating func string() -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x7F, 0x20...0x7E, 0x20...0x7E, 0x80...0x7FF, 0x4E00...0x9FFF, 0xE000...0xF8FF, 0xFB00...0xFDCF,
            0x1F600...0x1F64F, 0x10000...0x1FFFD,
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let value = UInt32.random(in: ranges.randomElement(using: &generator) ?? 0...0x7F, using: &generator)
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}

/// The fault with which a text is refused as JSON, or nil if it is read.
func jsonFault(_ text: String, limits: JSONLimits = .standard) -> JSONFault? {
    jsonFault(Array(text.utf8), limits: limits)
}

func jsonFault(_ bytes: [UInt8], limits: JSONLimits = .standard) -> JSONFault? {
    do {
        _ = try JSONValue.parse(bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// The canonical text of a value.
func canonical(_ value: JSONValue) throws -> String {
    String(decoding: try value.canonicalBytes(), as: UTF8.self)
}
