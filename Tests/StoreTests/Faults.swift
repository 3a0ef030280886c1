import Testing

@testable import Store

/// The kinds of faults that tests expect.
enum FaultKind {
    case constraint, unavailable, undecided, statement

    init?(_ error: any Error) {
        switch error as? StoreFault {
        case .constraint: self = .constraint
        case .unavailable: self = .unavailable
        case .undecided: self = .undecided
        case .statement: self = .statement
        default: return nil
        }
    }
}

/// Expects that a body fails with a fault of a kind.
/// - Returns: The fault's description.
@discardableResult func expectFault<Result>(
    _ kind: FaultKind, at location: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async -> String {
    do {
        _ = try await body()
        Issue.record("nothing was thrown", sourceLocation: location)
        return ""
    } catch {
        #expect(FaultKind(error) == kind, "\(error)", sourceLocation: location)
        return String(describing: error)
    }
}

extension Transaction {
    /// The number in the column `n` of a query's first row.
    func number(_ query: SQL) throws -> Int {
        // Apart, for calling what #require returns crashes the compiler.
        let row = try #require(try row(query))
        return try row("n")
    }

    // As the store's own, but throwing any error: within #expect a typed throw is not understood.

    func changes(_ statement: SQL) throws -> Int { try run(statement) }
    func found(_ query: SQL) throws -> [Row] { try rows(query) }
    func first(_ query: SQL) throws -> Row? { try row(query) }
}
