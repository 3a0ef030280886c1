import Vocabulary

/// Whether conditions can all hold (or fail) at once, over every value that the dictionary allows.
///
/// A search through the alternatives with the range of each fact narrowed on the way. It is exact for ranges, answers and choices;
/// facts are taken as independent of each other. The search is bounded: a tree too wide to go through counts as possible.
public struct Satisfiability {
    /// A condition that has to hold, or to fail.
    public struct Goal {
        let criterion: Criterion
        let holds: Bool
        /// How many references of `see` led to the condition.
        let depth: Int

        public init(_ criterion: Criterion, holds: Bool) {
            self.init(criterion, holds: holds, depth: 0)
        }

        init(_ criterion: Criterion, holds: Bool, depth: Int) {
            self.criterion = criterion
            self.holds = holds
            self.depth = depth
        }
    }

    private let dictionary: FactDictionary
    private let year: Int
    private let resolve: (ItemReference) -> Criterion?
    private static let mostSteps = 200_000

    public init(
        _ dictionary: FactDictionary, year: Int, resolve: @escaping (ItemReference) -> Criterion? = { _ in nil }
    ) {
        self.dictionary = dictionary
        self.year = year
        self.resolve = resolve
    }

    /// - Parameter known: Values that are given; facts not in it can have any value that the dictionary allows.
    public func isPossible(_ goals: [Goal], known: [FactID: FactValue] = [:]) -> Bool {
        var steps = 0
        return search(goals, known.mapValues { FactRange($0) }, &steps)
    }

    /// Whether `consequence` holds in every case in which all of `premises` do.
    public func implies(_ premises: [Criterion], _ consequence: Criterion, known: [FactID: FactValue] = [:]) -> Bool {
        !isPossible(
            premises.map { Goal($0, holds: true) } + [Goal(consequence, holds: false)], known: known)
    }

    private func search(_ goals: [Goal], _ ranges: [FactID: FactRange], _ steps: inout Int) -> Bool {
        var open = goals
        var ranges = ranges
        var choices: [Goal] = []
        while let goal = open.popLast() {
            steps += 1
            guard steps < Self.mostSteps else { return true }
            switch goal.criterion {
            case .all(let parts), .any(let parts):
                var isAll = false
                if case .all = goal.criterion { isAll = true }
                if isAll == goal.holds {
                    open += parts.map { Goal($0, holds: goal.holds, depth: goal.depth) }
                } else if parts.isEmpty {
                    return false
                } else {
                    choices.append(goal)
                }
            case .not(let part): open.append(Goal(part, holds: !goal.holds, depth: goal.depth))
            case .until(let last, let part):
                if year <= last {
                    open.append(Goal(part, holds: goal.holds, depth: goal.depth))
                } else if goal.holds {
                    return false
                }
            case .see(let reference):
                // As deep as an evaluation goes: beyond, the condition is unknown and hinders nothing.
                guard goal.depth < Criterion.deepestReference, let other = resolve(reference) else { continue }
                open.append(Goal(other, holds: goal.holds, depth: goal.depth + 1))
            case .compare, .holds, .oneOf, .complies:
                guard narrow(goal, &ranges) else { return false }
            }
        }
        // The fewest alternatives first: a dead end is found early.
        guard
            let next = choices.indices.min(by: { choices[$0].criterion.parts.count < choices[$1].criterion.parts.count }
            )
        else { return true }
        let choice = choices.remove(at: next)
        return choice.criterion.parts.contains {
            search(choices + [Goal($0, holds: choice.holds, depth: choice.depth)], ranges, &steps)
        }
    }

    private func narrow(_ goal: Goal, _ ranges: inout [FactID: FactRange]) -> Bool {
        guard let id = goal.criterion.fact, let kind = dictionary[id]?.kind else { return true }
        var range = ranges[id] ?? FactRange(kind)
        switch goal.criterion {
        case .compare(_, let comparison, let threshold):
            guard let value = threshold.quantity(in: year)?.value else { return true }
            if goal.holds { range.narrow(comparison, value) } else { range.refuse(comparison, value) }
        case .complies(_, .grade(let worst)):
            if goal.holds { range.narrow(.atMost, Double(worst)) } else { range.refuse(.atMost, Double(worst)) }
        case .holds, .complies: range.keep([.yesNo(goal.holds)])
        case .oneOf(_, let choices):
            let wanted = Set(choices.map { FactValue.choice($0) })
            if goal.holds { range.keep(wanted) } else { range.remove(wanted) }
        default: return true
        }
        ranges[id] = range
        return !range.isEmpty
    }
}
