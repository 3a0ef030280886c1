import Vocabulary

extension CompanyName {
    /// What all spellings of the name share (有限公司 and 有限责任公司, brackets, width, traditional letters) and names of others do not:
    /// place, mark and trade, branch. For finding the same again among millions, where nobody looks at each pair; what differs in more
    /// than spelling is another name here, be it the same company.
    public var exact: String {
        let number = (place ?? innerPlace)?.number ?? 0
        return "\(number) \(core.text) \(branch)"
    }
}

extension ProjectName {
    /// What all spellings of the name share and names of other projects of one owner do not: place, words, phases, lots, numbers,
    /// capacities. Nil for a name that says nothing but a kind of work, as 光伏发电项目, or nothing at all: an owner may have several.
    public var exact: String? {
        guard !own.isEmpty || !numbers.isEmpty || !capacities.isEmpty, !core.isEmpty else { return nil }
        return exactOfAnyName
    }

    /// The same of every name.
    public var exactOfAnyName: String {
        let parts: [String] = [
            place.map { String($0.number) } ?? "", core.text, phases.sorted().map { String($0) }.joined(separator: "+"),
            lots.sorted().joined(separator: "+"), isExtension ? "x" : "",
            numbers.map { String($0) }.joined(separator: "+"),
            capacities.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }.joined(separator: "+"),
        ]
        return parts.joined(separator: " ")
    }
}
