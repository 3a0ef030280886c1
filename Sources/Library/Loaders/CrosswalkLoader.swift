import Standards
import Vocabulary

extension Entry {
    /// Reads a crosswalk and checks it against the packs that it links.
    ///
    /// - Parameter note: Told of every mistake in a link, so that an author sees them all.
    /// - Returns: nil where the header is of no use or a link is wrong.
    func crosswalk(
        _ packs: [StandardPack], note: (LibraryFault) -> Void
    ) -> Crosswalk? {
        do throws(LibraryFault) {
            try allow(["id", "from", "to", "verification", "source", "links"])
            let from = try pack(try required("from"), packs)
            let to = try pack(try required("to"), packs)
            var links: [CrosswalkLink] = []
            var pairs: Set<[ItemReference]> = []
            var isWhole = true
            for entry in try required("links").list() {
                do throws(LibraryFault) {
                    let link = try entry.link()
                    guard from.has(link.from) else {
                        throw entry.fault("crosswalk.dangling", ["item": "\(from.id) \(link.from)"])
                    }
                    guard to.has(link.to) else {
                        throw entry.fault("crosswalk.dangling", ["item": "\(to.id) \(link.to)"])
                    }
                    guard pairs.insert([link.from, link.to]).inserted else {
                        throw entry.fault("crosswalk.twice", ["item": "\(link.from) → \(link.to)"])
                    }
                    links.append(link)
                } catch {
                    isWhole = false
                    note(error)
                }
            }
            let crosswalk = Crosswalk(
                id: try required("id").text(), from: from.id, to: to.id,
                verification: try required("verification").choice(Verification.self),
                source: try required("source").bilingual(), links: links)
            return isWhole ? crosswalk : nil
        } catch {
            note(error)
            return nil
        }
    }

    private func pack(_ entry: Entry, _ packs: [StandardPack]) throws(LibraryFault) -> StandardPack {
        let id = try entry.text()
        guard let pack = packs.first(where: { $0.id == id }) else {
            throw entry.fault(
                "library.not-one-of", ["value": id, "known": packs.map(\.id).joined(separator: ", ")])
        }
        return pack
    }

    private func link() throws(LibraryFault) -> CrosswalkLink {
        try allow(["from", "to", "relation", "confidence", "because"])
        let confidence = try optional("confidence")?.number()
        if let confidence, !(0...1).contains(confidence) {
            throw fault("crosswalk.not-a-confidence", ["value": "\(confidence)"])
        }
        return CrosswalkLink(
            from: try required("from").itemReference(), to: try required("to").itemReference(),
            relation: try required("relation").choice(ScopeRelation.self), confidence: confidence,
            because: try optional("because")?.bilingual())
    }
}
