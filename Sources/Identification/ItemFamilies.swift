/// Items that learn together: those of one group, of one chapter, and all green ones.
///
/// A word such as 经销 speaks for every item of trade; with families that needs no example of each. A class's score is its
/// own column plus those of its families.
struct ItemFamilies: Sendable {
    /// Families of each class, by number. Class 0, "not green", has none.
    let ofClass: [[Int]]
    let count: Int
    /// The same in one list: those of class c are `members[starts[c] ..< starts[c + 1]]`.
    let members: [Int32]
    let starts: [Int32]

    init(items: [String]) {
        var names: [String: Int] = ["": 0]
        var ofClass: [[Int]] = [[]]
        for item in items {
            let parts = item.split(separator: ".")
            var own = [0]
            for depth in 1..<max(parts.count, 1) {
                let name = parts.prefix(depth).joined(separator: ".")
                let number = names[name] ?? names.count
                names[name] = number
                own.append(number)
            }
            ofClass.append(own)
        }
        self.ofClass = ofClass
        count = names.count
        members = ofClass.flatMap { $0.map(Int32.init) }
        var starts: [Int32] = [0]
        for own in ofClass { starts.append((starts.last ?? 0) + Int32(own.count)) }
        self.starts = starts
    }

    /// Adds to each class what its families have, scales the sum and adds the bias.
    func combine(
        _ sums: [SIMD8<Float>], scale: Float, bias: [Float], into logits: inout [Float]
    ) {
        let classCount = bias.count
        sums.withUnsafeBufferPointer { rows in
            let columns = UnsafeRawBufferPointer(rows).bindMemory(to: Float.self)
            members.withUnsafeBufferPointer { members in
                starts.withUnsafeBufferPointer { starts in
                    logits.withUnsafeMutableBufferPointer { logits in
                        for c in 0..<classCount {
                            var sum = columns[c]
                            for index in Int(starts[c])..<Int(starts[c + 1]) {
                                sum += columns[classCount + Int(members[index])]
                            }
                            logits[c] = sum * scale + bias[c]
                        }
                    }
                }
            }
        }
    }
}
