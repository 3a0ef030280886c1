/// A name as it is compared: one 16-bit symbol a letter, half width, lower case, simplified, without spaces.
typealias Letters = [UInt16]

extension Letters {
    init(literal text: String) { self = text.unicodeScalars.map { $0.value <= 0xFFFF ? UInt16($0.value) : 0xFFFF } }
}

extension Sequence where Element == UInt16 {
    /// The letters as text, for people.
    var text: String {
        var result = String.UnicodeScalarView()
        for symbol in self { result.append(Unicode.Scalar(symbol) ?? "\u{FFFD}") }
        return String(result)
    }
}

enum Letter {
    static let open = UInt16(UInt8(ascii: "("))
    static let close = UInt16(UInt8(ascii: ")"))

    /// The value of an ASCII digit.
    static func digit(_ letter: UInt16) -> Int? { (0x30...0x39).contains(letter) ? Int(letter) - 0x30 : nil }

    static func isLatin(_ letter: UInt16) -> Bool { (0x61...0x7A).contains(letter) }

    /// 一 to 十, also as the one letter of a Roman number (Ⅰ to Ⅹ) or a circled digit.
    static func numeral(_ letter: UInt16) -> Int? {
        switch letter {
        case 0x4E00: 1
        case 0x4E8C, 0x4E24: 2
        case 0x4E09: 3
        case 0x56DB: 4
        case 0x4E94: 5
        case 0x516D: 6
        case 0x4E03: 7
        case 0x516B: 8
        case 0x4E5D: 9
        case 0x5341: 10
        case 0x2160...0x2169: Int(letter) - 0x215F
        case 0x2170...0x2179: Int(letter) - 0x216F
        case 0x2460...0x2469: Int(letter) - 0x245F
        default: nil
        }
    }
}

/// Folds names to letters.
struct LetterFolding: Sendable {
    private let simplified: [UInt16: UInt16]
    /// Longer names are cut: a name is a line, and comparing takes time with the square of its length.
    static let longest = 120

    /// - Parameter pairs: Traditional and simplified letters in turn.
    init(traditional pairs: String) {
        var simplified: [UInt16: UInt16] = [:]
        let letters = Letters(literal: pairs)
        for index in stride(from: 0, to: letters.count - 1, by: 2) { simplified[letters[index]] = letters[index + 1] }
        self.simplified = simplified
    }

    func callAsFunction(_ text: String) -> Letters {
        var letters: Letters = []
        for scalar in text.unicodeScalars {
            guard letters.count < Self.longest else { break }
            guard let letter = fold(scalar) else { continue }
            letters.append(letter)
        }
        return letters
    }

    /// nil for what no name is told apart by: spaces, marks of quotation, dots between names, what cannot be seen.
    private func fold(_ scalar: Unicode.Scalar) -> UInt16? {
        var value = scalar.value
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        switch value {
        case 0...0x20, 0x7F...0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0xFEFF: return nil
        case 0x22, 0x27, 0x60, 0x2A, 0xB7, 0x2018...0x201F, 0x2022, 0x2027, 0x22C5, 0x30FB, 0x300C...0x300F, 0x3002,
            0x3B, 0x2E3A, 0x300A, 0x300B:
            return nil
        // Brackets of every kind are one.
        case 0x5B, 0x7B, 0x3010, 0x3014, 0x3016, 0x3018, 0x28: return Letter.open
        case 0x5D, 0x7D, 0x3011, 0x3015, 0x3017, 0x3019, 0x29: return Letter.close
        case 0x2010...0x2015, 0x2212: return 0x2D
        case 0xD7, 0x2715, 0x2716: return 0x78
        case 0x41...0x5A: return UInt16(value) + 0x20
        default:
            guard value <= 0xFFFF else { return 0xFFFF }
            return simplified[UInt16(value)] ?? UInt16(value)
        }
    }
}

/// Words to be found at the beginning or the end of letters, the longest first.
struct WordList: Sendable {
    private let byFirst: [UInt16: [Letters]]
    private let byLast: [UInt16: [Letters]]
    private let all: Set<Letters>

    init(_ words: some Sequence<Letters>) {
        let sorted = Set(words).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: sorted) { $0.first ?? 0 }
        byLast = Dictionary(grouping: sorted) { $0.last ?? 0 }
        all = Set(sorted)
    }

    func contains(_ word: Letters) -> Bool { all.contains(word) }

    /// The length of the longest word that these letters begin with; 0 for none.
    func prefix(of letters: ArraySlice<UInt16>) -> Int {
        guard let first = letters.first, let words = byFirst[first] else { return 0 }
        return words.first { letters.starts(with: $0) }?.count ?? 0
    }

    /// The length of every word that these letters end with, the longest first.
    func everySuffix(of letters: ArraySlice<UInt16>, _ take: (Int) -> Void) {
        guard let last = letters.last, let words = byLast[last] else { return }
        for word in words where word.count <= letters.count && letters.suffix(word.count).elementsEqual(word) {
            take(word.count)
        }
    }

    /// The length of the longest word that these letters end with; 0 for none.
    func suffix(of letters: ArraySlice<UInt16>) -> Int {
        guard let last = letters.last, let words = byLast[last] else { return 0 }
        return words.first { $0.count <= letters.count && letters.suffix($0.count).elementsEqual($0) }?.count ?? 0
    }
}
