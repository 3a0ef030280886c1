extension SpreadsheetFault {
    /// The stable codes; each says which arguments its phrase may name.
    public enum Code: String, Sendable, CaseIterable {
        // MARK: The input itself

        /// No file at the path. Arguments: path.
        case inputNotFound = "spreadsheet.input.not-found"
        /// The account may not read the file. Arguments: path.
        case inputNotPermitted = "spreadsheet.input.not-permitted"
        /// The path is a folder. Arguments: path.
        case inputIsFolder = "spreadsheet.input.is-folder"
        /// The system reported an error while reading. Arguments: path, reason (the system's own text).
        case inputUnreadable = "spreadsheet.input.unreadable"
        /// The input has no byte of content. Arguments: path.
        case inputEmpty = "spreadsheet.input.empty"
        /// A binary .xls workbook, or an .xlsx locked with a password (both are OLE2 files). Arguments: path.
        case inputOldBinaryWorkbook = "spreadsheet.input.old-binary-workbook"
        /// A PDF document. Arguments: path.
        case inputPDF = "spreadsheet.input.pdf"
        /// A web page, as many systems export under the name .xls. Arguments: path.
        case inputHTML = "spreadsheet.input.html"
        /// An XML document, for instance an "XML spreadsheet 2003". Arguments: path.
        case inputXML = "spreadsheet.input.xml"
        /// A file packed by gzip. Arguments: path.
        case inputGzip = "spreadsheet.input.gzip"
        /// A RAR or 7-Zip archive. Arguments: path.
        case inputArchive = "spreadsheet.input.archive"
        /// Standard input could not be kept in a temporary file. Arguments: path, reason.
        case temporaryFileFailed = "spreadsheet.input.temporary-file-failed"
        /// A workbook on standard input exceeds what may be kept in a temporary file. Arguments: path, limit (bytes).
        case inputTooLargeToSpool = "spreadsheet.input.too-large-to-spool"
        /// The system's character conversion lacks this encoding. Arguments: path, encoding.
        case encodingUnavailable = "spreadsheet.input.encoding-unavailable"

        // MARK: The ZIP container of a workbook

        /// The directory at the end of the ZIP is missing: the file was cut short. Arguments: path.
        case zipTruncated = "spreadsheet.zip.truncated"
        /// The ZIP directory contradicts itself. Arguments: path.
        case zipDirectoryMalformed = "spreadsheet.zip.directory-malformed"
        /// The ZIP is one volume of several. Arguments: path.
        case zipSplit = "spreadsheet.zip.split"
        /// Two entries have the same name. Arguments: path, entry.
        case zipEntryDuplicate = "spreadsheet.zip.entry-duplicate"
        /// An entry's data does not inflate to what the directory promises. Arguments: path, entry.
        case zipEntryCorrupt = "spreadsheet.zip.entry-corrupt"
        /// An entry is encrypted. Arguments: path, entry.
        case zipEntryEncrypted = "spreadsheet.zip.entry-encrypted"
        /// An entry uses a compression other than stored or deflate. Arguments: path, entry, method.
        case zipMethodUnsupported = "spreadsheet.zip.method-unsupported"
        /// More entries than allowed. Arguments: path, count, limit.
        case zipTooManyEntries = "spreadsheet.zip.too-many-entries"
        /// An entry inflates beyond the permitted ratio. Arguments: path, entry, limit (times).
        case zipRatioTooHigh = "spreadsheet.zip.ratio-too-high"
        /// More inflated bytes than allowed. Arguments: path, limit (bytes).
        case zipInflatedTooLarge = "spreadsheet.zip.inflated-too-large"

        // MARK: The workbook

        /// A ZIP that holds no workbook. Arguments: path.
        case workbookMissing = "spreadsheet.workbook.missing"
        /// A binary .xlsb workbook. Arguments: path.
        case workbookBinary = "spreadsheet.workbook.binary"
        /// An OpenDocument spreadsheet. Arguments: path.
        case workbookOpenDocument = "spreadsheet.workbook.open-document"
        /// A part that the workbook names is not in the file. Arguments: path, part.
        case workbookPartMissing = "spreadsheet.workbook.part-missing"
        /// A part has more items than a workbook may have. Arguments: path, part, limit.
        case workbookPartTooLarge = "spreadsheet.workbook.part-too-large"
        /// A part is not well-formed XML. Arguments: path, part, line, column.
        case xmlMalformed = "spreadsheet.xml.malformed"
        /// A part declares a document type, which no spreadsheet program writes. Arguments: path, part.
        case xmlDoctypeRefused = "spreadsheet.xml.doctype-refused"
        /// A part's elements are nested too deep. Arguments: path, part, limit.
        case xmlTooDeep = "spreadsheet.xml.too-deep"
        /// One tag or comment of a part is too long. Arguments: path, part, limit (bytes).
        case xmlTokenTooLong = "spreadsheet.xml.token-too-long"
        /// No sheet of that name. Arguments: path, sheet, sheets (the names there are, joined by " | ").
        case sheetNotFound = "spreadsheet.sheet.not-found"
        /// The workbook has no visible sheet with cells. Arguments: path.
        case sheetNoneVisible = "spreadsheet.sheet.none-visible"
        /// Shared text exceeds the memory set aside for it. Arguments: path, limit (bytes).
        case sharedTextTooLarge = "spreadsheet.workbook.shared-text-too-large"
        /// A cell points at shared text that does not exist. Arguments: path, sheet, cell, index.
        case sharedTextMissing = "spreadsheet.cell.shared-text-missing"
        /// A cell's or row's reference is not one a sheet can have. Arguments: path, sheet, row, reference.
        case cellReferenceMalformed = "spreadsheet.cell.reference-malformed"
        /// A cell stands left of the cell before it. Arguments: path, sheet, cell.
        case cellOutOfOrder = "spreadsheet.cell.out-of-order"

        // MARK: Writing

        /// The file can't be created or written. Arguments: path, reason.
        case outputNotWritable = "spreadsheet.output.not-writable"
        /// The workbook could not be put together. Arguments: path, reason (the library's own text).
        case outputFailed = "spreadsheet.output.failed"
        /// A sheet has more rows than a workbook can hold. Arguments: path, sheet, limit.
        case outputTooManyRows = "spreadsheet.output.too-many-rows"
        /// A row has more cells than a workbook can hold. Arguments: path, sheet, limit.
        case outputTooManyColumns = "spreadsheet.output.too-many-columns"
        /// A text is longer than a cell can hold. Arguments: path, sheet, row, column, limit (characters).
        case outputTextTooLong = "spreadsheet.output.text-too-long"
        /// A number is not finite. Arguments: path, sheet, row, column.
        case outputNumberNotFinite = "spreadsheet.output.number-not-finite"
        /// No such calendar day, or one outside 1900 to 9999. Arguments: path, sheet, row, column, date.
        case outputDateInvalid = "spreadsheet.output.date-invalid"
    }
}
