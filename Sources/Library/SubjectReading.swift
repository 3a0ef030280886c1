import Identification
import Standards

extension RuleLibrary {
    /// What the words of a project are found to mean, by the id of the standard that the model reads for, best first: empty
    /// where they are not clear enough to be accepted.
    public func subjects(of project: ProjectDossier) -> [String: [(item: ItemReference, probability: Double)]] {
        guard !project.about.isEmpty else { return [:] }
        var identifier = Identifier(model: model)
        let reading = identifier.identify(
            LoanText(purpose: project.about, project: project.name, borrower: project.borrower, industry: nil))
        guard reading.outcome == .accepted else { return [:] }
        var found: [String: [(item: ItemReference, probability: Double)]] = [:]
        for pack in packs where isRead(pack) {
            found[pack.id] = reading.candidates.prefix(1).compactMap { candidate in
                ItemCode(model.items[candidate.item]).map { (ItemReference($0), candidate.probability) }
            }
        }
        return found
    }

    /// Whether the model reads words as items of this standard: it knows all that the model names. Other standards are
    /// reached through crosswalks; that some of their codes look alike means nothing.
    public func isRead(_ pack: StandardPack) -> Bool {
        model.items.allSatisfy { ItemCode($0).map { pack[$0] != nil } ?? false }
    }
}
