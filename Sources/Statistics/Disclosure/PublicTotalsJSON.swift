import Credit
import Vocabulary

extension PublicTotals {
    /// For the store, the API and everybody: money in fen as texts; null for what is withheld.
    public var json: JSONValue {
        [
            "lenders": .integer(Int64(lenders)), "loans": loans?.json ?? .null,
            "rule": [
                "lenders": .integer(Int64(rule.lenders)), "loans": .integer(Int64(rule.loans)),
                "largest_part": .integer(Int64(rule.largestPart)),
            ],
            "editions": .array(
                editions.map { edition in
                    [
                        "standard": .string(edition.standard), "green": edition.green.json,
                        "tables": .array(
                            edition.tables.map { table in
                                [
                                    "by": .string(table.by.rawValue),
                                    "lines": .array(
                                        table.lines.map {
                                            ["value": .string($0.value), "green": $0.green?.json ?? .null]
                                        }),
                                ]
                            }), "benefits": .object(edition.benefits.mapValues { JSONValue(figure: $0) }),
                    ]
                }),
        ]
    }

    /// Reads what ``json`` writes.
    /// - Returns: nil for anything else.
    public init?(json: JSONValue, assessments: [Int64]) {
        guard let lenders = json["lenders"]?.integer, let rule = DisclosureRule(json: json["rule"]),
            let editions = json["editions"]?.elements
        else { return nil }
        let read = editions.compactMap(Edition.init(json:))
        guard read.count == editions.count else { return nil }
        self.init(
            lenders: Int(lenders), loans: LoanSum(json: json["loans"]), rule: rule, editions: read,
            assessments: assessments)
    }
}

extension DisclosureRule {
    fileprivate init?(json: JSONValue?) {
        guard let lenders = json?["lenders"]?.integer, let loans = json?["loans"]?.integer,
            let part = json?["largest_part"]?.integer
        else { return nil }
        self.init(lenders: Int(lenders), loans: Int(loans), largestPart: Int(part))
    }
}

extension PublicTotals.Edition {
    fileprivate init?(json: JSONValue) {
        guard let standard = json["standard"]?.text, let green = LoanSum(json: json["green"]),
            let tables = json["tables"]?.elements, case .object(let benefits)? = json["benefits"]
        else { return nil }
        self.init(
            standard: standard, green: green,
            tables: tables.compactMap { table in
                guard let by = table["by"]?.text.flatMap(CubeGrouping.init(rawValue:)),
                    let lines = table["lines"]?.elements
                else { return nil }
                return PublicTotals.Table(
                    by: by,
                    lines: lines.map {
                        PublicTotals.Line(value: $0["value"]?.text ?? "", green: LoanSum(json: $0["green"]))
                    })
            }, benefits: benefits.compactMapValues(\.figure))
    }
}
