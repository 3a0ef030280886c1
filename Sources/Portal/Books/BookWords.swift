import Credit
import Reporting
import Standards
import Store
import Vocabulary

extension BookState {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .underWay: "book.state-under-way"
        case .accepted: "book.state-accepted"
        case .replaced: "book.state-replaced"
        case .returned: "book.state-returned"
        case .cancelled: "book.state-cancelled"
        }
    }
}

extension LoanDecision {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .accepted: "book.decision-accepted"
        case .review: "book.decision-review"
        case .notGreen: "book.decision-not-green"
        case .unassessed: "book.decision-unassessed"
        }
    }
}

extension LoanQuality {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .normal: "quality.normal"
        case .specialMention: "quality.special-mention"
        case .substandard: "quality.substandard"
        case .doubtful: "quality.doubtful"
        case .loss: "quality.loss"
        }
    }
}
