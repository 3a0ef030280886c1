/// The kinds of documents that are taken. What a file is, its bytes say; name and declared type have to agree with them.
public enum DocumentKind: String, Sendable, Hashable, CaseIterable {
    case pdf
    case png
    case jpeg
    case xlsx
    case docx
    case csv
    case text

    /// The media type (RFC 6838) that it is kept and served under.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .csv: "text/csv"
        case .text: "text/plain"
        }
    }

    /// The endings of names, in lower case.
    var endings: Set<String> {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        case .text: ["txt"]
        default: [rawValue]
        }
    }

    /// What browsers declare it as. Windows takes a CSV for a workbook where a spreadsheet program is installed.
    private var declarations: Set<String> {
        switch self {
        case .jpeg: [mediaType, "image/jpg", "image/pjpeg"]
        case .csv:
            [mediaType, "text/plain", "application/csv", "text/comma-separated-values", "application/vnd.ms-excel"]
        default: [mediaType]
        }
    }

    /// Whether a sender may call it so. Nothing, and "some bytes", say nothing.
    func agrees(withDeclared type: String?) -> Bool {
        guard let type = type?.lowercased(), type != "application/octet-stream" else { return true }
        return declarations.contains(type)
    }

    /// The kind that a name promises; nil for an ending of none.
    init?(named name: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        guard let kind = Self.allCases.first(where: { $0.endings.contains(ending) }) else { return nil }
        self = kind
    }
}
