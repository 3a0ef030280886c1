import Vocabulary

/// Finds projects for which all lenders together have more out than they cost (重复融资、超额融资): then the benefit of a project is
/// counted more than once, and somebody's money went elsewhere.
///
/// Which loans are of one project:
/// - Loans with the same national code are.
/// - A loan without one belongs to the code that other loans state for the same owner and project name, if they state but one.
/// - Else loans with the same owner's credit code and project name are one project, and loans that state only the owner's name belong
///   to them, if but one owner goes by that name.
///
/// Where several could be meant none is taken, so that nobody is accused for a name. The result does not depend on the order.
public struct Overfinancing: Sendable {
    /// What one lender has out for a project, by the lender's position.
    public struct Exposure: Sendable {
        public let lender: Int
        /// The traces, as numbers that stand for them.
        public let code: Int?
        public let owned: Int?
        public let named: Int?
        public let balance: Int128
        public let cost: Int64?

        public init(lender: Int, code: Int?, owned: Int?, named: Int?, balance: Int128, cost: Int64?) {
            self.lender = lender
            self.code = code
            self.owned = owned
            self.named = named
            self.balance = balance
            self.cost = cost
        }
    }

    /// A project with more out than it costs.
    public struct Finding: Sendable, Equatable {
        /// The positions of its exposures.
        public let exposures: [Int]
        /// How many lenders.
        public let lenders: Int
        public let balance: Int128
        /// The largest total investment that any of them states.
        public let cost: Int64
    }

    /// The projects of exposures, each as the positions of its exposures: all of them, in the order of their first.
    public static func projects(_ exposures: [Exposure]) -> [[Int]] {
        let traces = TraceTable(exposures)
        var groups: [Project: [Int]] = [:]
        for (position, exposure) in exposures.enumerated() {
            groups[traces.project(of: exposure, at: position), default: []].append(position)
        }
        return groups.values.sorted { $0[0] < $1[0] }
    }

    /// The projects for which more is out than they cost. Where nobody states a cost nothing can be told.
    public static func find(_ exposures: [Exposure]) -> [Finding] {
        projects(exposures).compactMap { positions in
            guard let cost = positions.compactMap({ exposures[$0].cost }).max(), cost > 0 else { return nil }
            let balance = positions.reduce(Int128(0)) { $0 + exposures[$1].balance }
            guard balance > Int128(cost) else { return nil }
            let lenders = Set(positions.map { exposures[$0].lender }).count
            return Finding(exposures: positions, lenders: lenders, balance: balance, cost: cost)
        }
    }

    /// What a project is known by.
    private enum Project: Hashable {
        case code(Int)
        case owned(Int)
        case named(Int)
        /// An exposure of which nothing tells the project.
        case alone(Int)
    }

    /// What is stated together with what.
    private struct TraceTable {
        /// One value, or that there are several.
        private enum One {
            case only(Int)
            case several
        }

        private var codeOfOwned: [Int: One] = [:]
        private var codeOfNamed: [Int: One] = [:]
        private var ownedOfNamed: [Int: One] = [:]

        init(_ exposures: [Exposure]) {
            for exposure in exposures {
                if let owned = exposure.owned, let code = exposure.code { Self.note(code, of: owned, in: &codeOfOwned) }
                guard let named = exposure.named else { continue }
                if let code = exposure.code { Self.note(code, of: named, in: &codeOfNamed) }
                if let owned = exposure.owned { Self.note(owned, of: named, in: &ownedOfNamed) }
            }
            // A code that is stated beside a name alone is the owner's, if only one goes by the name.
            for exposure in exposures where exposure.owned == nil {
                guard let code = exposure.code, let named = exposure.named, case .only(let owned) = ownedOfNamed[named]
                else { continue }
                Self.note(code, of: owned, in: &codeOfOwned)
            }
        }

        private static func note(_ value: Int, of key: Int, in table: inout [Int: One]) {
            switch table[key] {
            case nil: table[key] = .only(value)
            case .only(let known) where known != value: table[key] = .several
            case .only, .several: break
            }
        }

        func project(of exposure: Exposure, at position: Int) -> Project {
            if let code = exposure.code { return .code(code) }
            if let owned = exposure.owned { return project(ofOwned: owned) }
            guard let named = exposure.named else { return .alone(position) }
            switch ownedOfNamed[named] {
            case .only(let owned): return project(ofOwned: owned)
            case .several: return .named(named)
            case nil: break
            }
            if case .only(let code) = codeOfNamed[named] { return .code(code) }
            return .named(named)
        }

        private func project(ofOwned owned: Int) -> Project {
            if case .only(let code) = codeOfOwned[owned] { return .code(code) }
            return .owned(owned)
        }
    }
}
