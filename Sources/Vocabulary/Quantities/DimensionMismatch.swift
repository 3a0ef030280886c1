/// Two quantities of different kinds were added, compared or converted: tonnes of coal and tonnes of CO2, say.
public struct DimensionMismatch: Error, Sendable, Equatable {
    /// The unit of the quantity that was worked on.
    public let left: Unit
    /// The unit that does not fit it.
    public let right: Unit

    /// Makes the error.
    public init(left: Unit, right: Unit) {
        self.left = left
        self.right = right
    }

    /// The error as a message for a phrase catalogue.
    public var message: Message {
        Message(
            key: FaultCode.quantityDimensionMismatch.rawValue,
            arguments: ["left": left.symbol, "right": right.symbol])
    }
}

/// A quantity was divided by zero, or the quotient is too large for a number.
public struct UndefinedQuotient: Error, Sendable, Equatable {
    /// The quantity that was divided.
    public let dividend: Quantity
    /// The quantity it was divided by.
    public let divisor: Quantity

    /// Makes the error.
    public init(dividend: Quantity, divisor: Quantity) {
        self.dividend = dividend
        self.divisor = divisor
    }

    /// The error as a message for a phrase catalogue.
    public var message: Message {
        Message(
            key: FaultCode.quantityUndefinedQuotient.rawValue,
            arguments: ["left": dividend.description, "right": divisor.description])
    }
}
