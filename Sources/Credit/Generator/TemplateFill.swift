/// What is put into the templates of invented loans and projects: `{place}{name}风电场{phase}`.
public struct TemplateFill: Sendable {
    public let place: String
    public let name: String
    /// For `{n}`.
    public let number: Int
    /// For `{m}`.
    public let other: Int
    public let phase: String

    public init(place: String, name: String, number: Int, other: Int, phase: String) {
        self.place = place
        self.name = name
        self.number = number
        self.other = other
        self.phase = phase
    }

    /// The template with its gaps filled; one that has no name here is left out.
    public func fill(_ template: String) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            switch rest[rest.index(after: open)..<close] {
            case "place": result += place
            case "name": result += name
            case "n": result += String(number)
            case "m": result += String(other)
            case "phase": result += phase
            default: break
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
