import Vocabulary

/// What a region's overlay does to one activity of a national catalogue, and why.
///
/// None of its kinds can loosen what the catalogue asks: it adds activities, adds conditions, or has no effect on the verdict.
public struct OverlayChange: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The catalogue itself does not have the activity.
        case added
        /// Besides the catalogue's condition this one has to be met.
        case tightened(Criterion)
        /// Nothing can be aligned here; with a condition: nothing of which it holds.
        case forbidden(when: Criterion?)
        /// The region wants more of it. No effect on the verdict; ranking and incentives may use it.
        case preferred

        /// The kind for machines, without its condition.
        public var name: String {
            switch self {
            case .added: "added"
            case .tightened: "tightened"
            case .forbidden: "forbidden"
            case .preferred: "preferred"
            }
        }
    }

    public let kind: Kind
    /// A clause that can follow “because”, without a full stop.
    public let because: BilingualText

    public init(_ kind: Kind, because: BilingualText) {
        self.kind = kind
        self.because = because
    }

    /// The condition that has to be met besides the catalogue's; nil where the change asks for nothing.
    public var asks: Criterion? {
        switch kind {
        case .tightened(let criterion): criterion
        case .forbidden(nil): .never
        case .forbidden(let when?): .not(when)
        case .added, .preferred: nil
        }
    }

    /// The condition as the overlay writes it: what has to be met besides, or what is forbidden. nil where there is none.
    public var condition: Criterion? {
        switch kind {
        case .tightened(let criterion), .forbidden(let criterion?): criterion
        case .forbidden(nil), .added, .preferred: nil
        }
    }

    /// Whether nothing can be aligned any more, whatever the facts.
    public var isBan: Bool { kind == .forbidden(when: nil) }

    /// What was changed, by whom and why.
    ///
    /// - Parameter who: The issuer of the overlay.
    public func message(by who: BilingualText, in language: Language) -> Message {
        let key =
            switch kind {
            case .added: "overlay.added"
            case .tightened: "overlay.tightened"
            case .forbidden(nil): "overlay.forbids"
            case .forbidden: "overlay.forbids-when"
            case .preferred: "overlay.prefers"
            }
        return Message(key: key, arguments: ["who": who[language], "because": because[language]])
    }
}
