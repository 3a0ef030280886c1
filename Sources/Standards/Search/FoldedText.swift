extension String {
    /// The text in small letters, full-width forms made half-width and white space left out, so that what a person types
    /// and what a catalogue prints are compared alike.
    var foldedForSearch: String {
        var folded = ""
        for scalar in unicodeScalars where !scalar.properties.isWhitespace {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { folded += narrow.properties.lowercaseMapping }
            case 0x41...0x5A:
                if let small = Unicode.Scalar(scalar.value + 0x20) { folded.unicodeScalars.append(small) }
            case 0..<0x80, 0x4E00...0x9FFF: folded.unicodeScalars.append(scalar)
            default: folded += scalar.properties.lowercaseMapping
            }
        }
        return folded
    }
}

extension [UInt8] {
    /// Whether the others stand in it one after another.
    func holds(_ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        guard count >= wanted.count else { return false }
        for start in 0...(count - wanted.count) where self[start] == first {
            if self[start..<start + wanted.count].elementsEqual(wanted) { return true }
        }
        return false
    }
}
