import Foundation
import Vocabulary

/// JSON text to values and back: the one place through which this floor and the API read and write JSON.
package enum JSONBytes {
    /// Nesting deeper than this is refused.
    package static let mostDepth = 64

    /// Reads JSON text.
    /// - Throws: ``Problem`` 400 where it is none, or is nested too deep.
    package static func parse(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
        guard depth(of: bytes) <= mostDepth else { throw Problem(400, .jsonMalformed) }
        do {
            return try JSONDecoder().decode(Coded.self, from: Data(bytes)).value
        } catch {
            throw Problem(400, .jsonMalformed)
        }
    }

    /// Writes a value, members in order of their names, so that equal values give equal bytes.
    package static func write(_ value: JSONValue) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(Coded(value: value)) else { return Array("null".utf8) }
        return [UInt8](data)
    }

    private static func depth(of bytes: [UInt8]) -> Int {
        var (depth, most, isText, isEscaped) = (0, 0, false, false)
        for byte in bytes {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isText = false
                }
                continue
            }
            switch byte {
            case 0x22: isText = true
            case 0x5B, 0x7B:
                depth += 1
                most = max(most, depth)
            case 0x5D, 0x7D: depth -= 1
            default: break
            }
        }
        return most
    }

    private struct Coded: Codable {
        let value: JSONValue

        init(value: JSONValue) { self.value = value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .null
            } else if let bool = try? container.decode(Bool.self) {
                value = .bool(bool)
            } else if let integer = try? container.decode(Int64.self) {
                value = .integer(integer)
            } else if let number = try? container.decode(Double.self) {
                value = .number(number)
            } else if let text = try? container.decode(String.self) {
                value = .string(text)
            } else if let elements = try? container.decode([Coded].self) {
                value = .array(elements.map(\.value))
            } else {
                value = .object(try container.decode([String: Coded].self).mapValues(\.value))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch value {
            case .null: try container.encodeNil()
            case .bool(let bool): try container.encode(bool)
            case .integer(let integer): try container.encode(integer)
            case .number(let number): try container.encode(number)
            case .string(let text): try container.encode(text)
            case .array(let elements): try container.encode(elements.map(Coded.init(value:)))
            case .object(let members): try container.encode(members.mapValues(Coded.init(value:)))
            }
        }
    }
}
