/// What a header says of the unit of its amounts: `贷款余额(万元)`, `余额_万元`, `balance (CNY 10k)`.
public enum HeaderUnit: Sendable, Hashable {
    /// The header names no unit.
    case none
    /// The header ends with a unit of ours; `bare` is what stands before it.
    case known(bare: String, MoneyUnit)
    /// The header names a unit that is none of ours, as 千元 or 美元.
    case unknown

    private static let units: [(String, MoneyUnit)] = [
        ("亿元", .hundredMillionYuan), ("百万元", .millionYuan), ("万元", .tenThousandYuan),
        ("cny10k", .tenThousandYuan), ("元", .yuan), ("yuan", .yuan), ("cny", .yuan), ("rmb", .yuan),
    ]
    /// What before a unit makes it another one.
    private static let multipliers = [
        "十", "百", "千", "万", "亿", "美", "欧", "港", "日", "澳", "加", "坡", "台", "韩", "thousand", "million", "billion",
        "0", "10k",
    ]
    /// What before a unit belongs to it.
    private static let introductions = ["金额单位", "单位", "人民币", "rmb", "cny"]
    /// What in brackets points to a unit.
    private static let signs = [
        "千", "万", "亿", "美元", "欧元", "港元", "港币", "日元", "英镑", "usd", "eur", "hkd", "jpy", "gbp", "sgd", "thousand",
        "million", "billion", "10k", "0,000", "0000",
    ]

    /// - Parameter header: folded by `HeaderText.fold`.
    public init(_ header: String) {
        var text = header
        if let last = text.last, [")", "]", "〕", "】"].contains(last) { text.removeLast() }
        for (name, unit) in Self.units where text.hasSuffix(name) {
            text.removeLast(name.count)
            guard !Self.multipliers.contains(where: text.hasSuffix) else {
                self = .unknown
                return
            }
            Self.removeIntroductions(from: &text)
            self = .known(bare: text, unit)
            return
        }
        let remark = header.firstIndex(where: Self.isOpening).map { header[$0...] } ?? ""
        self = Self.signs.contains { remark.contains($0) } ? .unknown : .none
    }

    /// Whether a remark begins here.
    public static func isOpening(_ character: Character) -> Bool { ["(", "[", "〔", "【"].contains(character) }

    private static func removeIntroductions(from text: inout String) {
        var isDone = false
        while !isDone {
            isDone = true
            while let last = text.last, isOpening(last) || ["/", ":", "：", "，", ","].contains(last) {
                text.removeLast()
                isDone = false
            }
            for word in introductions where text.hasSuffix(word) {
                text.removeLast(word.count)
                isDone = false
            }
        }
    }
}
