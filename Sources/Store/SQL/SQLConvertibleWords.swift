import Vocabulary

// How the words of the house stand in columns.

extension Timestamp: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }
    public init?(_ value: SQLValue) {
        guard let milliseconds = Int64(value) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension CalendarDate: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init?(_ value: SQLValue) {
        guard let text = String(value), let date = try? CalendarDate.parse(text) else { return nil }
        self = date
    }
}

extension ID: SQLConvertible {
    public var sqlValue: SQLValue { .text(text) }
    public init?(_ value: SQLValue) {
        guard let text = String(value) else { return nil }
        self.init(text)
    }
}

extension Money: SQLConvertible {
    public var sqlValue: SQLValue { .integer(fen) }
    public init?(_ value: SQLValue) {
        guard let fen = Int64(value) else { return nil }
        self.init(fen: fen)
    }
}
