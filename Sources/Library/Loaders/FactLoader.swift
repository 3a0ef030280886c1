import Standards
import Vocabulary

extension Entry {
    /// Reads a file of the fact dictionary: `facts:` a mapping from id to definition, and `technical_standards:`.
    func factDefinitions() throws(LibraryFault) -> [FactDefinition] {
        try allow(["facts", "aspects", "technical_standards"])
        var result: [FactDefinition] = []
        for (id, entry) in try optional("facts")?.pairs() ?? [] {
            result.append(try entry.factDefinition(id: FactID(id)))
        }
        if let standards = try optional("technical_standards") {
            result += try standards.technicalStandards(try required("aspects"))
        }
        return result
    }

    private func factDefinition(id: FactID) throws(LibraryFault) -> FactDefinition {
        try allow(["kind", "unit", "minimum", "maximum", "choices", "label", "evidence", "valid_months"])
        let kind: FactKind
        switch try required("kind").text() {
        case "number":
            kind = .number(
                unit: try required("unit").unit(), minimum: try optional("minimum")?.number(),
                maximum: try optional("maximum")?.number())
        case "yes_no":
            kind = .yesNo
        case "choice":
            var choices: [FactChoice] = []
            for (choice, label) in try required("choices").pairs() {
                choices.append(FactChoice(id: choice, label: try label.bilingual()))
            }
            kind = .choice(choices)
        default:
            throw try required("kind").fault("library.not-one-of", ["known": "number, yes_no, choice"])
        }
        return FactDefinition(
            id: id, kind: kind, label: try required("label").bilingual(),
            evidence: try required("evidence").bilingual(), validMonths: try optional("valid_months")?.integer())
    }
}
