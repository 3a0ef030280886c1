import Projects
import Standards
import Vocabulary

/// A project as the form has it: one text a field, amounts in 万元, several things one a line.
enum ProjectFormText {
    /// The fields of the form and where their values stand in `Project.json`.
    private static let pointers: [(field: String, pointer: String)] = [
        ("name", "/name"), ("owner_name", "/owner/name"), ("owner_code", "/owner/credit_code"),
        ("national_code", "/national_code"), ("region", "/region"), ("industry", "/industry"),
        ("purpose", "/purpose"), ("subjects", "/subjects"), ("stage", "/stage"),
        ("total_investment", "/total_investment"), ("own_capital", "/own_capital"),
        ("need_amount", "/need/amount"), ("need_kind", "/need/kind"), ("need_tenor", "/need/tenor_months"),
        ("planned_start", "/planned_start"), ("planned_finish", "/planned_finish"), ("facts", "/facts"),
        ("contact_name", "/contact/name"), ("contact_telephone", "/contact/telephone"),
        ("contact_email", "/contact/email"), ("reason", "/reason"),
    ]

    /// The texts of a project, for changing it.
    static func values(of project: Project) -> [String: String] {
        var values: [String: String] = [
            "name": project.name, "owner_name": project.owner.name, "purpose": project.purpose,
            "owner_code": project.owner.creditCode?.description ?? "",
            "national_code": project.nationalCode?.description ?? "", "region": project.region?.description ?? "",
            "industry": project.industry?.description ?? "", "stage": project.stage?.rawValue ?? "",
            "total_investment": amount(project.totalInvestment), "own_capital": amount(project.ownCapital),
            "need_amount": amount(project.need?.amount), "need_kind": project.need?.kind.rawValue ?? "",
            "need_tenor": project.need?.tenorMonths.map { String($0) } ?? "",
            "planned_start": project.plannedStart?.description ?? "",
            "planned_finish": project.plannedFinish?.description ?? "",
            "contact_name": project.contact?.name ?? "", "contact_telephone": project.contact?.telephone ?? "",
            "contact_email": project.contact?.email ?? "",
        ]
        values["subjects"] = project.subjects.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
            .joined(separator: "\n")
        values["facts"] = project.facts.facts.sorted { $0.key < $1.key }.map {
            "\($0.key.name) = \(text($0.value.value))"
        }
        .joined(separator: "\n")
        return values
    }

    /// What the form sent as the members of `Project.json`.
    /// - Parameter before: The project as it is: what the form does not show is kept.
    static func json(
        _ values: [String: String], before: Project?, _ dictionary: FactDictionary
    ) -> (json: JSONValue, faults: [FieldFault]) {
        var faults: [FieldFault] = []
        func text(_ name: String) -> String { (values[name] ?? "").trimmingSpaces() }
        func fen(_ name: String, _ pointer: String) -> JSONValue {
            let text = text(name)
            guard !text.isEmpty else { return .null }
            do {
                return .string(String(try Money.parse(text, unit: .tenThousandYuan).fen))
            } catch {
                faults.append(FieldFault(pointer, error.message))
                return .null
            }
        }
        var subjects: [String: JSONValue] = [:]
        for (name, item) in lines(text("subjects"), "/subjects", &faults) { subjects[name] = .string(item) }
        let facts = facts(text("facts"), before?.facts, dictionary, &faults)
        var need: JSONValue = .null
        if !text("need_amount").isEmpty || !text("need_tenor").isEmpty {
            let tenor = text("need_tenor")
            if !tenor.isEmpty && Int64(tenor) == nil {
                faults.append(FieldFault("/need/tenor_months", "json.bad-value"))
            }
            let kind = text("need_kind")
            need = .object([
                "amount": fen("need_amount", "/need/amount"), "tenor_months": JSONValue(Int64(tenor)),
                "kind": .string(kind.isEmpty ? FinancingNeed.Kind.loan.rawValue : kind),
                "rate_ceiling": JSONValue(before?.need?.rateCeiling?.description),
            ])
        }
        let contact = ["contact_name", "contact_telephone", "contact_email"].map(text)
        return (
            .object([
                "name": .string(text("name")),
                "former_names": .array((before?.formerNames ?? []).map(JSONValue.string)),
                "owner": .object([
                    "name": .string(text("owner_name")), "credit_code": .string(text("owner_code")),
                    "former_names": .array((before?.owner.formerNames ?? []).map(JSONValue.string)),
                ]),
                "national_code": .string(text("national_code")), "region": .string(text("region")),
                "industry": .string(text("industry")), "purpose": .string(text("purpose")),
                "subjects": .object(subjects), "stage": .string(text("stage")),
                "total_investment": fen("total_investment", "/total_investment"),
                "own_capital": fen("own_capital", "/own_capital"), "need": need,
                "planned_start": .string(text("planned_start")), "planned_finish": .string(text("planned_finish")),
                "facts": .object(facts),
                "contact": contact.allSatisfy(\.isEmpty)
                    ? .null
                    : .object([
                        "name": .string(contact[0]), "telephone": .string(contact[1]), "email": .string(contact[2]),
                    ]),
            ]), faults
        )
    }

    /// Faults of the project's members as faults of the form's fields.
    static func placed(_ faults: [FieldFault]) -> [FieldFault] {
        faults.map { fault in
            let match = pointers.first { fault.pointer == $0.pointer || fault.pointer.hasPrefix($0.pointer + "/") }
            return match.map { FieldFault("/\($0.field)", fault.message) } ?? fault
        }
    }

    private static func facts(
        _ text: String, _ before: FactSheet?, _ dictionary: FactDictionary, _ faults: inout [FieldFault]
    ) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [:]
        for (name, value) in lines(text, "/facts", &faults) {
            let id = FactID(name)
            do {
                let value = try dictionary.value(of: id, from: value)
                let old = before?[id]
                facts[name] = .object([
                    "value": value.json, "document": JSONValue(old?.value == value ? old?.document : nil),
                    "stated_on": JSONValue(old?.value == value ? old?.statedOn?.description : nil),
                ])
            } catch {
                faults.append(FieldFault("/facts/\(name)", error.message))
            }
        }
        return facts
    }

    private static func text(_ value: FactValue) -> String {
        switch value {
        case .number(let number): "\(number)"
        case .yesNo(let answer): answer ? "是" : "否"
        case .choice(let id): id
        }
    }

    /// `name = value` on each line.
    private static func lines(
        _ text: String, _ pointer: String, _ faults: inout [FieldFault]
    ) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces() }
            if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
                pairs.append((parts[0], parts[1]))
            } else if !String(line).trimmingSpaces().isEmpty {
                faults.append(FieldFault(pointer, "project.line-shape", ["line": String(line.prefix(60))]))
            }
        }
        return pairs
    }

    /// 万元 exactly, without zeros that say nothing.
    private static func amount(_ money: Money?) -> String {
        guard let money else { return "" }
        var text = money.formatted(in: .tenThousandYuan, fractionDigits: 6)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
