/// The three values of an assessment. Unknown is not false: it says that something is still to be shown.
///
/// Strong Kleene logic (S. C. Kleene, Introduction to Metamathematics, 1952, §64).
public enum Truth: String, Sendable, Hashable, CaseIterable {
    case met
    case notMet = "not_met"
    case unknown

    public init(_ holds: Bool) {
        self = holds ? .met : .notMet
    }

    public static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .met: .notMet
        case .notMet: .met
        case .unknown: .unknown
        }
    }

    /// Met where every part is met (also where there is none), not met where one part is not.
    public static func all(_ parts: some Sequence<Truth>) -> Truth {
        var result = Truth.met
        for part in parts {
            if part == .notMet { return .notMet }
            if part == .unknown { result = .unknown }
        }
        return result
    }

    /// Met where one part is met, not met where no part is or can be.
    public static func any(_ parts: some Sequence<Truth>) -> Truth {
        var result = Truth.notMet
        for part in parts {
            if part == .met { return .met }
            if part == .unknown { result = .unknown }
        }
        return result
    }
}
