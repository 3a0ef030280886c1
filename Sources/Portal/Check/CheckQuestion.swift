import Platform
import Reporting
import Standards
import Vocabulary
import Web

/// "Is my project green?": all that was told so far, as it stands in the address of the page. Nothing is kept, so the address can be
/// sent to a colleague, and forgetting it forgets everything.
struct CheckQuestion: Sendable {
    var about: String
    var name: String
    /// The item that was chosen among the candidates.
    var item: ItemReference?
    /// Facts as they were typed.
    var answers: [(fact: FactID, text: String)]

    private static let prefix = "fact-"

    init(_ fields: FormFields) {
        func text(_ name: String) -> String {
            String((fields[name] ?? "").unicodeScalars.prefix(Platform.describedLength)).trimmingSpaces()
        }
        about = text("about")
        name = text("name")
        item = fields["item"].flatMap { ItemReference($0) }
        answers = fields.all.compactMap { field in
            let value = field.value.trimmingSpaces()
            guard field.name.hasPrefix(Self.prefix), !value.isEmpty else { return nil }
            return (FactID(String(field.name.dropFirst(Self.prefix.count))), value)
        }
    }

    /// The question as the query of an address.
    func query(item: ItemReference? = nil) -> String {
        var pairs: [(name: String, value: String)] = [("about", about), ("name", name)]
        if let item = item ?? self.item { pairs.append(("item", item.description)) }
        pairs += answers.map { (Self.prefix + $0.fact.name, $0.text) }
        return PercentEncoding.query(pairs.filter { !$0.value.isEmpty })
    }

    static func field(_ fact: FactID) -> String { prefix + fact.name }

    /// The project as it is put before the standards, and what is wrong with the answers.
    func dossier(
        under standard: String, _ dictionary: FactDictionary, on day: CalendarDate?
    ) -> (dossier: ProjectDossier, faults: [FieldFault]) {
        var facts = FactSheet()
        var faults: [FieldFault] = []
        for (fact, text) in answers {
            do {
                facts[fact] = Fact(try dictionary.value(of: fact, from: text), statedOn: day)
            } catch {
                faults.append(FieldFault("/" + Self.field(fact), error.message))
            }
        }
        let subjects = item.map { [standard: $0] } ?? [:]
        return (
            ProjectDossier(id: "–", name: name, about: about, borrower: "", subjects: subjects, facts: facts), faults
        )
    }
}
