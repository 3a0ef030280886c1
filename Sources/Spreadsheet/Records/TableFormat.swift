/// What an input turned out to be.
public enum TableFormat: Sendable, Equatable {
    /// Delimited text, with the encoding and the delimiter that were found or prescribed.
    case delimitedText(encoding: TextEncoding, delimiter: Delimiter)
    /// A sheet of an XLSX workbook; its records are comma-separated.
    case workbook(sheet: String)
}
