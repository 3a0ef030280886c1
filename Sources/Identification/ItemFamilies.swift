/// Items that learn together: those of one group, of one chapter, and all green ones.
///
/// A word such as 经销 speaks for every item of trade; with families that needs no example of each. A class's score is its
/// own column plus those of its families.
struct ItemFamilies: Sendable {
    /// Families of each class, by number. Class 0, "not green", has none.
    let ofClass: [[Int]]
    let count: Int

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
    }
}
