extension StandardPack {
    /// Whether the codes of the two packs are meant to be the same: they are editions of one standard (`x.2021` and
    /// `x.2025`), or one is an overlay of the other, or both of one catalogue.
    func sharesCodes(with other: StandardPack) -> Bool {
        let catalogues = [header.catalogue, other.header.catalogue]
        if catalogues[0] == catalogues[1] { return true }
        guard let mine = Self.stem(catalogues[0]), let theirs = Self.stem(catalogues[1]) else { return false }
        return mine == theirs
    }

    /// The id without the year at its end.
    private static func stem(_ id: String) -> Substring? {
        guard let point = id.lastIndex(of: ".") else { return nil }
        let year = id[id.index(after: point)...]
        return year.utf8.count == 4 && Int(year) != nil ? id[..<point] : nil
    }
}
