import Impact
import Standards
import Vocabulary

extension Entry {
    /// Reads `indicators:`, a list in the order of the columns of a statement.
    func indicators() throws(LibraryFault) -> [Indicator] {
        try allow(["indicators"])
        var result: [Indicator] = []
        for entry in try required("indicators").list() {
            try entry.allow(["id", "name", "unit", "additive", "national"])
            result.append(
                Indicator(
                    id: try entry.required("id").text(), name: try entry.required("name").bilingual(),
                    unit: try entry.required("unit").unit(), additive: try entry.required("additive").yesNo(),
                    national: try entry.optional("national")?.yesNo() ?? false))
        }
        return result
    }

    /// Reads `factors:`, a mapping from id to factor with its values.
    func factors() throws(LibraryFault) -> [Factor] {
        try allow(["factors"])
        var result: [Factor] = []
        for (id, entry) in try required("factors").pairs() {
            try entry.allow(["name", "unit", "values"])
            var values: [FactorValue] = []
            for value in try entry.required("values").list() {
                try value.allow(["year", "province", "value", "document", "confidence"])
                values.append(
                    FactorValue(
                        year: try value.optional("year")?.integer(), province: try value.optional("province")?.text(),
                        value: try value.required("value").number(),
                        document: try value.required("document").text(),
                        confidence: try value.required("confidence").choice(Confidence.self)))
            }
            guard !values.isEmpty else { throw entry.fault("library.empty") }
            result.append(
                Factor(
                    id: id, name: try entry.required("name").bilingual(), unit: try entry.required("unit").unit(),
                    values: values))
        }
        return result
    }

    /// Reads one method.
    func method() throws(LibraryFault) -> Method {
        try allow([
            "id", "version", "name", "items", "for_statements", "source", "applicability", "quantities", "outputs",
        ])
        var items: [String: [ItemCode]] = [:]
        for (standard, list) in try required("items").pairs() {
            for entry in try list.list() { items[standard, default: []].append(try entry.itemCode()) }
        }
        var quantities: [MethodQuantity] = []
        for (name, entry) in try required("quantities").pairs() { quantities.append(try entry.quantity(named: name)) }
        var outputs: [MethodOutput] = []
        for (indicator, entry) in try required("outputs").pairs() {
            outputs.append(try entry.output(of: indicator))
        }
        return Method(
            id: try required("id").text(), version: try required("version").text(),
            name: try required("name").bilingual(), items: items,
            forStatements: try optional("for_statements")?.yesNo() ?? true,
            source: try required("source").bilingual(), applicability: try required("applicability").bilingual(),
            quantities: quantities, outputs: outputs)
    }

    private func quantity(named name: String) throws(LibraryFault) -> MethodQuantity {
        try allow(["label", "unit", "from"])
        var alternatives: [MethodQuantity.Source] = []
        for entry in try required("from").list() {
            let pairs = try entry.pairs()
            guard let (kind, value) = pairs.first, pairs.count == 1 else { throw entry.fault("criterion.one-key") }
            switch kind {
            case "fact": alternatives.append(.fact(FactID(try value.text())))
            case "factor": alternatives.append(.factor(try value.text()))
            case "constant": alternatives.append(.constant(try value.quantity()))
            case "formula": alternatives.append(.formula(try value.expression()))
            default: throw entry.fault("library.not-one-of", ["known": "fact, factor, constant, formula"])
            }
        }
        return MethodQuantity(
            name: name, label: try required("label").bilingual(), unit: try required("unit").unit(),
            alternatives: alternatives)
    }

    /// Either the formula alone, or `{formula, round, digits}` where the method itself rounds.
    private func output(of indicator: String) throws(LibraryFault) -> MethodOutput {
        guard isMapping else {
            return MethodOutput(indicator: indicator, formula: try expression(), rounding: nil)
        }
        try allow(["formula", "round", "digits"])
        let digits = try required("digits").integer()
        guard (0...9).contains(digits) else { throw fault("library.not-a-whole-number") }
        return MethodOutput(
            indicator: indicator, formula: try required("formula").expression(),
            rounding: RoundingRule(
                direction: try required("round").choice(RoundingRule.Direction.self), fractionDigits: digits))
    }

    private func expression() throws(LibraryFault) -> Expression {
        let formula = try text()
        return try place(\.message) { () throws(FormulaFault) in try Expression(parsing: formula) }
    }
}
