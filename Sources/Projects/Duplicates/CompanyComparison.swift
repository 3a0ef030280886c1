import Vocabulary

/// A company as it is compared: its name, older names, and its code.
public struct CompanyProfile: Sendable, Hashable {
    let name: CompanyName
    let former: [CompanyName]
    let code: UnifiedSocialCreditCode?

    public init(name: String, formerNames: [String] = [], code: UnifiedSocialCreditCode? = nil, _ words: NameWords) {
        self.name = CompanyName(name, words)
        former = formerNames.prefix(Project.Limit.formerNames).map { CompanyName($0, words) }
        self.code = code
    }
}

/// Tells whether two companies are the same.
public struct CompanyComparison: Sendable {
    let words: NameWords
    let weights: LikenessWeights

    public init(words: NameWords, weights: LikenessWeights) {
        self.words = words
        self.weights = weights
    }

    /// How alike two names are, with the reasons.
    ///
    /// Where both codes are known they decide: the same code is the same company, other codes are other companies, though a
    /// branch with a code of its own is related.
    public func likeness(_ left: CompanyProfile, _ right: CompanyProfile) -> Likeness {
        weights.likeness(findings(left, right))
    }

    /// What speaks for and against, unweighed.
    public func findings(_ left: CompanyProfile, _ right: CompanyProfile) -> [LikenessFinding] {
        var best = namesAndCodes(left, right)
        for former in left.former { keepBetter(&best, [LikenessFinding(.formerName)] + names(former, right.name)) }
        for former in right.former { keepBetter(&best, [LikenessFinding(.formerName)] + names(left.name, former)) }
        return best
    }

    private func keepBetter(_ best: inout [LikenessFinding], _ other: [LikenessFinding]) {
        // A code has spoken already; and an older name counts only where it is the other's name.
        guard !best.contains(where: { $0.reason == .codeSame || $0.reason == .codeDiffers }),
            other.contains(where: { $0.reason == .nameSame })
        else { return }
        if weights.probability(other) > weights.probability(best) { best = other }
    }

    private func namesAndCodes(_ left: CompanyProfile, _ right: CompanyProfile) -> [LikenessFinding] {
        guard let first = left.code, let second = right.code else { return names(left.name, right.name) }
        if first == second { return [LikenessFinding(.codeSame, first.description)] }
        return [LikenessFinding(.codeDiffers, first.description, second.description)] + names(left.name, right.name)
    }

    private func names(_ left: CompanyName, _ right: CompanyName) -> [LikenessFinding] {
        var findings: [LikenessFinding] = []
        if isFormer(left, of: right) || isFormer(right, of: left) {
            findings.append(LikenessFinding(.formerName))
        } else {
            findings += cores(left, right)
        }
        findings += places(left, right)
        if left.branchLetters != right.branchLetters {
            findings.append(LikenessFinding(.branchDiffers, left.branch, right.branch))
        }
        if left.isGroup != right.isGroup { findings.append(LikenessFinding(.groupDiffers)) }
        if let finding = forms(left, right) { findings.append(finding) }
        return findings
    }

    private func isFormer(_ old: CompanyName, of name: CompanyName) -> Bool {
        name.formerCores.contains { $0 == old.core && $0.count >= 2 }
    }

    private func cores(_ left: CompanyName, _ right: CompanyName) -> [LikenessFinding] {
        if left.core == right.core {
            return [LikenessFinding(.nameSame, left.mark), LikenessFinding(.markSame, left.mark)]
        }
        let (a, b) = (left.core.prefix(left.markLength), right.core.prefix(right.markLength))
        let isShort = left.core.count == left.markLength || right.core.count == right.markLength
        if a == b {
            let trade: LikenessReason = isShort ? .tradeMissing : .tradeDiffers
            return [LikenessFinding(.markSame, left.mark), LikenessFinding(trade, left.trade, right.trade)]
        }
        let limit = min(left.core.count, right.core.count) >= 9 ? 2 : 1
        if EditDistance.between(left.core, right.core, limit: limit) <= limit {
            return [slip(left, right)]
        }
        return [LikenessFinding(.markDiffers, left.mark, right.mark)]
    }

    /// One letter differs. In a word of trade that only one of the two has whole it is a slip of the hand; in the mark it is
    /// another company.
    private func slip(_ left: CompanyName, _ right: CompanyName) -> LikenessFinding {
        let (better, worse) = left.markLength < right.markLength ? (left, right) : (right, left)
        let sameLetters = EditDistance.commonPrefix(left.core, right.core)
        let mayBeSlip = words.confusion.mayBeSlip(left.core, right.core)
        if mayBeSlip, better.markLength < worse.markLength, sameLetters >= better.markLength {
            return LikenessFinding(.tradeTypo, left.core.text, right.core.text)
        }
        // Beyond the first letters, of words that nobody knows: 页岩气 and 页岩汽.
        if mayBeSlip, sameLetters >= 4, better.markLength > 3 {
            return LikenessFinding(.tradeUnsure, left.core.text, right.core.text)
        }
        return LikenessFinding(.markNear, left.mark, right.mark)
    }

    private func places(_ left: CompanyName, _ right: CompanyName) -> [LikenessFinding] {
        if let first = left.innerPlace, let second = right.innerPlace, first != second {
            return [LikenessFinding(.placeDiffers, first.description, second.description)]
        }
        let (first, second) = (left.place ?? left.innerPlace, right.place ?? right.innerPlace)
        guard let first, let second else {
            return first == second ? [] : [LikenessFinding(.placeMissing, (first ?? second)?.description ?? "")]
        }
        let texts = (first.description, second.description)
        if first == second {
            let isMoved = (left.innerPlace == nil) != (right.innerPlace == nil)
            return [LikenessFinding(isMoved ? .placeMoved : .placeSame, texts.0)]
        }
        if words.places.lies(first, in: second) || words.places.lies(second, in: first) {
            return [LikenessFinding(.placeFiner, texts.0, texts.1)]
        }
        return [LikenessFinding(.placeDiffers, texts.0, texts.1)]
    }

    private func forms(_ left: CompanyName, _ right: CompanyName) -> LikenessFinding? {
        guard let first = left.form, let second = right.form, first != second else { return nil }
        switch (first, second) {
        case (.company, .limited), (.limited, .company), (.company, .jointStock), (.jointStock, .company): return nil
        case (.limited, .jointStock), (.jointStock, .limited):
            return LikenessFinding(.formConverted, first.rawValue, second.rawValue)
        default: return LikenessFinding(.formDiffers, first.rawValue, second.rawValue)
        }
    }
}
