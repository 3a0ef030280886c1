import Statistics

extension RuleLibrary {
    /// From when on a sum may be shown to everybody.
    public func disclosureRule() throws(LibraryFault) -> DisclosureRule {
        let file = try LibraryFiles(root: root).entry("statistics/disclosure.yaml")
        try file.allow(["lenders", "loans", "largest_part"])
        func number(_ name: String, in range: ClosedRange<Int>) throws(LibraryFault) -> Int {
            let entry = try file.required(name)
            let number = try entry.integer()
            guard range.contains(number) else { throw entry.fault("library.out-of-range") }
            return number
        }
        return DisclosureRule(
            lenders: try number("lenders", in: 2...1000), loans: try number("loans", in: 1...1_000_000),
            largestPart: try number("largest_part", in: 1...99))
    }
}
