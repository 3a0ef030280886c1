/// The place of a value within a JSON document (RFC 6901), such as `/facts/3/unit`; empty for the whole document.
///
///     JSONPointer.root.appending("facts").appending(3).appending("m/s").description   // "/facts/3/m~1s"
public struct JSONPointer: Sendable, Hashable {
    /// The whole document.
    public static let root = JSONPointer(text: "")

    private let text: String

    /// The place of a member of the object here.
    public func appending(_ member: String) -> JSONPointer {
        var token = ""
        for scalar in member.unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return JSONPointer(text: "\(text)/\(token)")
    }

    /// The place of an element of the array here, counted from 0.
    public func appending(_ index: Int) -> JSONPointer {
        JSONPointer(text: "\(text)/\(index)")
    }
}

extension JSONPointer: CustomStringConvertible {
    /// As RFC 6901 writes it: `~` as `~0`, `/` as `~1`.
    public var description: String { text }
}
