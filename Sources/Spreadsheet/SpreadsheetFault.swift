/// Why a table could not be read or written: a stable code and the facts of the case.
///
/// The fault carries no prose. Its ``code`` is the key of a phrase in the platform's phrase files, whose `{name}`
/// placeholders are filled in from ``arguments``.
///
///     do throws(SpreadsheetFault) {
///         var reader = try RecordReader(path: "ledger.xls")
///     } catch {
///         print(error.code.rawValue, error.arguments)
///     }
public struct SpreadsheetFault: Error, Sendable, Equatable {
    /// What went wrong; its raw value never changes once published.
    public let code: Code

    /// The facts of the case by placeholder name, as text: path, sheet, cell, limit and the like.
    public let arguments: [String: String]

    /// Creates a fault from its code and the facts that its phrase names.
    public init(_ code: Code, _ arguments: [String: String] = [:]) {
        self.code = code
        self.arguments = arguments
    }
}

extension SpreadsheetFault: CustomStringConvertible {
    /// The code and its arguments in name order, for logs.
    public var description: String {
        let facts = arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return facts.isEmpty ? code.rawValue : "\(code.rawValue) (\(facts.joined(separator: ", ")))"
    }
}
