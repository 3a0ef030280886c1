/// The records of one sheet of an XLSX workbook, with bounded memory.
final class WorkbookRecordSource: RecordSource {
    let sheetName: String
    let visibleSheetNames: [String]

    private let rows: SheetRows
    private let stream: XMLStream
    private var isFinished = false

    /// Opens the workbook that begins with the prefix; its container has to be read from the end, so that anything
    /// but a regular file is first kept in a temporary one.
    init(
        input: inout ByteReader, prefix: [UInt8], isObserved: Bool, options: RecordReader.Options
    ) throws(SpreadsheetFault) {
        let path = input.name
        let limits = options.workbookLimits
        let archive: ZIPArchive
        if let source = input.source as? FileByteSource, let size = source.file.regularSize, path != "-" {
            if isObserved { try input.drain() }
            archive = try ZIPArchive(file: source.file, size: size, name: path, limits: limits)
        } else {
            var spool = try SpooledFile(name: path, limit: limits.spooledBytes)
            try spool.append(prefix.span)
            while try input.withNextBlock({ (block) throws(SpreadsheetFault) in try spool.append(block) }) {}
            archive = try ZIPArchive(file: spool.file, size: spool.size, name: path, limits: limits)
        }
        let package = WorkbookPackage(archive: archive, limits: limits)
        let part = try package.workbookPart()
        let list = SheetList(path: path, part: part)
        try package.stream(of: part, to: list).parseAll()
        let relationships = try package.relationships(of: part)
        let (sheet, sheetPart, visible) = try Self.choose(options.sheet, among: list, relationships, path: path)
        let context = SheetRowBuilder.Context(
            path: path, sheet: sheet,
            shared: try Self.sharedText(relationships, package), styles: try Self.styles(relationships, package),
            epoch: list.epoch, budget: package.budget, recordByteLimit: options.recordByteLimit)
        sheetName = sheet
        visibleSheetNames = visible
        rows = SheetRows(context)
        stream = try package.stream(of: sheetPart, to: rows)
    }

    func next(maximumBytes: Int) throws(SpreadsheetFault) -> RecordBatch? {
        rows.maximumBytes = maximumBytes
        while !isFinished {
            switch try stream.advance() {
            case .advanced: continue
            case .paused: if let batch = rows.takeBatch() { return batch }
            case .finished: isFinished = true
            }
        }
        return rows.takeBatch()
    }

    /// The sheet of that name, or the first visible one; sheets without cells, such as charts, are passed over.
    private static func choose(
        _ wanted: String?, among list: SheetList, _ relationships: [Relationship], path: String
    ) throws(SpreadsheetFault) -> (sheet: String, part: String, visible: [String]) {
        var parts: [String: String] = [:]
        for relationship in relationships where relationship.kind == "worksheet" {
            parts[relationship.identifier] = relationship.target
        }
        let sheets = list.sheets.filter { parts[$0.relationship] != nil }
        let visible = sheets.filter(\.isVisible).map(\.name)
        guard let sheet = sheets.first(where: { wanted == nil ? $0.isVisible : $0.name == wanted }),
            let part = parts[sheet.relationship]
        else {
            guard let wanted else { throw SpreadsheetFault(.sheetNoneVisible, ["path": path]) }
            let names = sheets.prefix(50).map(\.name).joined(separator: " | ")
            throw SpreadsheetFault(.sheetNotFound, ["path": path, "sheet": wanted, "sheets": names])
        }
        return (sheet.name, part, visible)
    }

    private static func sharedText(
        _ relationships: [Relationship], _ package: WorkbookPackage
    ) throws(SpreadsheetFault) -> SharedTextTable? {
        guard let part = relationships.first(where: { $0.kind == "sharedStrings" })?.target else { return nil }
        let shared = SharedText(path: package.path, limit: package.limits.sharedTextBytes)
        try package.stream(of: part, to: shared).parseAll()
        return shared.table
    }

    private static func styles(
        _ relationships: [Relationship], _ package: WorkbookPackage
    ) throws(SpreadsheetFault) -> CellStyles? {
        guard let part = relationships.first(where: { $0.kind == "styles" })?.target else { return nil }
        let styles = CellStyles(path: package.path, part: part)
        try package.stream(of: part, to: styles).parseAll()
        return styles
    }
}
