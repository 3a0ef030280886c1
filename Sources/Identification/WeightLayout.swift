/// The weights of a model laid out for reading: one look at a table of 16-byte slots finds a feature, then one run of
/// memory holds what it weighs. Rare features are short lists, frequent ones whole rows: adding a row of floats is faster
/// than following a long list.
struct WeightLayout: Sendable {
    /// An entry of the open-addressed table; `length` 0 marks an empty one. The place of a feature and 32 further bits
    /// of its hash stand for it: a feature never met falls on a known one about once in 10^9 looks.
    struct Slot: Sendable {
        let print: UInt32
        /// Into `postings`, or the row in `dense` where `length` is `Slot.whole`.
        let start: UInt32
        let length: UInt16
        let isWhole: Bool
        let step: Float
    }

    struct Posting: Sendable {
        let column: UInt16
        let weight: Int8
    }

    private let slots: [Slot]
    private let squares: [Float]
    private let postings: [Posting]
    /// Rows of eights, so that the compiler adds them as vectors.
    private let dense: [SIMD8<Float>]
    let columns: Int
    /// Eights in a row.
    let eights: Int
    private static let denseFrom = 64

    init(
        keys: [UInt64], starts: [UInt32], classes: [UInt16], weights: [Int8], steps: [Float], scales: [Float],
        columns: Int
    ) {
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        let empty = Slot(print: 0, start: 0, length: 0, isWhole: false, step: 0)
        var slots = [Slot](repeating: empty, count: size)
        var squares = [Float](repeating: 0, count: size)
        var dense: [SIMD8<Float>] = []
        let eights = (columns + 7) / 8
        for (feature, key) in keys.enumerated() {
            let range = Int(starts[feature])..<Int(starts[feature + 1])
            guard !range.isEmpty else { continue }
            var start = starts[feature]
            let isWhole = range.count >= Self.denseFrom
            if isWhole {
                start = UInt32(dense.count)
                dense.append(contentsOf: repeatElement(.zero, count: eights))
                for index in range {
                    let column = Int(classes[index])
                    dense[Int(start) + column / 8][column % 8] = steps[feature] * Float(weights[index])
                }
            }
            var place = Int(truncatingIfNeeded: key) & (size - 1)
            while slots[place].length != 0 { place = (place + 1) & (size - 1) }
            slots[place] = Slot(
                print: UInt32(truncatingIfNeeded: key >> 32), start: start, length: UInt16(clamping: range.count),
                isWhole: isWhole, step: steps[feature])
            squares[place] = scales[feature] * scales[feature]
        }
        self.slots = LargeTable.copy(slots)
        self.squares = LargeTable.copy(squares)
        self.dense = LargeTable.copy(dense)
        self.columns = columns
        self.eights = eights
        postings = LargeTable.copy(zip(classes, weights).map { Posting(column: $0, weight: $1) })
    }

    /// Finds the features of a text.
    func find(_ text: LoanText, into hits: inout [Hit]) {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            text.forEachGram { gram in
                var place = Int(truncatingIfNeeded: gram.key) & mask
                let print = UInt32(truncatingIfNeeded: gram.key >> 32)
                while slots[place].length != 0 {
                    if slots[place].print == print {
                        hits.append(
                            Hit(
                                feature: Int32(truncatingIfNeeded: place), source: gram.source,
                                start: Int16(truncatingIfNeeded: gram.start),
                                length: Int16(truncatingIfNeeded: gram.length)))
                        return
                    }
                    place = (place + 1) & mask
                }
            }
        }
    }

    /// Adds the weights of what was found to `sums`, one lane for each column.
    /// - Returns: The sum of the squares of the features' scales.
    func add(_ hits: [Hit], to sums: inout [SIMD8<Float>]) -> Float {
        sums.withUnsafeMutableBufferPointer { add(hits, to: $0) }
    }

    private func add(_ hits: [Hit], to rows: UnsafeMutableBufferPointer<SIMD8<Float>>) -> Float {
        let sums = UnsafeMutableRawBufferPointer(rows).bindMemory(to: Float.self)
        var square: Float = 0
        slots.withUnsafeBufferPointer { slots in
            postings.withUnsafeBufferPointer { postings in
                dense.withUnsafeBufferPointer { dense in
                    for hit in hits {
                        let slot = slots[Int(hit.feature)]
                        square += squares[Int(hit.feature)]
                        let start = Int(slot.start)
                        if slot.isWhole {
                            for eight in 0..<eights { rows[eight] += dense[start + eight] }
                        } else {
                            for index in start..<start + Int(slot.length) {
                                sums[Int(postings[index].column)] += slot.step * Float(postings[index].weight)
                            }
                        }
                    }
                }
            }
        }
        return square
    }

    /// Tells of each feature what it adds to the sum of some columns, given in ascending order.
    func weights(of hits: [Hit], in wanted: [Int], _ tell: (Hit, Float) -> Void) {
        slots.withUnsafeBufferPointer { slots in
            postings.withUnsafeBufferPointer { postings in
                dense.withUnsafeBytes { bytes in
                    let rows = bytes.bindMemory(to: Float.self)
                    for hit in hits {
                        let slot = slots[Int(hit.feature)]
                        var sum: Float = 0
                        if slot.isWhole {
                            for column in wanted { sum += rows[Int(slot.start) * 8 + column] }
                        } else {
                            var index = Int(slot.start)
                            let end = index + Int(slot.length)
                            for column in wanted {
                                while index < end, Int(postings[index].column) < column { index += 1 }
                                guard index < end else { break }
                                if Int(postings[index].column) == column {
                                    sum += slot.step * Float(postings[index].weight)
                                }
                            }
                        }
                        if sum != 0 { tell(hit, sum) }
                    }
                }
            }
        }
    }
}
