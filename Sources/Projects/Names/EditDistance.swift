/// How many slips of the hand part two texts: a letter put in, left out, mistaken, or two neighbours swapped (optimal string
/// alignment, Damerau 1964 as restricted by Oommen and Loke 1997).
enum EditDistance {
    /// - Parameter limit: Beyond this the exact number does not matter, and `limit + 1` is returned.
    static func between(_ left: Letters, _ right: Letters, limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        if left == right { return 0 }
        // What both begin and end with needs no table.
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        var tail = 0
        while tail < min(left.count, right.count) - start,
            left[left.count - 1 - tail] == right[right.count - 1 - tail]
        {
            tail += 1
        }
        let a = left[start..<(left.count - tail)]
        let b = right[start..<(right.count - tail)]
        if a.isEmpty || b.isEmpty { return min(max(a.count, b.count), limit + 1) }
        return table(Array(a), Array(b), limit)
    }

    private static func table(_ a: Letters, _ b: Letters, _ limit: Int) -> Int {
        var before = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var current = last
        for i in 1...a.count {
            current[0] = i
            var least = i
            for j in 1...b.count {
                let isSame = a[i - 1] == b[j - 1]
                var cost = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                current[j] = cost
                least = min(least, cost)
            }
            if least > limit { return limit + 1 }
            (before, last, current) = (last, current, before)
        }
        return min(last[b.count], limit + 1)
    }

    /// Where two texts begin to differ, in letters from the front.
    static func commonPrefix(_ left: Letters, _ right: Letters) -> Int {
        var count = 0
        while count < min(left.count, right.count), left[count] == right[count] { count += 1 }
        return count
    }
}
