import Vocabulary

/// A company's name taken apart, as the rules of registration put it together: place, mark (字号), trade, legal form, branch.
///
///     let name = CompanyName("重庆市渝能（集团）新能源科技有限责任公司綦江分公司", words)
///     name.mark      // "渝能"
///     name.branch    // "綦江分公司"
public struct CompanyName: Sendable, Hashable {
    /// Letters of the whole, without notes in brackets.
    let folded: Letters
    /// Mark and trade, by which it is told from others.
    let core: Letters
    let markLength: Int
    let branchLetters: Letters
    /// Older names that stood in brackets, folded.
    let formerCores: [Letters]
    /// The place in front of the name.
    public let place: RegionCode?
    /// The place within the name: 渝能（重庆）新能源有限公司.
    public let innerPlace: RegionCode?
    public let form: NameWords.LegalForm?
    /// Whether it calls itself a group.
    public let isGroup: Bool

    /// The mark, the word of its own.
    public var mark: String { core.prefix(markLength).text }
    /// What it says it does.
    public var trade: String { core.dropFirst(markLength).text }
    /// The branch, empty for the company itself.
    public var branch: String { branchLetters.text }

    /// Takes a name apart. Any text has some reading; one that is no company's has only a mark.
    public init(_ text: String, _ words: NameWords) {
        var reading = CompanyReading(letters: words.fold(text), words)
        reading.read()
        self.init(reading, former: reading.former)
    }

    fileprivate init(_ reading: CompanyReading, former: [Letters]) {
        folded = reading.whole
        core = reading.core
        markLength = reading.markLength
        branchLetters = reading.branch
        formerCores = former
        place = reading.place
        innerPlace = reading.innerPlace
        form = reading.form
        isGroup = reading.isGroup
    }
}

/// One name on its way to being taken apart.
private struct CompanyReading {
    private var letters: Letters
    private let words: NameWords
    var whole: Letters = []
    var core: Letters = []
    var markLength = 0
    var branch: Letters = []
    var former: [Letters] = []
    var place: RegionCode?
    var innerPlace: RegionCode?
    var form: NameWords.LegalForm?
    var isGroup = false

    init(letters: Letters, _ words: NameWords) {
        self.letters = letters
        self.words = words
    }

    mutating func read() {
        dropNumbering()
        readBrackets()
        whole = letters
        splitBranch()
        if let found = words.places.prefix(of: letters[...], leaving: 2) {
            place = found.code
            letters.removeFirst(found.count)
        }
        readForm()
        readGroup()
        core = letters
        readTrade()
    }

    /// 1、 and (3) of a list are no part of a name.
    private mutating func dropNumbering() {
        var count = 0
        let bracketed = letters.first == Letter.open
        if bracketed { count = 1 }
        let start = count
        while count < letters.count, Letter.digit(letters[count]) != nil { count += 1 }
        guard count > start, count - start <= 4, count < letters.count else { return }
        let mark = letters[count]
        if bracketed ? mark == Letter.close : mark == 0x3001 || mark == 0x2E || mark == 0x2C {
            letters.removeFirst(count + 1)
        }
    }

    /// Brackets hold a place, a group's word, an older name, or a note that says nothing of who it is.
    private mutating func readBrackets() {
        for _ in 0..<6 {
            guard let open = letters.firstIndex(of: Letter.open) else { break }
            let close = letters[open...].firstIndex(of: Letter.close) ?? letters.endIndex
            let content = Letters(letters[(open + 1)..<close])
            let isLast = close >= letters.count - 1
            var kept: Letters = []
            if let name = after(words.former, content) {
                former.append(coreOf(name))
            } else if words.groups.contains(content) {
                kept = content
            } else if let found = words.places.prefix(of: content[...], leaving: 0), found.count == content.count {
                if !isLast { innerPlace = found.code }
            } else if after(words.short, content) == nil, !isLast {
                kept = content
            } else if words.branches.suffix(of: content[...]) > 0 {
                kept = content
            } else if words.formKinds.keys.contains(where: {
                $0.contains(Letter.open) && $0.starts(with: letters.suffix($0.count)) && letters.count > $0.count
            }) {
                // (有限合伙) belongs to its legal form.
                form = .partnership
                letters.removeSubrange(open..<min(close + 1, letters.count))
                continue
            }
            letters.replaceSubrange(open..<min(close + 1, letters.count), with: kept)
        }
        letters.removeAll { $0 == Letter.open || $0 == Letter.close || $0 == 0x3A || $0 == 0x2D || $0 == 0x2C }
    }

    /// What follows one of these words and a colon, if content begins so.
    private func after(_ list: WordList, _ content: Letters) -> Letters? {
        let count = list.prefix(of: content[...])
        guard count > 0 else { return nil }
        return Letters(content.dropFirst(count).drop { $0 == 0x3A || $0 == 0x4E3A })
    }

    private func coreOf(_ name: Letters) -> Letters {
        var reading = CompanyReading(letters: name.filter { $0 != Letter.open && $0 != Letter.close }, words)
        reading.read()
        return reading.core
    }

    /// 渝能有限公司綦江分公司 is the branch 綦江分公司 of 渝能有限公司.
    private mutating func splitBranch() {
        guard words.branches.suffix(of: letters[...]) > 0 else { return }
        let sign: Letters = [0x516C, 0x53F8]
        guard letters.count > 6 else { return }
        for index in 3..<(letters.count - 3) where letters[index] == sign[0] && letters[index + 1] == sign[1] {
            branch = Letters(letters[(index + 2)...])
            letters.removeSubrange((index + 2)...)
            return
        }
    }

    private mutating func readForm() {
        let count = words.forms.suffix(of: letters[...])
        if count > 0, letters.count - count >= 2 {
            let kind = words.formKinds[Letters(letters.suffix(count))]
            form = form ?? kind
            letters.removeLast(count)
            // 有限限公司, 有现公司: 公司 stands there, and the slip before it.
            if kind == .company { dropBrokenForm(kept: count) }
            return
        }
        dropBrokenForm(kept: 0)
    }

    /// 有限公可, 有公司: at most one slip from a form of limited companies.
    /// - Parameter kept: How many letters 公司 has that were taken off already.
    private mutating func dropBrokenForm(kept: Int) {
        let ending = Letters([0x516C, 0x53F8].prefix(kept))
        for target in words.limited {
            for length in [target.count + 1, target.count, target.count - 1]
            where length > kept && letters.count + kept - length >= 2 {
                let broken = Letters(letters.suffix(length - kept)) + ending
                if EditDistance.between(broken, target, limit: 1) <= 1 {
                    letters.removeLast(length - kept)
                    form = .limited
                    return
                }
            }
        }
    }

    private mutating func readGroup() {
        let count = words.groups.suffix(of: letters[...])
        guard count > 0, letters.count - count >= 2 else { return }
        isGroup = true
        letters.removeLast(count)
    }

    /// What is left before the words of trade is the mark, as short as these words allow; at least two letters, for no mark
    /// is shorter: 渝新能源 is 渝新 and 能源.
    private mutating func readTrade() {
        markLength = core.count
        var begins = [Bool](repeating: false, count: core.count + 1)
        begins[core.count] = true
        for end in stride(from: core.count, to: 2, by: -1) where begins[end] {
            words.trades.everySuffix(of: core[..<end]) { length in
                guard end - length >= 2 else { return }
                begins[end - length] = true
                markLength = min(markLength, end - length)
            }
        }
    }
}
