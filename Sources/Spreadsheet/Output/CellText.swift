/// Prepares text for a cell, in which some characters can't stand as they are.
enum CellText {
    /// The most UTF-16 units a cell can hold.
    static let limit = 32_767

    /// The text with NUL and noncharacters replaced by U+FFFD, and with what looks like an escape escaped.
    static func storable(_ text: String) -> String {
        let needsWork = text.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "_") || $0 == 0xEF }
        guard needsWork else { return text }
        var scalars = String.UnicodeScalarView()
        let all = Array(text.unicodeScalars)
        for (index, scalar) in all.enumerated() {
            if scalar.value == 0 || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
                scalars.append("\u{FFFD}")
            } else if scalar == "_", looksLikeEscape(all[index...].prefix(7)) {
                scalars.append(contentsOf: "_x005F_".unicodeScalars)
            } else {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func looksLikeEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        guard scalars.count == 7, let last = scalars.last, last == "_", scalars.dropFirst().first == "x" else {
            return false
        }
        return scalars.dropFirst(2).prefix(4).allSatisfy(\.properties.isASCIIHexDigit)
    }
}
