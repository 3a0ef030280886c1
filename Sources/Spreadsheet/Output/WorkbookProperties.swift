/// What a workbook says about itself in its document properties.
public struct WorkbookProperties: Sendable, Equatable {
    /// The document's title.
    public var title: String?
    /// What the document is about.
    public var subject: String?
    /// Who wrote it.
    public var author: String?
    /// For which organisation.
    public var company: String?
    /// Search words.
    public var keywords: String?
    /// A remark, for instance where the figures come from.
    public var comments: String?
    /// When it was made, in seconds since 1970-01-01 UTC; nil for now, which makes each file different.
    public var created: Int?

    /// Properties, of which each may be left out.
    public init(
        title: String? = nil, subject: String? = nil, author: String? = nil, company: String? = nil,
        keywords: String? = nil, comments: String? = nil, created: Int? = nil
    ) {
        self.title = title
        self.subject = subject
        self.author = author
        self.company = company
        self.keywords = keywords
        self.comments = comments
        self.created = created
    }
}
