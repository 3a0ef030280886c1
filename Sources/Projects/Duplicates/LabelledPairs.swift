import Vocabulary

/// A pair of companies or projects with what it is known to be: for fitting weights and for measuring.
public struct LabelledPair: Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case company
        case project
    }

    /// One side as it was written down.
    public struct Side: Sendable {
        public let name: String
        public let code: String
        public let owner: String
        public let region: String
        /// Total investment in 万元.
        public let investment: String
    }

    public let kind: Kind
    /// Pairs of one wording share a family.
    public let family: String
    public let label: LikenessVerdict
    public let left: Side
    public let right: Side

    /// The columns of a file of pairs, in order.
    public static let columns = [
        "kind", "family", "label", "left", "right", "left_code", "right_code", "left_owner", "right_owner",
        "left_region", "right_region", "left_wan", "right_wan",
    ]

    /// Reads the cells of one line; nil where they are not those of a pair.
    public init?(cells: [String]) {
        guard cells.count == Self.columns.count, let kind = Kind(rawValue: cells[0]),
            let label = LikenessVerdict(rawValue: cells[2])
        else { return nil }
        self.kind = kind
        family = cells[1]
        self.label = label
        func side(_ offset: Int) -> Side {
            Side(
                name: cells[3 + offset], code: cells[5 + offset], owner: cells[7 + offset], region: cells[9 + offset],
                investment: cells[11 + offset])
        }
        left = side(0)
        right = side(1)
    }

    /// What fitting aims at: 1 for the same, 0.5 where nobody can tell, else 0.
    var target: Double {
        switch label {
        case .same: 1
        case .perhaps: 0.5
        case .related, .different: 0
        }
    }
}

extension LabelledPair.Side {
    /// A company of this name and code.
    /// - Throws: `ParseFault` for a code that is none.
    public func company(_ words: NameWords) throws(ParseFault) -> CompanyProfile {
        CompanyProfile(name: name, code: code.isEmpty ? nil : try UnifiedSocialCreditCode.parse(code), words)
    }

    /// A project of this name, with what else is known.
    /// - Throws: `ParseFault` for a code, region or amount that is none.
    public func project(_ words: NameWords) throws(ParseFault) -> ProjectProfile {
        ProjectProfile(
            name: name, owner: owner.isEmpty ? nil : CompanyProfile(name: owner, words),
            nationalCode: code.isEmpty ? nil : try ProjectCode.parse(code),
            region: region.isEmpty ? nil : try RegionCode.parse(region),
            investment: investment.isEmpty ? nil : try Money.parse(investment, unit: .tenThousandYuan), words)
    }
}

extension LikenessWeights {
    /// Fits the weights of companies to the pairs of companies.
    public static func companies(_ pairs: [LabelledPair], _ words: NameWords) throws(ParseFault) -> LikenessWeights {
        let comparison = CompanyComparison(words: words, weights: LikenessWeights(bias: 0, weights: [:]))
        var samples: [Sample] = []
        for pair in pairs where pair.kind == .company {
            let findings = comparison.findings(try pair.left.company(words), try pair.right.company(words))
            samples.append(Sample(findings: findings, target: pair.target))
        }
        return fit(samples)
    }

    /// Fits the weights of projects to the pairs of projects, whose owners are compared with the weights of companies.
    public static func projects(
        _ pairs: [LabelledPair], _ words: NameWords, companies: LikenessWeights
    ) throws(ParseFault) -> LikenessWeights {
        let comparison = ProjectComparison(
            words: words, projects: LikenessWeights(bias: 0, weights: [:]), companies: companies)
        var samples: [Sample] = []
        for pair in pairs where pair.kind == .project {
            let findings = comparison.findings(try pair.left.project(words), try pair.right.project(words))
            samples.append(Sample(findings: findings, target: pair.target))
        }
        return fit(samples)
    }
}
