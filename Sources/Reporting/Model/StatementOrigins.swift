import Assessment
import Credit
import Impact
import Library
import Standards
import Vocabulary

/// Where the figures of a statement come from: methods, factors, rules, versions, and single loans laid open.
extension StatementBuilder {
    var methods: StatementTable {
        StatementTable(
            id: "methods", title: words("table.methods"),
            columns: words.columns(
                "code", "name", "version", "loans", "unconfirmed_values", "national_stand_ins", "source"),
            rows: totals.methods.sorted { $0.key < $1.key }.compactMap { id, use in
                library.methods.first { $0.method.id == id }.map { compiled in
                    [
                        .text(id), .bilingual(compiled.method.name), .text(compiled.method.version),
                        .integer(use.loans), .integer(use.unconfirmedValues), .integer(use.nationalStandIns),
                        .bilingual(compiled.method.source),
                    ]
                }
            })
    }

    var factors: StatementTable {
        let uses = totals.factors.sorted {
            ($0.key.factor, $0.key.value.province ?? "", $0.key.value.year ?? 0)
                < ($1.key.factor, $1.key.value.province ?? "", $1.key.value.year ?? 0)
        }
        return StatementTable(
            id: "factors", title: words("table.factors"),
            columns: words.columns(
                "code", "name", "province", "year", "value", "unit", "document", "confidence", "uses"),
            rows: uses.map { use, count in
                let factor = library.factors[use.factor]
                return [
                    .text(use.factor), factor.map { .bilingual($0.name) } ?? .empty,
                    use.value.province.map { .text(provinceName($0)) } ?? .bilingual(words("nation")),
                    use.value.year.map { .text(String($0)) } ?? .empty, .text(Self.shortest(use.value.value)),
                    .text(factor?.unit.symbol ?? ""), .text(use.value.document),
                    .bilingual(words("confidence.\(use.value.confidence.rawValue)")), .integer(count),
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
            [.text("input"), .text(book.inputName), .text(book.inputForm), .text(book.inputDigest)],
        ]
        for part in library.parts where part.kind != "method" || totals.methods[part.id] != nil {
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
                ["date": book.pack.effective.description, "confirmed": book.transition.confirmed ? "✓" : "?"]))
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
        let unconfirmed = totals.factors.keys.filter { $0.value.confidence == .unconfirmed }
        if !unconfirmed.isEmpty {
            let names = Set(unconfirmed.map(\.factor)).sorted().joined(separator: ", ")
            list.append(words("assume.unconfirmed-factors", ["factors": names]))
        }
        if let border { list.append(border) }
        return list
    }

    /// The same turbine gives different figures on each side of a border: said where it happens.
    private var border: BilingualText? {
        for factor in Set(totals.factors.keys.map(\.factor)).sorted() {
            let values = totals.factors.keys.filter { $0.factor == factor && $0.value.province != nil }
            let provinces = Dictionary(grouping: values) { $0.value.province ?? "" }
            guard provinces.count > 1, let unit = library.factors[factor]?.unit.symbol else { continue }
            let list = values.sorted { ($0.value.province ?? "") < ($1.value.province ?? "") }.map { use in
                "\(provinceName(use.value.province ?? "")) \(Self.shortest(use.value.value))"
            }
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
                    "share": share, "capped": loan.share.capped ? words("opened.capped").zh : "",
                ]),
            method: BilingualText(
                zh: "\(benefit.method.name.zh)（\(benefit.method.id) v\(benefit.method.version)）：\(benefit.method.source.zh)",
                en: "\(benefit.method.name.en) (\(benefit.method.id) v\(benefit.method.version)): \(benefit.method.source.en)"
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
            return words("origin.fact", ["fact": id.name, "evidence": library.facts[id]?.evidence.zh ?? ""])
        case .constant: return words("origin.constant")
        case .formula(let expression): return BilingualText(expression.description)
        case .factor(let id):
            guard let value = input.factor else { return BilingualText(id) }
            let place = value.province.map(provinceName) ?? words("nation").zh
            let key = input.nationalStandIn ? "origin.factor-stand-in" : "origin.factor"
            return words(
                key,
                [
                    "factor": id, "place": place, "year": value.year.map(String.init) ?? "–",
                    "document": value.document, "confidence": words("confidence.\(value.confidence.rawValue)").zh,
                ])
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
                    label: label, aligned: Double(sum.aligned.fen) / 1e12, eligible: Double(sum.eligible.fen) / 1e12)
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
