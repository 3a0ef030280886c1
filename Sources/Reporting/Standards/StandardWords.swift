import Standards
import Vocabulary

/// The words of standards: how far a pack was checked, how conditions stand to each other, where a word was found.
enum StandardWords {
    static func verification(_ verification: Verification) -> String {
        switch verification {
        case .official: "standards.verification.official"
        case .secondHand: "standards.verification.second_hand"
        case .reading: "standards.verification.reading"
        case .example: "standards.verification.example"
        }
    }

    static func change(_ change: ConditionChange) -> String {
        switch change {
        case .equal: "standards.change.equal"
        case .stricter: "standards.change.stricter"
        case .looser: "standards.change.looser"
        case .different: "standards.change.different"
        case .notStated: "standards.change.not_stated"
        }
    }

    static func relation(_ relation: ScopeRelation?) -> String {
        switch relation {
        case .equal: "explain.relation.equal"
        case .wider: "explain.relation.wider"
        case .narrower: "explain.relation.narrower"
        case .partial: "explain.relation.partial"
        case nil: "standards.relation-unknown"
        }
    }

    static func field(_ field: ItemField) -> String {
        switch field {
        case .name: "standards.field.name"
        case .subject: "standards.field.subject"
        case .synonym: "standards.field.synonym"
        case .activity: "standards.field.activity"
        case .industry: "standards.field.industry"
        case .note: "standards.field.note"
        }
    }
}

extension ConditionWords {
    /// `row 3` or `rows 1, 2`; empty for none.
    func rows(_ rows: [Int]) -> String {
        guard let first = rows.first else { return "" }
        guard rows.count > 1 else { return say("standards.row", ["row": "\(first)"]) }
        return say("standards.rows", ["rows": rows.map(String.init).joined(separator: separator)])
    }
}
