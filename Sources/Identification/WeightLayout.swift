/// The weights of a model laid out for reading: rare features as short lists, frequent ones as whole rows.
///
/// A frequent feature has weights for most columns; adding a row of floats is then faster than following a list. The
/// bound is where both took the same time (64 of 320 columns).
struct WeightLayout: Sendable {
    struct Entry: Sendable {
        let start: UInt32
        let end: UInt32
        /// The row in `dense`, or -1.
        let dense: Int32
        let step: Float
        let square: Float
    }

    struct Posting: Sendable {
        let column: UInt16
        let weight: Int8
    }

    private let entries: [Entry]
    private let postings: [Posting]
    private let dense: [Float]
    private let columns: Int
    private static let denseFrom = 64

    init(starts: [UInt32], classes: [UInt16], weights: [Int8], steps: [Float], scales: [Float], columns: Int) {
        var entries: [Entry] = []
        var dense: [Float] = []
        entries.reserveCapacity(steps.count)
        for feature in steps.indices {
            let range = Int(starts[feature])..<Int(starts[feature + 1])
            var row: Int32 = -1
            if range.count >= Self.denseFrom {
                row = Int32(dense.count / columns)
                let base = dense.count
                dense.append(contentsOf: repeatElement(0, count: columns))
                for index in range { dense[base + Int(classes[index])] = steps[feature] * Float(weights[index]) }
            }
            entries.append(
                Entry(
                    start: starts[feature], end: starts[feature + 1], dense: row, step: steps[feature],
                    square: scales[feature] * scales[feature]))
        }
        self.entries = entries
        self.dense = dense
        self.columns = columns
        postings = zip(classes, weights).map { Posting(column: $0, weight: $1) }
    }

    func withPointers<Result>(
        _ body: (UnsafeBufferPointer<Entry>, UnsafeBufferPointer<Posting>, UnsafeBufferPointer<Float>) -> Result
    ) -> Result {
        entries.withUnsafeBufferPointer { entries in
            postings.withUnsafeBufferPointer { postings in
                dense.withUnsafeBufferPointer { dense in body(entries, postings, dense) }
            }
        }
    }

    /// What a feature adds to the sum of some columns, marked true in `wanted`.
    func weight(of feature: Int, wanted: [Bool], listed: [Int]) -> Float {
        let entry = entries[feature]
        var sum: Float = 0
        if entry.dense >= 0 {
            for column in listed { sum += dense[Int(entry.dense) * columns + column] }
        } else {
            for index in Int(entry.start)..<Int(entry.end) where wanted[Int(postings[index].column)] {
                sum += entry.step * Float(postings[index].weight)
            }
        }
        return sum
    }
}
