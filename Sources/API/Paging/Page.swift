import Vocabulary

/// Which page of a list is asked for.
public struct PageRequest: Sendable, Equatable {
    /// Items of a page where the client says nothing.
    public static let usualItems = 50
    /// Items of a page at most.
    public static let mostItems = 500

    /// Behind which item the page begins; nil for the first page.
    public let after: Cursor?
    /// Items of the page.
    public let limit: Int

    public init(after: Cursor?, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// A page of a list on its way out: `{"items": […], "next": "…"}`.
public struct Page: Sendable, Equatable {
    public let items: [JSONValue]
    /// Behind which item the next page begins; nil on the last page.
    public let next: Cursor?

    public init(items: [JSONValue], next: Cursor?) {
        self.items = items
        self.next = next
    }

    /// Makes a page of what was read with one item more than the limit, which tells whether there is a next page.
    /// - Parameters:
    ///   - cursor: The place of an item.
    ///   - value: An item as it goes out.
    public init<Item>(
        _ found: [Item], limit: Int, cursor: (Item) -> Cursor, value: (Item) -> JSONValue
    ) {
        let shown = found.prefix(limit)
        items = shown.map(value)
        next = found.count > limit ? shown.last.map(cursor) : nil
    }
}
