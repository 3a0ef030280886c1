import Access
import Credit
import Library
import Projects
import Standards
import Statistics
import Store
import Synchronization
import Vocabulary

/// What was found for some words, a few of each kind.
public struct SearchResult: Sendable, Equatable {
    /// An item of a catalogue.
    public struct FoundItem: Sendable, Equatable {
        public let standard: String
        public let code: ItemCode
        public let name: BilingualText
    }

    public var projects: [ProjectLine] = []
    public var organisations: [Organisation] = []
    /// By the lender's number, the latest month first.
    public var loans: [FoundLoan] = []
    /// The words, where they are the code or name of a borrower of loans that the viewer may see.
    public var borrower: String?
    /// Everybody may see these.
    public var items: [FoundItem] = []

    public init() {}

    public var isEmpty: Bool {
        projects.isEmpty && organisations.isEmpty && loans.isEmpty && borrower == nil && items.isEmpty
    }
}

/// The texts of all items of the catalogues, put in order for searching at the first search.
final class ItemIndex: Sendable {
    private let library: RuleLibrary
    private let made = Mutex<ItemSearch?>(nil)

    init(_ library: RuleLibrary) { self.library = library }

    var search: ItemSearch {
        made.withLock { made in
            if let made { return made }
            let search = ItemSearch(library.packs)
            made = search
            return search
        }
    }
}

extension Platform {
    /// How many of each kind a search shows.
    public static let mostFound = 10
    /// The longest words that are looked for, in letters.
    public static let longestSearch = 100

    /// Looks for words over all that the viewer may see: projects by name, owner and national code; organisations by name and credit code;
    /// loans by the lender's number; borrowers by credit code or the whole name; items of the catalogues.
    ///
    /// What the viewer may see is asked in the same query that looks: nobody learns that there is something that is not his.
    /// - Throws: `PlatformFault.invalid` for words that are too long, or none.
    public func search(_ text: String, by viewer: Viewer) async throws -> SearchResult {
        let words = text.trimmingSpaces()
        guard !words.isEmpty, words.count <= Self.longestSearch, !words.utf8.contains(0) else {
            throw PlatformFault.invalid("/words", "search.bad-words", ["most": String(Self.longestSearch)])
        }
        let trace = await borrowerTrace(words)
        let (result, places) = try await database.read { transaction in
            try transaction.search(words, trace: trace, by: viewer)
        }
        // Customers' records that are shown are noted, as everywhere.
        if let place = places.project {
            try await noteReading(
                of: "projects", count: result.projects.count, what: .readProject, as: "search.read", grant: place,
                by: viewer
            )
        }
        if let place = places.loan {
            let count = result.loans.count + (result.borrower == nil ? 0 : 1)
            try await noteReading(
                of: "loans", count: count, what: .readFacility, as: "search.read", grant: place, by: viewer)
        }
        var found = result
        found.items = items(words)
        return found
    }

    /// By what the words are known as a borrower's.
    private func borrowerTrace(_ words: String) async -> String? {
        if let code = try? UnifiedSocialCreditCode.parse(words) { return BorrowerTrace.code(code).text }
        guard let known = try? await projectIndex.comparison().words else { return nil }
        return BorrowerTrace(name: words, known).text
    }

    private func items(_ words: String) -> [SearchResult.FoundItem] {
        var found: [SearchResult.FoundItem] = []
        if let code = ItemCode(words) {
            for pack in library.packs {
                guard let item = pack[code] else { continue }
                found.append(.init(standard: pack.id, code: code, name: item.name))
            }
        } else {
            found = itemIndex.search.items(holding: [words]).prefix(Self.mostFound).map {
                .init(standard: $0.pack.id, code: $0.item.code, name: $0.item.name)
            }
        }
        return Array(found.prefix(Self.mostFound))
    }
}

extension Transaction {
    /// Where the first of what was found stands, by which the reading is noted.
    fileprivate typealias Places = (project: Placement?, loan: Placement?)

    fileprivate func search(
        _ words: String, trace: String?, by viewer: Viewer
    ) throws -> (result: SearchResult, places: Places) {
        let most = Platform.mostFound
        var result = SearchResult()
        var places: Places = (nil, nil)
        let toProjects = viewer.grants(for: .readProject)
        if !toProjects.isEmpty {
            var filter = ProjectFilter()
            filter.words = words
            result.projects = try projects.lines(toProjects, filter, limit: most)
            places.project = result.projects.first?.placement
        }
        let toOrganisations = viewer.grants(for: .readOrganisation)
        if !toOrganisations.isEmpty {
            result.organisations = try organisations.search(toOrganisations, words, limit: most)
        }
        let toLoans = viewer.grants(for: .readFacility)
        if !toLoans.isEmpty {
            result.loans = try facilitySnapshots.search(loanID: words, toLoans, limit: most)
            places.loan = result.loans.first?.placement
            if let trace, let first = try borrowerExposures.list(trace, toLoans, limit: 1).first {
                result.borrower = words
                places.loan = places.loan ?? first.placement
            }
        }
        return (result, places)
    }
}
