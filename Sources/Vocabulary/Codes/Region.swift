/// A row of a table of administrative regions.
public struct Region: Sendable, Hashable {
    /// Whether a region can still be named in new papers.
    public enum Status: Sendable, Hashable {
        /// In use.
        case current
        /// A level that only groups codes, as 市辖区 between Chongqing and its districts.
        case aggregate
        /// Dissolved; the text says by what, if the table does.
        case abolished(note: String?)
    }

    /// The code.
    public let code: RegionCode
    /// The official Chinese name without the names of higher regions, such as 渝中区.
    public let name: String
    /// The region it belongs to; nil for a province.
    public let parent: RegionCode?
    /// Whether it is in use.
    public let status: Status

    /// Makes a row.
    public init(code: RegionCode, name: String, parent: RegionCode?, status: Status = .current) {
        self.code = code
        self.name = name
        self.parent = parent
        self.status = status
    }

    /// The name as people shorten it: without 区, 县, 市 and the like, and for autonomous regions without the peoples'
    /// names (甘孜藏族自治州 is 甘孜); nil if a single character would be left (忠县).
    public var shortName: String? {
        var short = name[...]
        for suffix in ["自治州", "自治县", "自治区"] where short.hasSuffix(suffix) {
            short.removeLast(suffix.count)
            while let people = Self.peoples.first(where: { short.hasSuffix($0) && short.count > $0.count }) {
                short.removeLast(people.count)
            }
            return short.count >= 2 ? String(short) : nil
        }
        for suffix in ["新区", "地区", "林区", "特区", "省", "市", "区", "县"] where short.hasSuffix(suffix) {
            short.removeLast(suffix.count)
            return short.count >= 2 ? String(short) : nil
        }
        return nil
    }

    /// All names that people use: the official one, the short one, and for autonomous regions also the short one with
    /// 州 or 县.
    var usualNames: [String] {
        guard let shortName else { return [name] }
        for (suffix, ending) in [("自治州", "州"), ("自治县", "县")] where name.hasSuffix(suffix) {
            return [name, shortName, shortName + ending]
        }
        return [name, shortName]
    }

    /// The peoples that autonomous prefectures and counties are named after; short forms where names use them.
    private static let peoples = [
        "维吾尔", "蒙古族", "哈萨克", "柯尔克孜", "土家族", "朝鲜族", "哈尼族", "景颇族", "傈僳族", "布依族", "拉祜族",
        "仡佬族", "仫佬族", "毛南族", "达斡尔族", "塔吉克", "东乡族", "裕固族", "保安族", "撒拉族", "锡伯", "鄂伦春",
        "鄂温克族", "普米族", "独龙族", "布朗族", "土族", "满族", "回族", "藏族", "羌族", "彝族", "苗族", "侗族", "壮族",
        "瑶族", "傣族", "白族", "黎族", "水族", "佤族", "畲族", "怒族", "纳西族", "蒙古", "各族", "回",
    ]
}

/// Regions that became one.
public struct RegionMerger: Sendable, Hashable {
    /// The regions that ended.
    public let from: [RegionCode]
    /// The region that took them over.
    public let into: RegionCode
    /// The first day of the new region.
    public let effective: CalendarDate

    /// Makes a merger.
    public init(from: [RegionCode], into: RegionCode, effective: CalendarDate) {
        self.from = from
        self.into = into
        self.effective = effective
    }

    /// Reads a table of mergers: tab-separated with the header `from into effective`; several codes in `from` are
    /// separated by commas.
    /// - Parameter bytes: UTF-8 text of at most 8 MiB.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parseTable(_ bytes: Span<UInt8>) throws(ParseFault) -> [RegionMerger] {
        let table = try TabSeparatedText(bytes, columns: ["from", "into", "effective"])
        var mergers: [RegionMerger] = []
        for row in table.rows {
            var from: [RegionCode] = []
            for part in row.cells[0].split(separator: ",", omittingEmptySubsequences: false) {
                do {
                    from.append(try RegionCode.parse(String(part)))
                } catch {
                    throw table.fault(at: 0, of: row, cause: error.code)
                }
            }
            let into = try table.value(RegionCode.self, at: 1, of: row)
            let effective = try table.value(CalendarDate.self, at: 2, of: row)
            mergers.append(RegionMerger(from: from, into: into, effective: effective))
        }
        return mergers
    }

    /// Reads a table of mergers from a String.
    /// - Throws: ``ParseFault`` with a code `table.…` that names the line.
    public static func parseTable(_ text: String) throws(ParseFault) -> [RegionMerger] {
        try parseTable(text.utf8Span.span)
    }
}
