/// A table of administrative regions with their mergers, as another room loads it from files.
///
///     let table = try RegionTable.parse(text, mergers: RegionMerger.parseTable(mergersText))
///     table.region(named: "重庆市渝中区")?.code                 // 500103
///     table.region(named: "渝中")?.code                         // 500103
///     table.successor(of: jiangbei, at: reportingDate)          // 500157 from the day of the merger on
public struct RegionTable: Sendable {
    /// Provinces of which the table has the counties, so that a code it lacks there is a mistake.
    private let detailedProvinces: Set<RegionCode>
    /// All regions in the order of their codes.
    public let regions: [Region]
    /// The mergers.
    public let mergers: [RegionMerger]
    private let byCode: [RegionCode: Region]
    private let byName: [String: [RegionCode]]
    /// Provinces and prefectures by the names that may stand before a county's.
    private let prefixes: [String: [RegionCode]]
    private let longestPrefix: Int
    private let successors: [RegionCode: [RegionMerger]]

    /// Makes a table. Of two regions with one code the first counts.
    public init(regions: [Region], mergers: [RegionMerger] = []) {
        var byCode: [RegionCode: Region] = [:]
        for region in regions where byCode[region.code] == nil { byCode[region.code] = region }
        let ordered = byCode.values.sorted { $0.code < $1.code }
        var byName: [String: [RegionCode]] = [:]
        var prefixes: [String: [RegionCode]] = [:]
        for region in ordered where region.status != .aggregate {
            for name in region.usualNames {
                byName[name, default: []].append(region.code)
                if region.code.level <= .prefecture { prefixes[name, default: []].append(region.code) }
            }
        }
        var successors: [RegionCode: [RegionMerger]] = [:]
        for merger in mergers {
            for code in merger.from { successors[code, default: []].append(merger) }
        }
        self.regions = ordered
        detailedProvinces = Set(ordered.filter { $0.code.level == .county }.map(\.code.province))
        self.mergers = mergers
        self.byCode = byCode
        self.byName = byName
        self.prefixes = prefixes
        longestPrefix = prefixes.keys.map(\.count).max() ?? 0
        self.successors = successors.mapValues { $0.sorted { $0.effective > $1.effective } }
    }

    /// The region of a code.
    public func region(_ code: RegionCode) -> Region? { byCode[code] }

    /// Whether the table has the counties of a province, so that a code it lacks there is a mistake.
    public func listsCounties(of province: RegionCode) -> Bool { detailedProvinces.contains(province) }

    /// The region above, as the table says; by the digits for a code that the table lacks.
    public func parent(of code: RegionCode) -> RegionCode? {
        guard let region = byCode[code] else { return code.parent }
        return region.parent
    }

    /// The region and all above it, from the province down, without levels that only group codes.
    public func path(to code: RegionCode) -> [Region] {
        var path: [Region] = []
        var next: RegionCode? = code
        // Four levels at most; the bound also ends a table whose parents run in a circle.
        for _ in 0..<8 {
            guard let current = next, let region = byCode[current] else { break }
            if region.status != .aggregate { path.append(region) }
            next = region.parent
        }
        return path.reversed()
    }

    /// All regions that a Chinese name may mean, the likeliest first: the full name before the short one, regions in
    /// use before abolished ones, higher levels before lower.
    ///
    /// The name may lack 区, 县 or 市 and may begin with the names of the regions above it: 渝中, 重庆渝中区,
    /// 四川省成都市武侯区.
    public func regions(named name: String) -> [Region] {
        let query = String(name.unicodeScalars.prefix(64).filter { !Self.isPassedOver($0) }.map(Character.init))
        return matches(query, depth: 0)
            .sorted { left, right in rank(left, query) < rank(right, query) }
    }

    /// The one region that a Chinese name means; nil if none or several fit.
    ///
    /// A name that a region shares with one inside it means the larger: 广安 is the city, not its district 广安区.
    /// - Parameters:
    ///   - name: the name, as ``regions(named:)`` takes it.
    ///   - region: where to look, or nil for the whole table. 市中区 is a district of two cities in Sichuan.
    public func region(named name: String, within region: RegionCode? = nil) -> Region? {
        var found = regions(named: name).filter { region?.contains($0.code) ?? true }
        for isPreferred in [{ (region: Region) in name.hasSuffix(region.name) }, { $0.status == .current }] {
            let preferred = found.filter(isPreferred)
            if !preferred.isEmpty { found = preferred }
        }
        guard let first = found.first else { return nil }
        return found.allSatisfy { first.code.contains($0.code) } ? first : nil
    }

    /// The region that has taken over a region's place by a day, following mergers of mergers; the code itself if none
    /// has.
    public func successor(of code: RegionCode, at date: CalendarDate) -> RegionCode {
        var current = code
        // No chain is longer than the list of mergers; the bound ends a list that runs in a circle.
        for _ in 0...mergers.count {
            guard let merger = successors[current]?.first(where: { $0.effective <= date }), merger.into != current
            else { break }
            current = merger.into
        }
        return current
    }

    private func matches(_ query: String, depth: Int) -> [Region] {
        if let codes = byName[query] { return codes.compactMap { byCode[$0] } }
        guard depth < 3 else { return [] }
        var found: [Region] = []
        var end = query.startIndex
        for _ in 0..<longestPrefix {
            guard end < query.endIndex else { break }
            end = query.index(after: end)
            guard end < query.endIndex, let codes = prefixes[String(query[..<end])] else { continue }
            for region in matches(String(query[end...]), depth: depth + 1) where !found.contains(region) {
                if codes.contains(where: { $0 != region.code && $0.contains(region.code) }) { found.append(region) }
            }
        }
        return found
    }

    private func rank(_ region: Region, _ query: String) -> (Int, Int, Int, UInt32) {
        (
            query.hasSuffix(region.name) ? 0 : 1, region.status == .current ? 0 : 1, region.code.level.rawValue,
            region.code.number
        )
    }

    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        switch UTF8Reading.fold(scalar.value) {
        case 0x09...0x0D, 0x20, 0x2D, 0x2F, 0xB7, 0x2C, 0x3E: true
        default: false
        }
    }
}

extension RegionTable {
    /// Reads a table: tab-separated with the header `code name parent status`; the status is `current`, `aggregate` or
    /// `abolished`, the last with an optional note in parentheses behind it.
    /// - Parameters:
    ///   - bytes: UTF-8 text of at most 8 MiB.
    ///   - mergers: the mergers, from ``RegionMerger/parseTable(_:)-(Span<UInt8>)``.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parse(
        _ bytes: Span<UInt8>, mergers: [RegionMerger] = []
    ) throws(ParseFault) -> RegionTable {
        let table = try TabSeparatedText(bytes, columns: ["code", "name", "parent", "status"])
        var regions: [Region] = []
        var seen: Set<RegionCode> = []
        for row in table.rows {
            let code = try table.value(RegionCode.self, at: 0, of: row)
            guard seen.insert(code).inserted else { throw table.duplicate(code.description, in: row) }
            guard !row.cells[1].isEmpty else { throw table.fault(at: 1, of: row, cause: "empty") }
            let parent = row.cells[2].isEmpty ? nil : try table.value(RegionCode.self, at: 2, of: row)
            guard let status = status(row.cells[3]) else { throw table.fault(at: 3, of: row, cause: "status") }
            regions.append(Region(code: code, name: row.cells[1], parent: parent, status: status))
        }
        for (region, row) in zip(regions, table.rows) {
            if let parent = region.parent, !seen.contains(parent) {
                throw ParseFault(
                    code: FaultCode.tableUnknownParent.rawValue,
                    arguments: [
                        "line": String(row.line), "key": region.code.description, "parent": parent.description,
                    ])
            }
        }
        return RegionTable(regions: regions, mergers: mergers)
    }

    /// Reads a table from a String.
    /// - Parameters:
    ///   - text: at most 8 MiB.
    ///   - mergers: the mergers.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parse(_ text: String, mergers: [RegionMerger] = []) throws(ParseFault) -> RegionTable {
        try parse(text.utf8Span.span, mergers: mergers)
    }

    private static func status(_ text: String) -> Region.Status? {
        switch text {
        case "current": return .current
        case "aggregate": return .aggregate
        case "abolished": return .abolished(note: nil)
        default:
            guard text.hasPrefix("abolished ("), text.hasSuffix(")") else { return nil }
            return .abolished(note: String(text.dropFirst("abolished (".count).dropLast()))
        }
    }
}
