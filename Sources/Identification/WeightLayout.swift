/// The weights of a model laid out for reading: one look at a table of 16-byte slots finds a feature, then one run of
/// memory holds what it weighs. Rare features are short lists, frequent ones whole rows: adding a row of floats is faster
/// than following a long list.
struct WeightLayout: Sendable {
    /// An entry of the open-addressed table. The place of a feature and 32 further bits of its hash stand for it: a feature
    /// never met falls on a known one about once in 10^9 looks.
    struct Slot: Sendable {
        let print: UInt32
        /// Into `postings`, or into `dense` where it is whole.
        let start: UInt32
        let step: Float
        /// How many postings, in the last eight bits, and in the others the square of the feature's scale to five digits: a
        /// table of its own would be one more look into memory for each feature.
        private let lengthAndSquare: UInt32

        static let empty = Slot(print: 0, start: 0, step: 0, length: 0, scale: 0)
        private static let whole: UInt32 = 0xFF

        /// - Parameter length: How many postings, less than 255; nil for a whole row.
        init(print: UInt32, start: UInt32, step: Float, length: Int?, scale: Float) {
            self.print = print
            self.start = start
            self.step = step
            lengthAndSquare = (scale * scale).bitPattern & ~0xFF | (length.map { UInt32($0) } ?? Self.whole)
        }

        var isEmpty: Bool { length == 0 }
        var isWhole: Bool { length == Int(Self.whole) }
        var length: Int { Int(lengthAndSquare & 0xFF) }
        var square: Float { Float(bitPattern: lengthAndSquare & ~0xFF) }
    }

    struct Posting: Sendable {
        let column: UInt16
        let weight: Int8
    }

    private let slots: [Slot]
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
        var slots = [Slot](repeating: .empty, count: size)
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
            while !slots[place].isEmpty { place = (place + 1) & (size - 1) }
            slots[place] = Slot(
                print: UInt32(truncatingIfNeeded: key >> 32), start: start, step: steps[feature],
                length: isWhole ? nil : range.count, scale: scales[feature])
        }
        self.slots = LargeTable.copy(slots)
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
                while !slots[place].isEmpty {
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
        // Whole rows are added four at a time: the sums are then read and written once for four.
        withUnsafeTemporaryAllocation(of: Int.self, capacity: hits.count) { whole in
            var count = 0
            slots.withUnsafeBufferPointer { slots in
                postings.withUnsafeBufferPointer { postings in
                    for hit in hits {
                        let slot = slots[Int(hit.feature)]
                        square += slot.square
                        let start = Int(slot.start)
                        if slot.isWhole {
                            whole[count] = start
                            count += 1
                        } else {
                            for index in start..<start + slot.length {
                                sums[Int(postings[index].column)] += slot.step * Float(postings[index].weight)
                            }
                        }
                    }
                }
            }
            dense.withUnsafeBufferPointer { dense in
                var next = 0
                while next + 4 <= count {
                    let (a, b, c, d) = (whole[next], whole[next + 1], whole[next + 2], whole[next + 3])
                    for eight in 0..<eights {
                        rows[eight] =
                            rows[eight] + dense[a + eight] + dense[b + eight] + dense[c + eight] + dense[d + eight]
                    }
                    next += 4
                }
                for start in whole[next..<count] {
                    for eight in 0..<eights { rows[eight] += dense[start + eight] }
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
                            let end = index + slot.length
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
