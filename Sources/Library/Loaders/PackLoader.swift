import Standards
import Vocabulary

/// The files of a pack: `pack.yaml` with the header, and one file a chapter.
struct PackFiles {
    let header: Entry
    let chapters: [Entry]
}

extension PackFiles {
    func pack(_ facts: FactDictionary) throws(LibraryFault) -> StandardPack {
        try header.allow([
            "id", "version", "name", "issuer", "document_number", "effective", "jurisdictions", "source",
            "verification", "predecessor", "transition", "chapters",
        ])
        var headings: [Heading] = []
        var groups: [Heading] = []
        var items: [Item] = []
        for chapter in chapters {
            try chapter.allow(["chapter", "name", "groups"])
            headings.append(
                Heading(
                    code: try chapter.required("chapter").text(), name: try chapter.required("name").bilingual()))
            for group in try chapter.required("groups").list() {
                try group.allow(["group", "name", "items"])
                groups.append(
                    Heading(code: try group.required("group").text(), name: try group.required("name").bilingual()))
                for item in try group.required("items").list() { items.append(try item.item(facts)) }
            }
        }
        var jurisdictions: [String] = []
        for entry in try header.required("jurisdictions").list() { jurisdictions.append(try entry.text()) }
        let transition = try header.required("transition")
        try transition.allow(["earlier_business", "confirmed"])
        let rule = Transition(
            earlierBusiness: try transition.required("earlier_business").choice(Transition.EarlierBusiness.self),
            confirmed: try transition.required("confirmed").yesNo())
        let id = try header.required("id").text()
        let version = try header.required("version").text()
        let name = try header.required("name").bilingual()
        let issuer = try header.required("issuer").bilingual()
        let number = try header.required("document_number").text()
        let effective = try header.required("effective").date()
        let source = try header.required("source").bilingual()
        let verification = try header.required("verification").choice(Verification.self)
        let predecessor = try header.optional("predecessor")?.text()
        return try header.place(\.message) { () throws(PackFault) in
            try StandardPack(
                id: id, version: version, name: name, issuer: issuer, documentNumber: number, effective: effective,
                jurisdictions: jurisdictions, source: source, verification: verification, predecessor: predecessor,
                transition: rule, chapters: headings, groups: groups, items: items)
        }
    }
}

extension Entry {
    fileprivate func item(_ facts: FactDictionary) throws(LibraryFault) -> Item {
        try allow(["item", "name", "subject", "synonyms", "activities"])
        var synonyms: [String] = []
        for entry in try required("synonyms").list() { synonyms.append(try entry.text()) }
        var activities: [Activity] = []
        for (position, entry) in try required("activities").list().enumerated() {
            try entry.allow(["industry", "industry_name", "mark", "subject", "criterion"])
            activities.append(
                Activity(
                    row: position + 1, industry: try entry.optional("industry")?.text() ?? "",
                    industryName: try entry.required("industry_name").text(),
                    mark: try entry.required("mark").choice(Mark.self),
                    subject: try entry.required("subject").bilingual(),
                    criterion: try entry.optional("criterion")?.criterion(facts)))
        }
        return Item(
            code: try required("item").itemCode(), name: try required("name").bilingual(),
            subject: try required("subject").bilingual(), synonyms: synonyms, activities: activities)
    }
}
