/// The result of a calculation with money lies outside what Int64 fen can hold, about ±92 thousand trillion yuan.
///
/// No amount of a bank book comes near: the operands are almost certainly in the wrong unit.
public struct MoneyOverflow: Error, Sendable, Equatable {
    /// The calculation that overflowed.
    public enum Operation: String, Sendable {
        /// Addition.
        case addition
        /// Subtraction.
        case subtraction
        /// Multiplication by a ratio.
        case multiplication
    }

    /// The calculation that overflowed.
    public let operation: Operation
    /// The operand on the left, printed.
    public let left: String
    /// The operand on the right, printed.
    public let right: String

    /// Makes the error.
    public init(operation: Operation, left: String, right: String) {
        self.operation = operation
        self.left = left
        self.right = right
    }

    /// The error as a message for a phrase catalogue.
    public var message: Message {
        Message(
            key: FaultCode.moneyArithmeticOverflow.rawValue,
            arguments: ["operation": operation.rawValue, "left": left, "right": right])
    }
}
