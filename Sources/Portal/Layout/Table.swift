/// A table of records.
struct Table: Sendable {
    /// The keys of the columns' words.
    let columns: [String]
    let rows: [[HTML]]
    /// The key of what is said where there are no rows.
    let empty: String
    /// Numbers stand at the right.
    var numeric: Set<Int> = []

    func html(_ words: Words) -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(words(empty))</p>" }
        let head: [HTML] = columns.enumerated().map { index, key in
            "<th scope=\"col\"\(mark(index))>\(key.isEmpty ? "" : words(key))</th>"
        }
        let body: [HTML] = rows.map { row in
            let cells: [HTML] = row.enumerated().map { "<td\(mark($0.offset))>\($0.element)</td>" }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="scroll"><table><thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>
            """
    }

    private func mark(_ column: Int) -> HTML { numeric.contains(column) ? " class=\"number\"" : .none }
}
