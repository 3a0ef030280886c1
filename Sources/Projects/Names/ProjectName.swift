import Vocabulary

/// A project's name taken apart: place, words of its own, subject, phase, lot, capacity.
///
///     let name = ProjectName("关于奉节县金凤镇10万千瓦光伏发电项目（二期）的备案", words)
///     name.ownWords          // "金凤"
///     name.phases            // [2]
///     name.capacities        // ["power": 100000] (kW)
public struct ProjectName: Sendable, Hashable {
    /// Own words and subjects in their order: what stays when everything that changes is taken away.
    let core: Letters
    /// The same letters as they were written, before words were put for others that mean the same.
    let plain: Letters
    let own: Letters
    let subjects: [Letters]
    /// The owner, where the name begins with it.
    let ownerLetters: Letters
    public let place: RegionCode?
    /// 一期, Ⅱ期, 第三期工程; empty where none is named.
    public let phases: Set<Int>
    /// 二标段, A标段.
    public let lots: Set<String>
    /// 扩建, 提标改造: a later work on what stands.
    public let isExtension: Bool
    /// Whether the name is of a contract (EPC, purchase, supervision) rather than of the whole.
    public let isContract: Bool
    /// By kind, in the kind's first unit: power in kW, energy in kWh, flow in m³ a day.
    public let capacities: [String: Double]
    /// Other numbers in their order: 第二, 15号线, 500千伏 not being a capacity.
    public let numbers: [Int]

    /// The letters of its own: what is neither place nor subject nor number.
    public var ownWords: String { own.text }

    public init(_ text: String, _ words: NameWords) {
        var reading = ProjectReading(letters: words.fold(text), words)
        reading.read()
        core = reading.core
        plain = reading.plain
        own = reading.own
        subjects = reading.subjects
        ownerLetters = reading.owner
        place = reading.place
        phases = reading.phases
        lots = reading.lots
        isExtension = reading.isExtension
        isContract = reading.isContract
        capacities = reading.capacities
        numbers = reading.numbers
    }
}

/// One name on its way to being taken apart.
private struct ProjectReading {
    private var letters: Letters
    private let words: NameWords
    var core: Letters = []
    var plain: Letters = []
    var own: Letters = []
    var subjects: [Letters] = []
    var owner: Letters = []
    var place: RegionCode?
    var phases: Set<Int> = []
    var lots: Set<String> = []
    var isExtension = false
    var isContract = false
    var capacities: [String: Double] = [:]
    var numbers: [Int] = []

    private static let qi: UInt16 = 0x671F
    private static let ordinal: UInt16 = 0x7B2C

    init(letters: Letters, _ words: NameWords) {
        self.letters = letters
        self.words = words
    }

    mutating func read() {
        splitOwner()
        readBrackets()
        readMarks()
        dropOpenings()
        if let found = words.places.prefix(of: letters[...], leaving: 2) {
            place = found.code
            letters.removeFirst(found.count)
            dropOpenings()
        }
        dropEndings()
        plain = letters
        readWords()
    }

    /// 重庆渝能新能源有限公司金凤光伏项目 names its owner first.
    private mutating func splitOwner() {
        let sign: [UInt16] = [0x516C, 0x53F8]
        guard letters.count > 8 else { return }
        for index in (4..<(letters.count - 5)).reversed()
        where letters[index] == sign[0] && letters[index + 1] == sign[1] {
            owner = Letters(letters[..<(index + 2)])
            letters.removeFirst(index + 2)
            if letters.first == 0x2D || letters.first == 0x7684 { letters.removeFirst() }
            return
        }
    }

    /// What stands in brackets is a note about the papers, or a part of the name like any other.
    private mutating func readBrackets() {
        for _ in 0..<6 {
            guard let open = letters.firstIndex(of: Letter.open) else { break }
            let close = letters[open...].firstIndex(of: Letter.close) ?? letters.endIndex
            var content = letters[(open + 1)..<close]
            var saysContract = false
            while !content.isEmpty {
                let note = max(words.endings.suffix(of: content), words.openings.suffix(of: content))
                let contract = words.contracts.suffix(of: content)
                guard max(note, contract) > 0 else { break }
                if contract >= note { saysContract = true }
                content = content.dropLast(max(note, contract))
            }
            if content.isEmpty {
                if saysContract { isContract = true }
                letters.removeSubrange(open..<min(close + 1, letters.count))
            } else {
                if close < letters.count { letters.remove(at: close) }
                letters.remove(at: open)
            }
        }
        letters.removeAll { $0 == Letter.open || $0 == Letter.close }
    }

    /// Phases, lots, years and capacities, wherever they stand, are read and taken out.
    private mutating func readMarks() {
        var rest: Letters = []
        var index = 0
        while index < letters.count {
            if let end = year(at: index) ?? phase(at: index) ?? lot(at: index) ?? capacity(at: index) {
                index = end
            } else {
                rest.append(letters[index])
                index += 1
            }
        }
        letters = rest.filter { $0 != 0x2D && $0 != 0x2C && $0 != 0x3001 && $0 != 0x3A }
    }

    private func number(at start: Int) -> (value: Int, end: Int)? {
        var index = start
        var value = 0
        while index < letters.count, let digit = Letter.digit(letters[index]), index - start < 9 {
            value = value * 10 + digit
            index += 1
        }
        if index > start { return (value, index) }
        guard start < letters.count, let first = Letter.numeral(letters[start]) else { return nil }
        // 十二, 二十, 二十三.
        guard let second = start + 1 < letters.count ? Letter.numeral(letters[start + 1]) : nil else {
            return (first, start + 1)
        }
        if first == 10, second < 10 { return (10 + second, start + 2) }
        if first < 10, second == 10 {
            let third = start + 2 < letters.count ? Letter.numeral(letters[start + 2]) : nil
            return (first * 10 + (third ?? 0), start + (third == nil ? 2 : 3))
        }
        return (first, start + 1)
    }

    private func year(at start: Int) -> Int? {
        guard let (value, end) = number(at: start), end - start == 4, (1990...2099).contains(value),
            end < letters.count, letters[end] == 0x5E74, start == 0 || Letter.digit(letters[start - 1]) == nil
        else { return nil }
        return end + 1 < letters.count && letters[end + 1] == 0x5EA6 ? end + 2 : end + 1
    }

    /// 一期, 第二期, 3期, Ⅱ期, 首期, 二阶段; and of 一、二期 both.
    private mutating func phase(at start: Int) -> Int? {
        let from = letters[start] == Self.ordinal ? start + 1 : start
        if letters[start] == 0x9996, start + 1 < letters.count, letters[start + 1] == Self.qi {
            phases.insert(1)
            return start + 2
        }
        guard let (value, end) = number(at: from), (1...20).contains(value), end < letters.count else { return nil }
        if letters[end] == Self.qi {
            phases.insert(value)
            return end + 1
        }
        if letters[end...].starts(with: [0x9636, 0x6BB5]) {
            phases.insert(value)
            return end + 2
        }
        guard letters[end] == 0x3001, let next = number(at: end + 1), next.end < letters.count,
            letters[next.end] == Self.qi
        else { return nil }
        phases.insert(value)
        return end + 1
    }

    /// 一标段, A标, 第3标段.
    private mutating func lot(at start: Int) -> Int? {
        let from = letters[start] == Self.ordinal ? start + 1 : start
        var found: (text: String, end: Int)?
        if let (value, end) = number(at: from) {
            found = (String(value), end)
        } else if from < letters.count, Letter.isLatin(letters[from]) {
            found = ([letters[from]].text, from + 1)
        }
        guard let found, found.end + 1 < letters.count, letters[found.end] == 0x6807, letters[found.end + 1] == 0x6BB5
        else { return nil }
        lots.insert(found.text)
        return found.end + 2
    }

    /// 100MW, 10万千瓦, 2×660MW.
    private mutating func capacity(at start: Int) -> Int? {
        guard let first = decimal(at: start), start == 0 || Letter.digit(letters[start - 1]) == nil else { return nil }
        var (value, end) = first
        if end < letters.count, letters[end] == 0x78, let second = decimal(at: end + 1) {
            value *= second.value
            end = second.end
        }
        let length = words.units.prefix(of: letters[end...])
        guard length > 0, let unit = words.capacities[Letters(letters[end..<(end + length)])] else { return nil }
        // Of two the larger is the whole.
        capacities[unit.kind] = max(capacities[unit.kind] ?? 0, value * unit.scale)
        return end + length
    }

    private func decimal(at start: Int) -> (value: Double, end: Int)? {
        var index = start
        var value = 0.0
        while index < letters.count, let digit = Letter.digit(letters[index]), index - start < 12 {
            value = value * 10 + Double(digit)
            index += 1
        }
        guard index > start else { return nil }
        guard index + 1 < letters.count, letters[index] == 0x2E, Letter.digit(letters[index + 1]) != nil else {
            return (value, index)
        }
        index += 1
        var scale = 0.1
        while index < letters.count, let digit = Letter.digit(letters[index]), scale > 1e-6 {
            value += Double(digit) * scale
            scale /= 10
            index += 1
        }
        return (value, index)
    }

    private mutating func dropOpenings() {
        for _ in 0..<3 {
            let length = words.openings.prefix(of: letters[...])
            guard length > 0, letters.count - length >= 4 else { return }
            letters.removeFirst(length)
        }
    }

    private mutating func dropEndings() {
        for _ in 0..<8 {
            let contract = words.contracts.suffix(of: letters[...])
            let ending = words.endings.suffix(of: letters[...])
            let later = words.extensions.suffix(of: letters[...])
            let length = max(contract, ending, later)
            guard length > 0, letters.count - length >= 2 else { return }
            if contract == length, ending < length { isContract = true }
            if later == length, ending < length { isExtension = true }
            letters.removeLast(length)
        }
    }

    /// Splits what is left into subjects, numbers and words of its own.
    private mutating func readWords() {
        var index = 0
        while index < letters.count {
            let rest = letters[index...]
            if rest.first == Self.ordinal, let (value, end) = number(at: index + 1) {
                numbers.append(value)
                index = end
                continue
            }
            let synonym = words.synonyms.prefix(of: rest)
            let subject = words.subjects.prefix(of: rest)
            let link = words.links.prefix(of: rest)
            if synonym > 0 || subject > 0, max(synonym, subject) >= link {
                let word = Letters(rest.prefix(max(synonym, subject)))
                let token = words.canonical[word] ?? word
                subjects.append(token)
                core += token
                index += word.count
            } else if link > 0, index > 0 {
                index += link
            } else if Letter.digit(letters[index]) != nil, let (value, end) = number(at: index) {
                numbers.append(value)
                index = end
            } else {
                let locality = words.localities.prefix(of: rest)
                if locality > 0, own.count >= 2 {
                    index += locality
                    continue
                }
                own.append(letters[index])
                core.append(letters[index])
                index += 1
            }
        }
    }
}
