/// The parts of a workbook in its container: which there are and how to read them.
struct WorkbookPackage {
    let archive: ZIPArchive
    let limits: WorkbookLimits
    let budget: InflationBudget

    var path: String { archive.name }

    init(archive: ZIPArchive, limits: WorkbookLimits) {
        self.archive = archive
        self.limits = limits
        budget = InflationBudget(limit: limits.inflatedBytes, name: archive.name)
    }

    func contains(_ part: String) -> Bool {
        archive.entry(named: part) != nil
    }

    /// A stream of one part's elements.
    func stream(of part: String, to handler: any XMLEventHandler) throws(SpreadsheetFault) -> XMLStream {
        guard let entry = archive.entry(named: part) else {
            throw SpreadsheetFault(.workbookPartMissing, ["path": path, "part": part])
        }
        let reader = try ZIPEntryReader(entry, of: archive, limits: limits, budget: budget)
        return try XMLStream(part: part, path: path, entry: reader, handler: handler)
    }

    /// The relationships of a part; none if it has no relationship part.
    func relationships(of part: String) throws(SpreadsheetFault) -> [Relationship] {
        let (folder, file) = Self.split(part)
        let name = "\(folder)_rels/\(file).rels"
        guard contains(name) else { return [] }
        let list = RelationshipList(path: path, part: name, folder: folder)
        try stream(of: name, to: list).parseAll()
        return list.relationships
    }

    /// The workbook part, wherever the package says it is.
    func workbookPart() throws(SpreadsheetFault) -> String {
        let part = try relationships(of: "").first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
        if part.hasSuffix(".bin") { throw SpreadsheetFault(.workbookBinary, ["path": path]) }
        // A document of another kind, say a letter, has its main part elsewhere.
        guard contains(part), !part.hasPrefix("word/"), !part.hasPrefix("ppt/") else {
            let isOpenDocument = contains("content.xml") && contains("mimetype")
            throw SpreadsheetFault(isOpenDocument ? .workbookOpenDocument : .workbookMissing, ["path": path])
        }
        return part
    }

    /// A part's folder, with a slash at its end, and its file name.
    static func split(_ part: String) -> (folder: String, file: String) {
        guard let slash = part.lastIndex(of: "/") else { return ("", part) }
        return (String(part[...slash]), String(part[part.index(after: slash)...]))
    }
}
