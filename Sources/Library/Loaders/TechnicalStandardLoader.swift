import Standards
import Vocabulary

/// How the finding under a technical standard is worded: the same for all of them.
private struct Aspect {
    let label: BilingualText
    let evidence: BilingualText
    let validMonths: Int?

    init(_ entry: Entry) throws(LibraryFault) {
        try entry.allow(["label", "evidence", "valid_months"])
        label = try entry.required("label").bilingual()
        evidence = try entry.required("evidence").bilingual()
        validMonths = try entry.optional("valid_months")?.integer()
    }

    func definition(
        _ id: FactID, _ kind: FactKind, standard: String, title: BilingualText, level: BilingualText? = nil
    ) -> FactDefinition {
        func worded(_ text: BilingualText) -> BilingualText {
            func fill(_ language: Language) -> String {
                text[language].replacing("{standard}", with: standard).replacing("{title}", with: title[language])
                    .replacing("{level}", with: level?[language] ?? "")
            }
            return BilingualText(zh: fill(.zh), en: fill(.en))
        }
        return FactDefinition(
            id: id, kind: kind, label: worded(label), evidence: worded(evidence), validMonths: validMonths)
    }
}

extension Entry {
    /// Reads `technical_standards:`. Each gives a yes/no fact for conforming as a whole, a number for its grade where it has
    /// grades, and a yes/no fact for each named level.
    func technicalStandards(_ aspects: Entry) throws(LibraryFault) -> [FactDefinition] {
        try aspects.allow(["conforms", "grade", "level"])
        let conforms = try Aspect(try aspects.required("conforms"))
        let grade = try Aspect(try aspects.required("grade"))
        let level = try Aspect(try aspects.required("level"))
        let one = try place(\.message) { () throws(ParseFault) in try Unit.parse("1") }
        var result: [FactDefinition] = []
        for (standard, entry) in try pairs() {
            try entry.allow(["title", "grades", "levels"])
            let title = try entry.required("title").bilingual()
            func fact(_ compliance: Compliance) -> FactID { Criterion.fact(of: standard, compliance) }
            result.append(conforms.definition(fact(.conforms), .yesNo, standard: standard, title: title))
            if let grades = try entry.optional("grades") {
                result.append(
                    grade.definition(
                        fact(.grade(atLeast: 1)), .number(unit: one, minimum: 1, maximum: Double(try grades.integer())),
                        standard: standard, title: title))
            }
            for (name, label) in try entry.optional("levels")?.pairs() ?? [] {
                result.append(
                    level.definition(
                        fact(.level(name)), .yesNo, standard: standard, title: title, level: try label.bilingual()))
            }
        }
        return result
    }
}
