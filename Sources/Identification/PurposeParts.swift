/// One use of a loan with several, and its part of the whole.
public struct PurposePart: Sendable, Hashable {
    public let text: String
    /// 0 ... 1; the parts of one purpose add up to 1.
    public let fraction: Double
}

/// Splits a purpose that says how much goes where: `60%用于风电场建设，40%补充流动资金`,
/// `其中3000万元建污水厂，2000万元归还借款`.
public enum PurposeParts {
    private enum Kind { case percent, money }

    private struct Clause {
        var words: String
        var amount: Double?
        var kind: Kind?
        var isRest: Bool
        /// The amount is the whole project or loan, of which others are parts: 总投资, 合计.
        var isWhole: Bool
        /// The amount is a part of one before: 其中.
        var isWithin: Bool
        /// The amount says where money comes from, not where it goes: 资本金, 自筹.
        var isSource: Bool
    }

    private static let wholes = ["总投资", "投资总额", "总计", "合计", "共计"]
    private static let sources = ["资本金", "自筹", "自有资金"]

    /// Whether the text may hold several uses, at the cost of one look at each byte: two amounts, or one and a rest.
    public static func mayHaveSeveral(_ bytes: Span<UInt8>) -> Bool {
        var marks = 0
        var hasRest = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                marks += 1
            } else if index + 2 < bytes.count {
                // ％ EF BC 85 · 万 E4 B8 87 · 亿 E4 BA BF · 余 E4 BD 99
                if byte == 0xE4, bytes[index + 1] == 0xBD, bytes[index + 2] == 0x99 { hasRest = true }
                if byte == 0xEF, bytes[index + 1] == 0xBC, bytes[index + 2] == 0x85 { marks += 1 }
                if byte == 0xE4, bytes[index + 1] == 0xB8, bytes[index + 2] == 0x87 { marks += 1 }
                if byte == 0xE4, bytes[index + 1] == 0xBA, bytes[index + 2] == 0xBF { marks += 1 }
                // 元 E5 85 83 behind a digit: 单元 and 元件 are no money.
                if byte == 0xE5, bytes[index + 1] == 0x85, bytes[index + 2] == 0x83, index > 0,
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index - 1])
                {
                    marks += 1
                }
            }
            index += 1
        }
        return marks > 1 || marks == 1 && hasRest
    }

    /// - Returns: At least two parts that add up to 1, or nothing where the text doesn't divide the loan. A percentage
    ///   that is no part of the money (an efficiency up by 20 %) does not add up with others and so divides nothing.
    public static func parts(of purpose: String) -> [PurposePart] {
        guard purpose.utf8.count <= 2_000 else { return [] }
        let clauses = clauses(of: purpose)
        for kind in [Kind.percent, .money] {
            let result = divide(clauses, kind)
            if result.count >= 2 { return result }
        }
        return []
    }

    private static func divide(_ clauses: [Clause], _ kind: Kind) -> [PurposePart] {
        var uses = clauses.filter { $0.kind == kind && ($0.amount ?? 0) > 0 && !$0.isSource }
        var whole = kind == .percent ? 100 : 0.0
        if kind == .money, let head = uses.first, let first = head.amount {
            let others = uses.dropFirst().reduce(0) { $0 + ($1.amount ?? 0) }
            let hasRest = clauses.contains(where: \.isRest)
            // The first amount is the loan itself where it says so, where the next is a part of it, where the others
            // add up to it, or leave a rest that is named.
            let isWhole =
                head.isWhole || !head.isWithin && uses.dropFirst().contains(where: \.isWithin)
                || uses.count >= 3 && abs(others - first) <= first * 0.02
                || uses.count >= 2 && hasRest && others < first
            if isWhole {
                whole = first
                uses.removeFirst()
            }
            uses.removeAll(where: \.isWhole)
        }
        let said = uses.reduce(0) { $0 + ($1.amount ?? 0) }
        if whole == 0 { whole = said }
        guard said > 0, said <= whole * 1.005 else { return [] }
        var parts = uses.map { PurposePart(text: $0.words, fraction: ($0.amount ?? 0) / whole) }
        if let rest = clauses.first(where: { $0.isRest && $0.kind != kind }), said < whole * 0.999 {
            parts.append(PurposePart(text: rest.words, fraction: (whole - said) / whole))
        }
        let total = parts.reduce(0) { $0 + $1.fraction }
        guard parts.count >= 2, abs(total - 1) < 0.01, parts.allSatisfy({ $0.text.count >= 2 }) else { return [] }
        return parts
    }

    private static func clauses(of purpose: String) -> [Clause] {
        let breaks: Set<Character> = ["，", ",", "；", ";", "。", "、", "：", ":", "\n", "+", "＋"]
        var clauses: [Clause] = []
        var words: [Character] = []
        let characters = Array(purpose)
        func close(_ words: inout [Character]) {
            if !words.isEmpty { clauses.append(clause(words)) }
            words.removeAll()
        }
        for (index, character) in characters.enumerated() {
            // A comma between digits belongs to a number.
            let inNumber =
                character == "," && index > 0 && index + 1 < characters.count && characters[index - 1].isNumber
                && characters[index + 1].isNumber
            if breaks.contains(character), !inNumber { close(&words) } else { words.append(character) }
        }
        close(&words)
        return clauses
    }

    private static func clause(_ characters: [Character]) -> Clause {
        let units: [(String, Double, Kind)] = [
            ("%", 1, .percent), ("％", 1, .percent), ("亿元", 1e8, .money), ("亿", 1e8, .money),
            ("百万元", 1e6, .money), ("万元", 1e4, .money), ("万", 1e4, .money), ("元", 1, .money),
        ]
        var words = ""
        var amount: Double?
        var kind: Kind?
        var index = 0
        while index < characters.count {
            guard amount == nil, characters[index].isASCII, characters[index].isNumber else {
                words.append(characters[index])
                index += 1
                continue
            }
            var digits = ""
            var end = index
            while end < characters.count, characters[end].isASCII,
                characters[end].isNumber || characters[end] == "." || characters[end] == ","
            {
                if characters[end] != "," { digits.append(characters[end]) }
                end += 1
            }
            let behind = String(characters[end..<min(end + 3, characters.count)])
            let unit = units.first { behind.hasPrefix($0.0) }
            if let unit, let value = Double(digits), isMoney(unit.0, behind) {
                amount = value * unit.1
                kind = unit.2
                index = end + unit.0.count
            } else {
                words += String(characters[index..<end])
                index = end
            }
        }
        let isWhole = wholes.contains { words.contains($0) }
        let isWithin = words.contains("其中")
        let isSource = sources.contains { words.contains($0) }
        let isRest = ["其余", "剩余", "余款", "余下"].contains { words.hasPrefix($0) || words.contains($0) }
        for filler in ["其余", "剩余", "余款", "余下", "其中", "资金", "用于", "贷款", "拟"] where words.hasPrefix(filler) {
            words.removeFirst(filler.count)
        }
        if words.hasPrefix("用于") { words.removeFirst(2) }
        return Clause(
            words: words, amount: amount, kind: kind, isRest: isRest, isWhole: isWhole, isWithin: isWithin,
            isSource: isSource)
    }

    /// `3万吨`, `5万千瓦`, `2万平方米` and `1.2万株` are not money; a bare 万 is only before nothing that counts.
    private static func isMoney(_ unit: String, _ behind: String) -> Bool {
        guard unit == "万" || unit == "亿" else { return true }
        let next = behind.dropFirst(unit.count).first
        return next == nil || ["用", "建", "购", "支", "归", "补", "偿", "投", "，"].contains(next)
    }
}
