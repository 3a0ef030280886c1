/// A feature of a loan's texts: a run of one to three characters, or a code, with the field that it stands in.
///
/// Held as a 64-bit hash. Among 10^6 features two fall together with probability about 3 × 10^-8.
struct GramKey {
    enum Field: UInt64 {
        /// Purpose and project name speak alike.
        case purpose = 1
        /// A borrower's name is weak evidence and has features of its own.
        case borrower = 2
        case industry = 3
        case shape = 4
    }

    static func hash(_ field: Field, _ a: UInt16, _ b: UInt16 = 0, _ c: UInt16 = 0) -> UInt64 {
        mix(field.rawValue << 48 | UInt64(a) << 32 | UInt64(b) << 16 | UInt64(c))
    }

    /// The finaliser of MurmurHash3, a bijection of 64-bit words.
    private static func mix(_ value: UInt64) -> UInt64 {
        var key = value
        key ^= key >> 33
        key &*= 0xFF51_AFD7_ED55_8CCD
        key ^= key >> 33
        key &*= 0xC4CE_B9FE_1A85_EC53
        key ^= key >> 33
        return key == 0 ? 1 : key
    }
}

/// One occurrence of a feature in a loan's texts.
struct Gram {
    let key: UInt64
    /// Which text, and which of its symbols, for telling people the words. Codes and shapes have length 0.
    let source: LoanText.Source
    let start: Int32
    let length: Int32
}

/// The texts of a loan that say what it is for, folded. Made once a worker and filled again for every row.
public struct LoanText: Sendable {
    public enum Source: UInt8, Sendable, Hashable {
        case purpose
        case project
        case borrower
        case industry
    }

    public var purpose = FoldedText()
    public var project = FoldedText()
    public var borrower = FoldedText()
    /// The four digits of GB/T 4754-2017 as a number, or nil.
    public var industry: Int?

    public init() {}

    public init(purpose: String, project: String = "", borrower: String = "", industry: Int? = nil) {
        self.purpose = FoldedText(purpose)
        self.project = FoldedText(project)
        self.borrower = FoldedText(borrower)
        self.industry = industry
    }

    /// Lists every feature of the texts.
    @inline(__always)
    func forEachGram(_ body: (Gram) -> Void) {
        Self.grams(of: purpose, as: .purpose, from: .purpose, single: true, body)
        Self.grams(of: project, as: .purpose, from: .project, single: true, body)
        Self.grams(of: borrower, as: .borrower, from: .borrower, single: false, body)
        if let industry {
            let four = UInt16(truncatingIfNeeded: industry)
            body(Gram(key: GramKey.hash(.industry, 4, four), source: .industry, start: 0, length: 0))
            body(Gram(key: GramKey.hash(.industry, 2, four / 100), source: .industry, start: 0, length: 0))
        }
        let shape: UInt16 = project.symbols.isEmpty ? 1 : 2
        body(Gram(key: GramKey.hash(.shape, shape), source: .purpose, start: 0, length: 0))
        let size = UInt16(min(purpose.symbols.count, 47) / 6)
        body(Gram(key: GramKey.hash(.shape, 3, size), source: .purpose, start: 0, length: 0))
    }

    @inline(__always)
    private static func grams(
        of text: FoldedText, as field: GramKey.Field, from source: Source, single: Bool, _ body: (Gram) -> Void
    ) {
        let symbols = text.symbols.span
        let count = symbols.count
        var index = 0
        while index < count {
            let a = symbols[index]
            if a != FoldedText.separator {
                let start = Int32(truncatingIfNeeded: index)
                if single { body(Gram(key: GramKey.hash(field, a), source: source, start: start, length: 1)) }
                if index + 1 < count {
                    let b = symbols[index + 1]
                    if b != FoldedText.separator {
                        body(Gram(key: GramKey.hash(field, a, b), source: source, start: start, length: 2))
                        if single, index + 2 < count {
                            let c = symbols[index + 2]
                            if c != FoldedText.separator {
                                body(Gram(key: GramKey.hash(field, a, b, c), source: source, start: start, length: 3))
                            }
                        }
                    }
                }
            }
            index += 1
        }
    }
}
