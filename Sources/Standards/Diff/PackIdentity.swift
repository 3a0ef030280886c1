extension StandardPack {
    /// Whether the codes of the two packs are meant to be the same: they are editions of one standard (`x.2021` and
    /// `x.2025`), or the id of one goes on from that of the other (`x.2025` and `x.2025.shenzhen`).
    func sharesCodes(with other: StandardPack) -> Bool {
        if id == other.id || Self.continues(id, other.id) || Self.continues(other.id, id) { return true }
        guard let mine = Self.stem(id), let theirs = Self.stem(other.id) else { return false }
        return mine == theirs
    }

    private static func continues(_ id: String, _ base: String) -> Bool {
        guard id.hasPrefix(base), let next = id.dropFirst(base.count).first else { return false }
        return !next.isLetter && !next.isNumber
    }

    /// The id without the year at its end.
    private static func stem(_ id: String) -> Substring? {
        guard let point = id.lastIndex(of: ".") else { return nil }
        let year = id[id.index(after: point)...]
        return year.utf8.count == 4 && Int(year) != nil ? id[..<point] : nil
    }
}
