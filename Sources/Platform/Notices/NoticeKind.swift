import Access
import Store
import Vocabulary

/// What people are told of.
public enum NoticeKind: String, Sendable, CaseIterable {
    case bookAccepted = "book_accepted"
    case bookReturned = "book_returned"
    /// A decision waits for a second person.
    case decisionProposed = "decision_proposed"
    case decisionAgreed = "decision_agreed"
    case decisionDeclined = "decision_declined"
    case modelTrained = "model_trained"
    case returnSubmitted = "return_submitted"
    case projectSubmitted = "project_submitted"
    case projectPublished = "project_published"
    case projectReturned = "project_returned"

    /// The key of what is said; its arguments are those of the notice.
    public var phrase: String {
        switch self {
        case .bookAccepted: "notice.book-accepted"
        case .bookReturned: "notice.book-returned"
        case .decisionProposed: "notice.decision-proposed"
        case .decisionAgreed: "notice.decision-agreed"
        case .decisionDeclined: "notice.decision-declined"
        case .modelTrained: "notice.model-trained"
        case .returnSubmitted: "notice.return-submitted"
        case .projectSubmitted: "notice.project-submitted"
        case .projectPublished: "notice.project-published"
        case .projectReturned: "notice.project-returned"
        }
    }
}

/// A notice that is due: what happened, and who has to know.
struct DueNotice {
    /// Who is told.
    enum Recipients {
        /// Whoever may do this to it next.
        case whoMay(Act)
        /// Whoever may do this to it for an organisation that answers for it and is not its own.
        case supervisors(Act)
        case person(ID<Person>)
    }

    let kind: NoticeKind
    let recipients: Recipients
    let place: Placement
    let subject: String
    let arguments: [String: String]
}
