import CXLSXWriter
import Glibc

/// Writes an XLSX workbook of one or more tables.
///
///     var writer = try XLSXWriter(path: "贷款清单.xlsx", forLongTables: true)
///     let sheet = try writer.addSheet(SheetLayout(
///         name: "贷款清单", titles: ["绿色贷款清单"],
///         columns: [.init("借款人", width: 30), .init("余额（元）", width: 18)]))
///     try writer.append([.text("嘉陵江水务有限公司"), .money(fen: 1_234_500)], to: sheet)
///     try writer.close()
///
/// The file appears at its path when ``close()`` has succeeded; a writer that is dropped before leaves nothing.
public struct XLSXWriter: ~Copyable {
    /// A sheet that has been added.
    public struct Sheet: Sendable, Hashable {
        let index: Int
        /// The name it has got, which differs from the one wished for where a workbook can't have that.
        public let name: String
    }

    private struct SheetState {
        let worksheet: UnsafeMutablePointer<lxw_worksheet>
        let layout: SheetLayout
        var nextRow: Int
        var headerRow: Int?
        var lastDataRow: Int?
        var hasFilter = false
    }

    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var formats: XLSXFormats
    private var sheets: [SheetState] = []
    private var names: [String] = []
    private let file: PartialFile

    /// Starts a workbook.
    ///
    /// - Parameters:
    ///   - path: where it will be.
    ///   - forLongTables: whether to write rows to temporary files at once, in constant memory.
    ///   - properties: the document's properties.
    /// - Throws: `outputNotWritable` if no file can be made there.
    public init(
        path: String, forLongTables: Bool = false, properties: WorkbookProperties = WorkbookProperties()
    ) throws(SpreadsheetFault) {
        let file = try PartialFile(finalPath: path)
        var options = lxw_workbook_options()
        options.constant_memory = forLongTables ? 1 : 0
        // Without it the library can't write sheets of more than 4 GiB.
        options.use_zip64 = forLongTables ? 1 : 0
        guard let workbook = workbook_new_opt(file.path, &options) else {
            file.discard()
            let reason = Self.text(of: LXW_ERROR_MEMORY_MALLOC_FAILED)
            throw SpreadsheetFault(.outputFailed, ["path": path, "reason": reason])
        }
        self.file = file
        self.workbook = workbook
        formats = XLSXFormats(workbook: workbook)
        Self.set(properties, of: workbook)
    }

    deinit {
        guard let workbook else { return }
        lxw_workbook_free(workbook)
        file.discard()
    }

    /// Adds a sheet with its titles, its header row (bold, frozen, with filters) and its column widths.
    ///
    /// - Throws: `outputTooManyColumns`, `outputTextTooLong`, `outputFailed`.
    public mutating func addSheet(_ layout: SheetLayout) throws(SpreadsheetFault) -> Sheet {
        let name = SheetName.adapted(layout.name, taken: names)
        guard let worksheet = workbook_add_worksheet(workbook, name) else {
            let reason = Self.text(of: LXW_ERROR_MEMORY_MALLOC_FAILED)
            throw SpreadsheetFault(.outputFailed, ["path": file.finalPath, "reason": reason])
        }
        names.append(name)
        let sheet = Sheet(index: sheets.count, name: name)
        sheets.append(SheetState(worksheet: worksheet, layout: layout, nextRow: 0))
        guard layout.columns.count <= CellReference.columnLimit else { throw tooManyColumns(sheet) }
        for (column, wanted) in layout.columns.enumerated() {
            let index = lxw_col_t(column)
            try check(worksheet_set_column(worksheet, index, index, wanted.effectiveWidth, nil))
        }
        for title in layout.titles { try appendTitle(title, to: sheet) }
        if !layout.columns.isEmpty { try appendHeader(layout.columns, to: sheet) }
        // For paper: A4 across, as wide as the page, the header on each page.
        worksheet_set_landscape(worksheet)
        worksheet_set_paper(worksheet, 9)
        worksheet_fit_to_pages(worksheet, 1, 0)
        return sheet
    }

    /// Appends a row of cells below the header and the rows before.
    ///
    /// - Throws: `outputTooManyRows`, `outputTooManyColumns`, `outputTextTooLong`, `outputNumberNotFinite`,
    ///   `outputDateInvalid`, `outputFailed`.
    public mutating func append(_ cells: [XLSXCell], to sheet: Sheet) throws(SpreadsheetFault) {
        let row = try beginRow(of: sheet)
        guard cells.count <= CellReference.columnLimit else { throw tooManyColumns(sheet) }
        sheets[sheet.index].lastDataRow = row
        for (column, cell) in cells.enumerated() { try write(cell, row: row, column: column, sheet: sheet) }
    }

    /// Appends one cell merged over all columns, such as a note below the table.
    ///
    /// The header's filters reach down to the first such row below data.
    ///
    /// - Throws: `outputTooManyRows`, `outputTextTooLong`, `outputFailed`.
    public mutating func appendTitle(_ text: String, to sheet: Sheet) throws(SpreadsheetFault) {
        if sheets[sheet.index].lastDataRow != nil { try addFilter(toSheetAt: sheet.index) }
        let row = try beginRow(of: sheet)
        let worksheet = sheets[sheet.index].worksheet
        let lastColumn = sheets[sheet.index].layout.columns.count - 1
        let storable = try storable(text, row: row, column: 0, sheet: sheet)
        if lastColumn > 0 {
            try check(
                worksheet_merge_range(
                    worksheet, lxw_row_t(row), 0, lxw_row_t(row), lxw_col_t(lastColumn), storable, formats.title))
        } else {
            try check(worksheet_write_string(worksheet, lxw_row_t(row), 0, storable, formats.title))
        }
    }

    /// Completes the workbook and puts it in its place.
    ///
    /// - Throws: `outputFailed`, `outputNotWritable`; then there is no new file, and an old one is as it was.
    public consuming func close() throws(SpreadsheetFault) {
        for index in sheets.indices { try addFilter(toSheetAt: index) }
        // The library frees the workbook whether closing succeeds or not.
        let outcome = workbook_close(workbook)
        workbook = nil
        guard outcome == LXW_NO_ERROR else {
            file.discard()
            throw SpreadsheetFault(.outputFailed, ["path": file.finalPath, "reason": Self.text(of: outcome)])
        }
        try file.commit()
    }

    private mutating func appendHeader(_ columns: [SheetLayout.Column], to sheet: Sheet) throws(SpreadsheetFault) {
        let row = try beginRow(of: sheet)
        let worksheet = sheets[sheet.index].worksheet
        for (column, wanted) in columns.enumerated() {
            let text = try storable(wanted.header, row: row, column: column, sheet: sheet)
            try check(worksheet_write_string(worksheet, lxw_row_t(row), lxw_col_t(column), text, formats.header))
        }
        worksheet_freeze_panes(worksheet, lxw_row_t(row + 1), 0)
        try check(worksheet_repeat_rows(worksheet, lxw_row_t(row), lxw_row_t(row)))
        sheets[sheet.index].headerRow = row
    }

    /// Puts filters on the table, once, while its last row is still the last row written: in constant memory the
    /// library takes no earlier one.
    private mutating func addFilter(toSheetAt index: Int) throws(SpreadsheetFault) {
        let sheet = sheets[index]
        guard !sheet.hasFilter, let headerRow = sheet.headerRow else { return }
        let lastRow = sheet.lastDataRow ?? headerRow
        guard lastRow == sheet.nextRow - 1 else { return }
        let lastColumn = lxw_col_t(sheet.layout.columns.count - 1)
        try check(worksheet_autofilter(sheet.worksheet, lxw_row_t(headerRow), 0, lxw_row_t(lastRow), lastColumn))
        sheets[index].hasFilter = true
    }

    private mutating func beginRow(of sheet: Sheet) throws(SpreadsheetFault) -> Int {
        let row = sheets[sheet.index].nextRow
        guard row < CellReference.rowLimit else {
            let facts = ["path": file.finalPath, "sheet": sheet.name, "limit": String(CellReference.rowLimit)]
            throw SpreadsheetFault(.outputTooManyRows, facts)
        }
        sheets[sheet.index].nextRow = row + 1
        return row
    }

    private mutating func write(
        _ cell: XLSXCell, row: Int, column: Int, sheet: Sheet
    ) throws(SpreadsheetFault) {
        switch cell {
        case .empty:
            return
        case .text(let text):
            try writeText(text, row: row, column: column, sheet: sheet)
        case .integer(let number) where number.magnitude > XLSXCell.exactLimit.magnitude:
            try writeText(String(number), row: row, column: column, sheet: sheet)
        case .integer(let number):
            try writeNumber(Double(number), format: "0", row: row, column: column, sheet: sheet)
        case .number(let number, let format):
            try writeNumber(number, format: format, row: row, column: column, sheet: sheet)
        case .money(let fen) where fen.magnitude > XLSXCell.exactLimit.magnitude:
            try writeText(XLSXCell.yuanText(fen: fen), row: row, column: column, sheet: sheet)
        case .money(let fen):
            try writeNumber(Double(fen) / 100, format: XLSXFormats.money, row: row, column: column, sheet: sheet)
        case .percentage(let share):
            try writeNumber(share, format: XLSXFormats.percentage, row: row, column: column, sheet: sheet)
        case .date(let year, let month, let day):
            guard XLSXCell.isDate(year: year, month: month, day: day) else {
                let facts = ["date": "\(year)-\(month)-\(day)"].merging(place(row, column, sheet)) { own, _ in own }
                throw SpreadsheetFault(.outputDateInvalid, facts)
            }
            var date = lxw_datetime()
            (date.year, date.month, date.day) = (Int32(year), Int32(month), Int32(day))
            let format = formats.number(XLSXFormats.date)
            let worksheet = sheets[sheet.index].worksheet
            try check(worksheet_write_datetime(worksheet, lxw_row_t(row), lxw_col_t(column), &date, format))
        }
    }

    private func writeText(_ text: String, row: Int, column: Int, sheet: Sheet) throws(SpreadsheetFault) {
        let storable = try storable(text, row: row, column: column, sheet: sheet)
        let worksheet = sheets[sheet.index].worksheet
        try check(worksheet_write_string(worksheet, lxw_row_t(row), lxw_col_t(column), storable, nil))
    }

    private mutating func writeNumber(
        _ number: Double, format: String, row: Int, column: Int, sheet: Sheet
    ) throws(SpreadsheetFault) {
        guard number.isFinite else {
            throw SpreadsheetFault(.outputNumberNotFinite, place(row, column, sheet))
        }
        let format = formats.number(format)
        let worksheet = sheets[sheet.index].worksheet
        try check(worksheet_write_number(worksheet, lxw_row_t(row), lxw_col_t(column), number, format))
    }

    private func storable(
        _ text: String, row: Int, column: Int, sheet: Sheet
    ) throws(SpreadsheetFault) -> String {
        let storable = CellText.storable(text)
        guard storable.utf16.count <= CellText.limit else {
            let facts = ["limit": String(CellText.limit)].merging(place(row, column, sheet)) { own, _ in own }
            throw SpreadsheetFault(.outputTextTooLong, facts)
        }
        return storable
    }

    private func place(_ row: Int, _ column: Int, _ sheet: Sheet) -> [String: String] {
        [
            "path": file.finalPath, "sheet": sheet.name, "row": String(row + 1),
            "column": CellReference.letters(ofColumn: column),
        ]
    }

    private func tooManyColumns(_ sheet: Sheet) -> SpreadsheetFault {
        let facts = ["path": file.finalPath, "sheet": sheet.name, "limit": String(CellReference.columnLimit)]
        return SpreadsheetFault(.outputTooManyColumns, facts)
    }

    private func check(_ outcome: lxw_error) throws(SpreadsheetFault) {
        guard outcome == LXW_NO_ERROR else {
            throw SpreadsheetFault(.outputFailed, ["path": file.finalPath, "reason": Self.text(of: outcome)])
        }
    }

    private static func text(of outcome: lxw_error) -> String {
        lxw_strerror(outcome).map { String(cString: $0) } ?? "error \(outcome.rawValue)"
    }

    private static func set(_ properties: WorkbookProperties, of workbook: UnsafeMutablePointer<lxw_workbook>) {
        func copy(_ text: String?) -> UnsafeMutablePointer<CChar>? { text.flatMap { strdup(CellText.storable($0)) } }
        var document = lxw_doc_properties()
        document.title = copy(properties.title)
        document.subject = copy(properties.subject)
        document.author = copy(properties.author)
        document.company = copy(properties.company)
        document.keywords = copy(properties.keywords)
        document.comments = copy(properties.comments)
        document.created = properties.created ?? 0
        // The library copies the texts; a failure can only be lack of memory, and costs no more than the properties.
        _ = workbook_set_properties(workbook, &document)
        for text in [
            document.title, document.subject, document.author, document.company, document.keywords, document.comments,
        ] {
            free(text)
        }
    }
}
