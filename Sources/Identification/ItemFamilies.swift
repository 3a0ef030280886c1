/// Items that learn together: those of one group, of one chapter, and all green ones.
///
/// A word such as 经销 speaks for every item of trade; with families that needs no example of each. A class's score is its
/// own column plus those of its families.
struct ItemFamilies: Sendable {
    /// Families of each class, by number. Class 0, "not green", has none.
    let ofClass: [[Int]]
    let count: Int
    /// Neighbouring classes with the same families, so that these are added up once for all of them.
    let runs: [(classes: Range<Int>, families: [Int])]

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
        var runs: [(classes: Range<Int>, families: [Int])] = []
        for (number, own) in ofClass.enumerated() {
            if let last = runs.last, last.families == own {
                runs[runs.count - 1].classes = last.classes.lowerBound..<number + 1
            } else {
                runs.append((number..<number + 1, own))
            }
        }
        self.runs = runs
    }

    /// Adds to each class what its families have, scales the sum and adds the bias. Lanes behind the last class get
    /// what no class has, so that nothing ever comes of them.
    func combine(
        _ sums: borrowing [SIMD8<Float>], scale: Float, bias: [Float], into logits: inout [SIMD8<Float>]
    ) {
        let classCount = bias.count
        sums.withUnsafeBufferPointer { sums in
            let columns = UnsafeRawBufferPointer(sums).bindMemory(to: Float.self)
            logits.withUnsafeMutableBytes { bytes in
                let logits = bytes.bindMemory(to: Float.self)
                for run in runs {
                    var family: Float = 0
                    for number in run.families { family += columns[classCount + number] }
                    for c in run.classes { logits[c] = (columns[c] + family) * scale + bias[c] }
                }
                for c in classCount..<logits.count { logits[c] = -1e30 }
            }
        }
    }
}
