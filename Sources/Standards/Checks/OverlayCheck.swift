import Vocabulary

extension StandardPack {
    /// What an author of an overlay should look at: what was added as in any pack, and each condition by itself and beside the
    /// catalogue's. Numbers may be left out: codes far from those of the catalogue leave its issuer room.
    func overlayFindings(_ dictionary: FactDictionary) -> [PackFinding] {
        var findings: [PackFinding] = []
        func look(_ text: BilingualText, _ item: ItemCode?, _ row: Int? = nil, _ change: Int? = nil) {
            guard !text.isTranslated else { return }
            findings.append(
                PackFinding(.untranslated, item: item, row: row, change: change, subject: text.en))
        }
        for text in [header.name, header.issuer, header.source] { look(text, nil) }
        for item in items {
            if item.isAdded {
                look(item.name, item.code)
                look(item.subject, item.code)
            }
            for activity in item.activities where activity.isAdded && activity.subject != item.subject {
                look(activity.subject, item.code, activity.row)
            }
            findings += conditions(of: item, item.activities.filter(\.isAdded), dictionary)
            for (change, rows) in item.changes {
                let first = rows.first.flatMap { row in item.activities.first { $0.row == row } }
                let position = first?.changes.firstIndex(of: change)
                look(change.because, item.code, first?.row, position)
                for (reason, subject) in mistakes(in: change, of: item, at: rows, dictionary) {
                    findings.append(
                        PackFinding(
                            reason, item: item.code, row: first?.row, change: position, subject: subject))
                }
            }
        }
        return findings
    }

    /// What a change cannot be meant to say. Of one that is made of several rows, what is so at every row: a condition that some
    /// rows have already may well be asked of the whole item.
    private func mistakes(
        in change: OverlayChange, of item: Item, at rows: [Int], _ dictionary: FactDictionary
    ) -> [(PackFinding.Reason, subject: String)] {
        guard let asked = change.asks, !change.isBan else { return [] }
        var found: [(PackFinding.Reason, subject: String)] = []
        switch change.kind {
        case .tightened(let criterion): found = mistakes(in: criterion, dictionary)
        // That it always holds is told below, as what can never be met.
        case .forbidden(let when?): found = mistakes(in: when, dictionary).filter { $0.0 != .alwaysMet }
        case .added, .preferred, .forbidden(nil): return []
        }
        guard found.isEmpty else { return found }
        let catalogue = item.activities.filter { rows.contains($0.row) }.compactMap(\.unchangedCriterion)
        guard catalogue.count == rows.count else { return [] }
        let worlds = worlds(of: catalogue + [asked], dictionary)
        if catalogue.allSatisfy({ own in
            !worlds.contains { world in
                world.isPossible([Satisfiability.Goal(own, holds: true), Satisfiability.Goal(asked, holds: true)])
            }
        }) {
            return [(.neverWithCatalogue, asked.outline)]
        }
        if catalogue.allSatisfy({ own in worlds.allSatisfy { $0.implies([own], asked) } }) {
            return [(.addsNothing, asked.outline)]
        }
        return []
    }
}

extension Item {
    /// Each change of an overlay with the rows that it touches, in the order of the rows.
    fileprivate var changes: [(change: OverlayChange, rows: [Int])] {
        var found: [(change: OverlayChange, rows: [Int])] = []
        for activity in activities {
            for change in activity.changes {
                if let known = found.firstIndex(where: { $0.change == change }) {
                    found[known].rows.append(activity.row)
                } else {
                    found.append((change, [activity.row]))
                }
            }
        }
        return found
    }
}
