import Access
import Testing

/// Who may do what, as a regulator would ask for it: written down a second time, in other words than the program's.
///
/// A cell names who may (a administrator, o officer, r reviewer, v reader), then where: see ``Place``. A dash is nobody.
///
/// What comes of it over HTTP: who may do it there, does it (2xx). Whose work it is not, whatever the record, is told so (403). Whose
/// work it is, elsewhere: of a project that may be read it is told that this may not be done to it (403), of anything else no more
/// than that there is none (404).
struct PermissionTable {
    /// Where a record stands, seen from the organisation of who asks. Its region is 重庆.
    enum Place: String, CaseIterable {
        /// The organisation itself, or what it entered.
        case own
        /// Entered by a district within its region.
        case near
        /// Entered by a bank within its region: of a customer.
        case bank
        /// Entered by an enterprise of another province, and not published.
        case far
        /// The same, published.
        case published
        /// The same, shown by name to the organisation.
        case shared

        static let organisations: [Place] = [.own, .near, .bank, .far]
    }

    static let text = """
        act                  | operator                | regulator           | district       | lender                  | enterprise | verifier
        organisation.create  | a: own                  | -                   | -              | -                       | -          | -
        organisation.read    | aorv: own near bank far | aorv: own near bank | aorv: own near | aorv: own               | aorv: own  | aorv: own
        organisation.edit    | a: own near bank far    | a: own              | a: own         | a: own                  | a: own     | a: own
        organisation.close   | a: near bank far        | -                   | -              | -                       | -          | -
        people.read          | a: own near bank far    | aorv: own           | aorv: own      | aorv: own               | aorv: own  | aorv: own
        people.invite        | a: own near bank far    | a: own              | a: own         | a: own                  | a: own     | a: own
        people.edit          | a: own near bank far    | a: own              | a: own         | a: own                  | a: own     | a: own
        token.read           | a: own                  | a: own              | a: own         | a: own                  | a: own     | a: own
        token.issue          | a: own                  | a: own              | a: own         | a: own                  | a: own     | a: own
        token.revoke         | a: own near bank far    | a: own              | a: own         | a: own                  | a: own     | a: own
        book.read            | -                       | orv: own near bank  | -              | orv: own                | -          | -
        book.send            | -                       | -                   | -              | o: own                  | -          | -
        book.cancel          | -                       | -                   | -              | or: own                 | -          | -
        book.download        | -                       | -                   | -              | orv: own                | -          | -
        book.reassess        | -                       | -                   | -              | or: own                 | -          | -
        facility.read        | -                       | orv: own near bank  | -              | orv: own                | -          | -
        facility.decide      | -                       | -                   | -              | or: own                 | -          | -
        decision.confirm     | -                       | -                   | -              | r: own                  | -          | -
        review.set-limit     | -                       | -                   | -              | a: own                  | -          | -
        model.train          | -                       | -                   | -              | r: own                  | -          | -
        model.switch         | -                       | -                   | -              | r: own                  | -          | -
        statistics.read      | -                       | orv: near bank      | -              | orv: own                | -          | -
        statistics.publish   | -                       | r: own              | -              | -                       | -          | -
        return.read          | -                       | orv: own near bank  | -              | orv: own                | -          | -
        return.prepare       | -                       | -                   | -              | or: own                 | -          | -
        return.adjust        | -                       | -                   | -              | or: own                 | -          | -
        return.discard       | -                       | -                   | -              | or: own                 | -          | -
        return.submit        | -                       | -                   | -              | r: own                  | -          | -
        audit.read           | a: own                  | a: own              | a: own         | a: own                  | a: own     | a: own
        project.read         | -                       | orv: own near bank  | orv: own near  | orv: own published shared | orv: own | orv: shared
        project.register     | -                       | -                   | o: own         | o: own                  | o: own     | -
        project.edit         | -                       | -                   | o: own         | o: own                  | o: own     | -
        project.submit       | -                       | -                   | o: own         | o: own                  | o: own     | -
        project.publish      | -                       | -                   | r: own near    | -                       | -          | -
        project.withdraw     | -                       | -                   | or: own        | or: own                 | or: own    | -
        """

    struct Cell {
        let roles: Set<Role>
        let places: Set<Place>
        static let nobody = Cell(roles: [], places: [])
    }

    let cells: [Act: [OrganisationKind: Cell]]

    init() throws {
        var cells: [Act: [OrganisationKind: Cell]] = [:]
        let lines = Self.text.split(separator: "\n").map { $0.split(separator: "|").map(Self.trimmed) }
        let kinds = try lines[0].dropFirst().map { try #require(OrganisationKind(rawValue: $0)) }
        for line in lines.dropFirst() {
            let act = try #require(Act(rawValue: line[0]))
            for (kind, text) in zip(kinds, line.dropFirst()) { cells[act, default: [:]][kind] = try Self.cell(text) }
            try #require(cells[act]?.count == OrganisationKind.allCases.count)
        }
        self.cells = cells
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func cell(_ text: String) throws -> Cell {
        if text == "-" { return .nobody }
        let parts = text.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
        let letters: [Character: Role] = ["a": .administrator, "o": .officer, "r": .reviewer, "v": .reader]
        return Cell(
            roles: Set(try parts[0][0].map { try #require(letters[$0]) }),
            places: Set(try parts[1].map { try #require(Place(rawValue: $0)) }))
    }

    /// What the answer is to be.
    enum Answer: String {
        case done = "2xx"
        case forbidden = "403"
        case notFound = "404"
    }

    func answer(_ act: Act, _ kind: OrganisationKind, _ role: Role, _ place: Place) throws -> Answer {
        let cell = try #require(cells[act]?[kind])
        guard cell.roles.contains(role) else { return .forbidden }
        if cell.places.contains(place) { return .done }
        guard act.rawValue.hasPrefix("project."), act != .registerProject else { return .notFound }
        let reading = try #require(cells[.readProject]?[kind])
        return reading.roles.contains(role) && reading.places.contains(place) ? .forbidden : .notFound
    }
}
