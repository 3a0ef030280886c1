import Vocabulary

/// The names of regions, to be found at the beginning of a name: 重庆市渝北区, 渝北, 四川省成都市.
struct PlaceNames: Sendable {
    private let words: WordList
    private let regions: [Letters: [RegionCode]]
    private let parents: [RegionCode: RegionCode]

    init(_ table: RegionTable, _ fold: LetterFolding) {
        var regions: [Letters: [RegionCode]] = [:]
        var parents: [RegionCode: RegionCode] = [:]
        for region in table.regions {
            // What only groups codes is nothing that a name begins with.
            if region.status == .aggregate { continue }
            var above = region.parent
            while let code = above, table.region(code)?.status == .aggregate { above = table.parent(of: code) }
            if let above { parents[region.code] = above }
            for name in Self.names(of: region) { regions[fold(name), default: []].append(region.code) }
        }
        self.regions = regions
        self.parents = parents
        words = WordList(regions.keys)
    }

    /// 东区 and 西区 of Panzhihua: without the city before it each is a part of any town.
    private static let bare: Set<String> = ["510402", "510403"]

    private static func names(of region: Region) -> [String] {
        guard let short = region.shortName else { return [region.name] }
        // 重庆市 is written without its 市, 彭水苗族土家族自治县 as 彭水县.
        let ending = region.name.hasSuffix("自治县") ? ["\(short)县"] : region.name.hasSuffix("自治州") ? ["\(short)州"] : []
        return [region.name, short] + ending
    }

    /// The place that letters begin with, and how many letters name it.
    ///
    /// Each further region must lie in the one before. Names that several regions have, such as 西区, need one before them.
    /// - Parameter rest: How many letters must be left, so that a name is more than its place.
    func prefix(of letters: ArraySlice<UInt16>, leaving rest: Int) -> (code: RegionCode, count: Int)? {
        var found: (code: RegionCode, count: Int)?
        var start = letters.startIndex
        for _ in 0..<4 {
            let length = words.prefix(of: letters[start...])
            guard length > 0, letters.endIndex - start - length >= rest,
                let candidates = regions[Letters(letters[start..<start + length])],
                let code = choose(candidates, within: found?.code, length)
            else { break }
            start += length
            found = (code, start - letters.startIndex)
        }
        return found
    }

    private func choose(_ candidates: [RegionCode], within outer: RegionCode?, _ length: Int) -> RegionCode? {
        guard let outer else {
            // 广安 is the city, not its district; 市中区, of two cities, says nothing by itself, nor does 东区.
            guard let widest = candidates.first(where: { outer in candidates.allSatisfy { lies($0, in: outer) } }),
                length > 2 || !Self.bare.contains(widest.description)
            else { return nil }
            return widest
        }
        return candidates.first { lies($0, in: outer) }
    }

    /// Whether one region lies in another, or is it.
    func lies(_ inner: RegionCode, in outer: RegionCode) -> Bool {
        var code: RegionCode? = inner
        for _ in 0..<5 {
            guard let current = code else { return false }
            if current == outer { return true }
            code = parents[current]
        }
        return false
    }
}
