import Assessment
import Credit
import Impact
import Library
import Standards
import Vocabulary

/// Where the figures of a statement come from: methods, factors, rules, versions, and single loans laid open.
extension StatementBuilder {
    /// One value of one factor, and how many loans' figures rest on it.
    private struct UsedValue {
        let factor: Factor
        let value: FactorValue
        let isStandIn: Bool
        var loans: Int
    }

    private func usedValues(ofMethod wanted: Int? = nil) -> [UsedValue] {
        var list: [UsedValue] = []
        for (use, loans) in totals.factorUses where wanted == nil || use.method == wanted {
            let method = book.methods[use.method]
            let choices = method.choices(province: use.province, year: book.asOf.year)
            for (number, value) in choices.values.enumerated() where use.mask >> UInt64(number) & 1 == 1 {
                guard let value else { continue }
                let factor = method.factors[number]
                if let known = list.firstIndex(where: { $0.factor.id == factor.id && $0.value == value }) {
                    list[known].loans += loans
                } else {
                    let standIn = value.province == nil && factor.variesByProvince
                    list.append(UsedValue(factor: factor, value: value, isStandIn: standIn, loans: loans))
                }
            }
        }
        return list.sorted {
            ($0.factor.id, $0.value.province ?? "", $0.value.year ?? 0)
                < ($1.factor.id, $1.value.province ?? "", $1.value.year ?? 0)
        }
    }

    /// Positions of the methods that gave figures.
    private var usedMethods: [Int] { Set(totals.factorUses.keys.map(\.method)).sorted() }

    var methods: StatementTable {
        StatementTable(
            id: "methods", title: words("table.methods"),
            columns: words.columns(
                "code", "name", "version", "loans", "unconfirmed_values", "national_stand_ins", "source"),
            rows: usedMethods.map { number in
                let method = book.methods[number].method
                let uses = usedValues(ofMethod: number)
                let loans = totals.factorUses.reduce(0) { $0 + ($1.key.method == number ? $1.value : 0) }
                return [
                    .text(method.id), .bilingual(method.name), .text(method.version), .integer(loans),
                    .integer(uses.count { $0.value.confidence == .unconfirmed }),
                    .integer(uses.count { $0.isStandIn }), .bilingual(method.source),
                ]
            })
    }

    var factors: StatementTable {
        StatementTable(
            id: "factors", title: words("table.factors"),
            columns: words.columns(
                "code", "name", "province", "year", "value", "unit", "document", "confidence", "uses"),
            rows: usedValues().map { use in
                [
                    .text(use.factor.id), .bilingual(use.factor.name),
                    use.value.province.map { .text(provinceName($0)) } ?? .bilingual(words("nation")),
                    use.value.year.map { .text(String($0)) } ?? .empty, .text(Self.shortest(use.value.value)),
                    .text(use.factor.unit.symbol), .text(use.value.document),
                    .bilingual(words("confidence.\(use.value.confidence.rawValue)")), .integer(use.loans),
                ]
            })
    }

    var columns: StatementTable {
        StatementTable(
            id: "columns", title: words("table.columns"),
            columns: words.columns("header", "meaning"),
            rows: zip(book.layout.headers, book.layout.meanings).map { header, meaning in
                let cell: StatementCell =
                    switch meaning {
                    case .column(let column, let unit):
                        .text(column.isMoney ? "\(column.rawValue) (\(unit.symbol))" : column.rawValue)
                    case .fact(let id): .text("fact:\(id.name)")
                    case .ignored: .bilingual(words("ignored"))
                    }
                return [.text(header), cell]
            })
    }

    var versions: StatementTable {
        var rows: [[StatementCell]] = [
            [.text("input"), .text(book.inputName), .text(book.inputForm), .text(book.inputDigest)]
        ]
        let used = Set(usedMethods.map { book.methods[$0].method.id })
        for part in library.parts where part.kind != "method" || used.contains(part.id) {
            rows.append([.text(part.kind), .text(part.id), .text(part.version), .text(part.digest)])
        }
        return StatementTable(
            id: "versions", title: words("table.versions"), note: words("note.versions"),
            columns: words.columns("kind", "id", "version", "sha256"), rows: rows)
    }

    /// What was assumed, and what stands unconfirmed.
    var assumptions: [BilingualText] {
        var list: [BilingualText] = []
        let earlier = book.transition.earlierBusiness.rawValue
        list.append(
            words(
                "assume.transition-\(earlier)",
                [
                    "date": book.pack.header.effective.description,
                    "published": (book.transition.published ?? book.pack.header.effective).description,
                ]))
        if !book.transition.confirmed { list.append(words("assume.transition-unconfirmed")) }
        if totals.rowsWithoutDate > 0 {
            list.append(words("assume.no-date", ["rows": "\(totals.rowsWithoutDate)"]))
        }
        list.append(words("assume.general-obligations"))
        list.append(words("assume.industry-codes"))
        let withoutCriteria = totals.byItem.keys.filter { position in
            book.pack.items[position].activities.contains { $0.criterion == nil }
        }
        if !withoutCriteria.isEmpty {
            list.append(words("assume.no-criteria", ["items": "\(withoutCriteria.count)"]))
        }
        for (currency, rate) in book.rates.sorted(by: { $0.key < $1.key }) {
            list.append(words("assume.rate", ["currency": currency, "rate": Self.shortest(rate.doubleValue)]))
        }
        list.append(words("assume.attribution"))
        if totals.cappedShares > 0 { list.append(words("assume.capped", ["rows": "\(totals.cappedShares)"])) }
        if totals.severalUses > 0 { list.append(words("assume.several-uses", ["rows": "\(totals.severalUses)"])) }
        if totals.personDecisions > 0 {
            list.append(words("assume.person", ["rows": "\(totals.personDecisions)"]))
        }
        let unconfirmed = usedValues().filter { $0.value.confidence == .unconfirmed }
        if !unconfirmed.isEmpty {
            let names = Set(unconfirmed.map(\.factor.id)).sorted().joined(separator: ", ")
            list.append(words("assume.unconfirmed-factors", ["factors": names]))
        }
        if let border { list.append(border) }
        return list
    }

    /// The same turbine gives different figures on each side of a border: said where it happens.
    private var border: BilingualText? {
        let uses = usedValues().filter { $0.value.province != nil }
        for factor in Set(uses.map(\.factor.id)).sorted() {
            let values = uses.filter { $0.factor.id == factor }
            guard let unit = values.first?.factor.unit.symbol, values.count > 1 else { continue }
            let list = values.map { "\(provinceName($0.value.province ?? "")) \(Self.shortest($0.value.value))" }
            return words(
                "assume.border", ["factor": factor, "values": list.joined(separator: ", "), "unit": unit])
        }
        return nil
    }

    func provinceName(_ digits: String) -> String {
        guard let number = Int(digits), let code = RegionCode(number * 10_000) else { return digits }
        return library.regions.region(code)?.name ?? digits
    }

    static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    // MARK: Loans laid open

    func opened(_ loan: OpenedLoan) -> OpenedLoanView {
        let benefit = loan.benefit
        let share = Self.text(loan.share.ratio * 100, digits: 4) + " %"
        return OpenedLoanView(
            heading: words(
                "opened.heading",
                [
                    "loan": loan.loanID, "line": "\(loan.line)", "borrower": loan.borrower, "project": loan.project,
                    "item": loan.item.text, "balance": loan.balance.formatted(in: .yuan, fractionDigits: 2),
                    "investment": loan.totalInvestment?.formatted(in: .yuan, fractionDigits: 2) ?? "–",
                    "share": share,
                ], bilingual: ["capped": loan.share.capped ? words("opened.capped") : BilingualText("")]),
            method: BilingualText(
                zh:
                    "\(benefit.method.name.zh)（\(benefit.method.id) v\(benefit.method.version)）：\(benefit.method.source.zh)",
                en:
                    "\(benefit.method.name.en) (\(benefit.method.id) v\(benefit.method.version)): \(benefit.method.source.en)"
            ),
            inputs: benefit.inputs.map { input in
                OpenedLoanView.Line(
                    name: input.label, value: Self.text(input.value, digits: 6), unit: input.unit.symbol,
                    origin: origin(input))
            },
            results: benefit.results.map { result in
                let whole = Self.text(result.value, digits: 4)
                let own =
                    result.indicator.additive ? Self.text(result.value * loan.share.ratio, digits: 4) : ""
                return OpenedLoanView.Line(
                    name: result.indicator.name, value: own.isEmpty ? whole : "\(whole) × \(share) = \(own)",
                    unit: result.indicator.unit.symbol, origin: BilingualText(result.formula.description))
            })
    }

    private func origin(_ input: Benefit.Input) -> BilingualText {
        switch input.source {
        case .fact(let id):
            let evidence = library.facts[id]?.evidence ?? BilingualText("")
            return words("origin.fact", ["fact": id.name], bilingual: ["evidence": evidence])
        case .constant: return words("origin.constant")
        case .formula(let expression): return BilingualText(expression.description)
        case .factor(let id):
            guard let value = input.factor else { return BilingualText(id) }
            let place = value.province.map { BilingualText(provinceName($0)) } ?? words("nation")
            let key = input.nationalStandIn ? "origin.factor-stand-in" : "origin.factor"
            return words(
                key,
                [
                    "factor": id, "year": value.year.map(String.init) ?? "–", "document": value.document,
                ],
                bilingual: ["place": place, "confidence": words("confidence.\(value.confidence.rawValue)")])
        }
    }

    static func text(_ value: Double, digits: Int) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: digits, to: &bytes)
        var text = String(decoding: bytes, as: UTF8.self)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }

    // MARK: Charts

    var charts: [BarChart] {
        func chart(_ id: String, _ groups: [(BilingualText, GreenSum)], most: Int) -> BarChart {
            let bars = groups.sorted { $0.1.fen > $1.1.fen }.prefix(most).map { label, sum in
                BarChart.Bar(
                    label: label, aligned: Double(sum.aligned.fen) / 1e10, eligible: Double(sum.eligible.fen) / 1e10)
            }
            return BarChart(title: words("chart.\(id)"), unit: words("unit.hundred-million-yuan"), bars: Array(bars))
        }
        let items = totals.byItem.map { position, sum in
            let item = book.pack.items[position]
            return (BilingualText(zh: "\(item.code) \(item.name.zh)", en: "\(item.code) \(item.name.en)"), sum)
        }
        let regions = totals.byRegion.map { code, sum in
            (code.map { BilingualText(regionName($0)) } ?? words("unknown"), sum)
        }
        return [chart("by_item", items, most: 12), chart("by_region", regions, most: 12)]
    }
}

extension GreenSum {
    /// Adds a group to a larger one.
    mutating func add(_ other: GreenSum) {
        aligned.rows += other.aligned.rows
        aligned.fen += other.aligned.fen
        eligible.rows += other.eligible.rows
        eligible.fen += other.eligible.fen
        for position in alignedBenefits.indices {
            if let value = other.alignedBenefits[position] {
                alignedBenefits[position] = (alignedBenefits[position] ?? 0) + value
            }
            if let value = other.eligibleBenefits[position] {
                eligibleBenefits[position] = (eligibleBenefits[position] ?? 0) + value
            }
        }
    }
}
