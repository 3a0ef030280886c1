/// What a sheet may be called: 1 to 31 UTF-16 units, none of `[ ] : * ? / \`, no apostrophe at either end, not
/// "History", and no name twice, whether in upper or lower case.
enum SheetName {
    private static let limit = 31

    /// The nearest permitted name that is not taken yet; a name that has to make room for a number keeps its beginning.
    static func adapted(_ wish: String, taken: [String]) -> String {
        let lowercased = Set(taken.map { $0.lowercased() })
        let permitted = withoutForbidden(wish)
        var candidate = cut(permitted, to: limit)
        if candidate.isEmpty { candidate = "Sheet" }
        if candidate.lowercased() == "history" { candidate += "_" }
        var number = 2
        let beginning = candidate
        while lowercased.contains(candidate.lowercased()) {
            let suffix = " (\(number))"
            candidate = cut(beginning, to: limit - suffix.utf16.count) + suffix
            number += 1
        }
        return candidate
    }

    private static func withoutForbidden(_ wish: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in wish.unicodeScalars {
            switch scalar {
            case "[": scalars.append("(")
            case "]": scalars.append(")")
            case ":", "*", "?", "/", "\\": scalars.append("-")
            default: scalars.append(scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE ? " " : scalar)
            }
        }
        return String(scalars)
    }

    /// The longest beginning of at most so many UTF-16 units that has no blank or apostrophe at either end.
    private static func cut(_ name: String, to limit: Int) -> String {
        func isUnwanted(_ character: Character) -> Bool { character == "'" || character == " " }
        let name = name.drop(while: isUnwanted)
        var kept = ""
        var length = 0
        for character in name {
            length += character.utf16.count
            guard length <= limit else { break }
            kept.append(character)
        }
        while let last = kept.last, isUnwanted(last) { kept.removeLast() }
        return kept
    }
}
