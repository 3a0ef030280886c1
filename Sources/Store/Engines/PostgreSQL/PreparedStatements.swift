/// The statements that a connection holds prepared: the ones used last, a bounded number.
///
/// A statement is prepared for the kinds of its values. NULL has no kind: it is bound where a value of some kind stood when the
/// statement was prepared, and otherwise written into the text, so that `\(value) IS NULL` needs no cast.
struct PreparedStatements {
    /// A statement as the server knows it.
    final class Entry {
        let name: String
        let text: String
        /// For each value its kind; nil where NULL is written into the text.
        let kinds: [BoundKind?]
        fileprivate(set) var lastUse: UInt64 = 0

        init(name: String, text: String, kinds: [BoundKind?]) {
            self.name = name
            self.text = text
            self.kinds = kinds
        }

        fileprivate func takes(_ values: [SQLValue]) -> Bool {
            zip(kinds, values).allSatisfy { kind, value in
                value == .null ? true : kind == BoundKind(value)
            }
        }
    }

    private var entries: [String: [Entry]] = [:]
    private var count = 0
    private var uses: UInt64 = 0
    private var named: UInt64 = 0
    private let capacity: Int

    init(capacity: Int = 256) { self.capacity = capacity }

    /// A statement that takes these values, if one is prepared.
    mutating func find(_ text: String, _ values: [SQLValue]) -> Entry? {
        guard let entry = entries[text]?.first(where: { $0.takes(values) }) else { return nil }
        uses += 1
        entry.lastUse = uses
        return entry
    }

    /// A name that no statement of this connection had yet.
    mutating func nextName() -> String {
        named += 1
        return "jialing_\(named)"
    }

    /// Keeps a statement.
    /// - Returns: The one that gives way to it, to be deallocated.
    mutating func insert(_ entry: Entry) -> Entry? {
        uses += 1
        entry.lastUse = uses
        entries[entry.text, default: []].append(entry)
        count += 1
        guard count > capacity, let oldest = entries.values.joined().min(by: { $0.lastUse < $1.lastUse }) else {
            return nil
        }
        entries[oldest.text]?.removeAll { $0 === oldest }
        if entries[oldest.text]?.isEmpty == true { entries[oldest.text] = nil }
        count -= 1
        return oldest
    }
}
