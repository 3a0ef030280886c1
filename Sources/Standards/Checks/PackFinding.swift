import Vocabulary

/// Something in a pack that its author should look at: it loads, and still cannot be meant so.
public struct PackFinding: Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        /// No values of the facts meet the criterion.
        case contradictory = "check.contradictory"
        /// An alternative that no values of the facts reach, within what stands around it.
        case unreachable = "check.unreachable"
        /// Every possible value meets the criterion: it asks for nothing.
        case alwaysMet = "check.always-met"
        case noCriterion = "check.no-criterion"
        /// A number is left out between two codes.
        case gap = "check.gap"
        case untranslated = "check.untranslated"
        case duplicateHeading = "check.duplicate-heading"
        /// A heading under which nothing stands.
        case emptyHeading = "check.empty-heading"
    }

    public let reason: Reason
    /// The item at fault, or the one after a gap in the items; nil for a heading or the header.
    public let item: ItemCode?
    public let row: Int?
    /// The code of the heading at fault, or of the one after a gap in the headings; nil for an item or the header.
    public let heading: String?
    /// What is at fault, in the words of the pack: a code, a text, or the condition.
    public let subject: String

    init(_ reason: Reason, item: ItemCode? = nil, row: Int? = nil, heading: String? = nil, subject: String) {
        self.reason = reason
        self.item = item
        self.row = row
        self.heading = heading
        self.subject = subject
    }

    public var message: Message {
        var place = item?.text ?? heading ?? ""
        if let row { place += "/\(row)" }
        return Message(key: reason.rawValue, arguments: ["place": place, "subject": subject])
    }
}
