import Vocabulary

/// Where in an item a word was found, in the order of how much it says.
public enum ItemField: String, Sendable, Hashable, CaseIterable {
    case name
    case subject
    case synonym
    /// The subject of a row.
    case activity
    /// The name of a row's industry.
    case industry
    /// The note of a row.
    case note
}

/// One place in which a word was found.
public struct FoundText: Sendable, Hashable {
    /// The word, as it was given.
    public let word: String
    /// The kind of text that holds it.
    public let field: ItemField
    /// The row, where the field is one of a row.
    public let row: Int?
    /// The text that holds the word.
    public let text: String
}

/// An item that holds every word that was looked for.
public struct FoundItem: Sendable {
    /// The pack of the item.
    public let pack: StandardPack
    /// The item itself.
    public let item: Item
    /// For each word the best place; in the order of the words.
    public let places: [FoundText]

    public init(pack: StandardPack, item: Item, places: [FoundText]) {
        self.pack = pack
        self.item = item
        self.places = places
    }
}

/// Looks for words in the items of packs.
public struct ItemSearch: Sendable {
    /// The texts of an item, folded once for all searches.
    private struct Entry: Sendable {
        let pack: StandardPack
        let item: Item
        let texts: [(field: ItemField, row: Int?, text: String, folded: [UInt8])]
    }

    private let entries: [Entry]

    /// Looks in these packs, in their order.
    public init(_ packs: [StandardPack]) {
        entries = packs.flatMap { pack in
            pack.items.map { item in
                Entry(
                    pack: pack, item: item,
                    texts: item.searchTexts.map { ($0.field, $0.row, $0.text, Array($0.text.foldedForSearch.utf8)) })
            }
        }
    }

    /// The items that hold every word, best first: by the worst field that was needed, then by all of them, then in the order
    /// of the packs and codes. Letters count the same small and large, full-width and half-width; white space is left out.
    ///
    /// - Parameter words: Words in Chinese or English; a text of several words, parted by white space, counts as these.
    public func items(holding words: [String]) -> [FoundItem] {
        let wanted = words.flatMap { $0.split(whereSeparator: \.isWhitespace).map { String($0) } }
            .map { (word: $0, folded: Array($0.foldedForSearch.utf8)) }.filter { !$0.folded.isEmpty }
        guard !wanted.isEmpty else { return [] }
        var found: [(rank: [Int], position: Int, item: FoundItem)] = []
        for entry in entries {
            let places = wanted.compactMap { word, folded in
                entry.texts.first { $0.folded.holds(folded) }.map {
                    FoundText(word: word, field: $0.field, row: $0.row, text: $0.text)
                }
            }
            guard places.count == wanted.count else { continue }
            let ranks = places.map { ItemField.allCases.firstIndex(of: $0.field) ?? 0 }.sorted(by: >)
            found.append((ranks, found.count, FoundItem(pack: entry.pack, item: entry.item, places: places)))
        }
        return found.sorted {
            $0.rank == $1.rank ? $0.position < $1.position : $0.rank.lexicographicallyPrecedes($1.rank)
        }.map(\.item)
    }
}

extension Item {
    /// Every text of the item, the one that says most first.
    fileprivate var searchTexts: [(field: ItemField, row: Int?, text: String)] {
        var texts: [(field: ItemField, row: Int?, text: String)] = []
        func add(_ field: ItemField, row: Int? = nil, _ added: [String]) {
            for text in added where !text.isEmpty { texts.append((field, row, text)) }
        }
        add(.name, [name.zh, name.en])
        add(.subject, [subject.zh, subject.en])
        add(.synonym, synonyms)
        for activity in activities { add(.activity, row: activity.row, [activity.subject.zh, activity.subject.en]) }
        for activity in activities { add(.industry, row: activity.row, [activity.industryName]) }
        for activity in activities {
            if let note = activity.note { add(.note, row: activity.row, [note.zh, note.en]) }
        }
        return texts
    }
}
