import CXLSXWriter

/// The formats of a workbook's cells, each made when it is first needed.
struct XLSXFormats {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var numberFormats: [String: UnsafeMutablePointer<lxw_format>] = [:]

    /// For the rows over the table.
    let title: UnsafeMutablePointer<lxw_format>?
    /// For the header row.
    let header: UnsafeMutablePointer<lxw_format>?

    static let money = "#,##0.00"
    static let percentage = "0.00%"
    static let date = "yyyy-mm-dd"

    private static let headerBackground: lxw_color_t = 0xE2EFDA
    /// A workbook may have some 65,000 cell formats; number formats come from code, so that few will do.
    private static let limit = 1_000

    init(workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
        title = workbook_add_format(workbook)
        header = workbook_add_format(workbook)
        if let title {
            format_set_bold(title)
            format_set_font_size(title, 14)
            format_set_align(title, UInt8(LXW_ALIGN_CENTER.rawValue))
            format_set_align(title, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
        if let header {
            format_set_bold(header)
            format_set_text_wrap(header)
            format_set_align(header, UInt8(LXW_ALIGN_CENTER.rawValue))
            format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            format_set_bg_color(header, Self.headerBackground)
            format_set_border(header, UInt8(LXW_BORDER_THIN.rawValue))
        }
    }

    /// The format that shows a number in this way; nil, the general format, once there are too many of them.
    mutating func number(_ code: String) -> UnsafeMutablePointer<lxw_format>? {
        if let known = numberFormats[code] { return known }
        // The library keeps 127 bytes of a number format.
        guard numberFormats.count < Self.limit, code.utf8.count < 128, let format = workbook_add_format(workbook) else {
            return nil
        }
        format_set_num_format(format, code)
        numberFormats[code] = format
        return format
    }
}
