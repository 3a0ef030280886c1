import Vocabulary

/// Who may do what: the whole of it, on one page.
///
/// A row is an act, a column a kind of organisation. A cell names the roles that may (a administrator 管理员, o officer 经办, r
/// reviewer 复核, v reader 查看), then how far (see ``Reach``). A dash is nobody. What is not in the table is forbidden.
public enum PermissionMatrix {
    private static let table = """
        act                   operator    regulator        district       lender                     enterprise  verifier
        organisation.create   a:all       -                -              -                          -           -
        organisation.read     aorv:all    aorv:supervised  aorv:area      aorv:own                   aorv:own    aorv:own
        organisation.edit     a:all       a:own            a:own          a:own                      a:own       a:own
        organisation.close    a:all       -                -              -                          -           -
        people.read           a:all       aorv:own         aorv:own       aorv:own                   aorv:own    aorv:own
        people.invite         a:all       a:own            a:own          a:own                      a:own       a:own
        people.edit           a:all       a:own            a:own          a:own                      a:own       a:own
        token.read            a:own       a:own            a:own          a:own                      a:own       a:own
        token.issue           a:own       a:own            a:own          a:own                      a:own       a:own
        token.revoke          a:all       a:own            a:own          a:own                      a:own       a:own
        project.read          -           orv:supervised   orv:own+area   orv:own+published+shared   orv:own     orv:shared
        project.register      -           -                o:own          o:own                      o:own       -
        project.edit          -           -                o:own          o:own                      o:own       -
        project.submit        -           -                o:own          o:own                      o:own       -
        project.publish       -           -                r:own+area     -                          -           -
        project.withdraw      -           -                or:own         or:own                     or:own      -
        project.merge         -           r:supervised     r:own+area     r:own                      -           -
        book.read             -           orv:supervised   -              orv:own                    -           -
        book.send             -           -                -              o:own                      -           -
        book.cancel           -           -                -              or:own                     -           -
        book.download         -           -                -              orv:own                    -           -
        book.reassess         -           -                -              or:own                     -           -
        facility.read         -           orv:supervised   -              orv:own                    -           -
        facility.decide       -           -                -              or:own                     -           -
        decision.confirm      -           -                -              r:own                      -           -
        review.set-limit      -           -                -              a:own                      -           -
        model.train           -           -                -              r:own                      -           -
        model.switch          -           -                -              r:own                      -           -
        statistics.read       -           orv:supervised   -              orv:own                    -           -
        statistics.publish    -           r:own            -              -                          -           -
        return.read           -           orv:supervised   -              orv:own                    -           -
        return.prepare        -           -                -              or:own                     -           -
        return.adjust         -           -                -              or:own                     -           -
        return.discard        -           -                -              or:own                     -           -
        return.submit         -           -                -              r:own                      -           -
        audit.read            a:own       a:own            a:own          a:own                      a:own       a:own
        """

    /// The kinds of the columns.
    static let kinds: [OrganisationKind?] =
        words[0].dropFirst().map(OrganisationKind.init(rawValue:))
    /// The rows, each an act and its cells.
    static let rows: [[String]] = Array(words.dropFirst())
    private static let words = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

    /// The cells by act and kind. A test holds that every cell of the table is understood.
    private static let cells: [Cell: (roles: Set<Role>, reaches: [Reach])] = {
        var cells: [Cell: (roles: Set<Role>, reaches: [Reach])] = [:]
        for row in rows {
            guard let act = Act(rawValue: row[0]) else { continue }
            for (kind, text) in zip(kinds, row.dropFirst()) {
                if let kind, let cell = read(text) { cells[Cell(act: act, kind: kind)] = cell }
            }
        }
        return cells
    }()

    private struct Cell: Hashable {
        let act: Act
        let kind: OrganisationKind
    }

    /// Reads `orv:own+area`; nil for a dash and for anything it does not understand, which forbids.
    private static func read(_ text: String) -> (roles: Set<Role>, reaches: [Reach])? {
        let parts = text.split(separator: ":")
        guard parts.count == 2 else { return nil }
        let letters: [Character: Role] = ["a": .administrator, "o": .officer, "r": .reviewer, "v": .reader]
        let roles = parts[0].compactMap { letters[$0] }
        let reaches = parts[1].split(separator: "+").compactMap { Reach(rawValue: String($0)) }
        return (Set(roles), reaches)
    }

    /// How far the roles in an organisation of a kind reach for an act; empty if they may not do it.
    public static func reaches(_ act: Act, _ kind: OrganisationKind, _ roles: Set<Role>) -> [Reach] {
        guard let cell = cells[Cell(act: act, kind: kind)], !cell.roles.isDisjoint(with: roles) else { return [] }
        return cell.reaches
    }
}

extension Viewer.Membership {
    /// What this membership's permissions for an act cover; empty if it may not be done at all.
    public func grants(for act: Act) -> [Grant] {
        PermissionMatrix.reaches(act, kind, roles).map { Grant(reach: $0, organisation: organisation, region: region) }
    }
}

extension Viewer {
    /// What the viewer's permissions for an act cover; empty if the viewer may not do it at all.
    public func grants(for act: Act) -> [Grant] {
        if case .token(_, let scopes) = credential {
            guard let scope = act.scope, scopes.contains(scope) else { return [] }
        }
        return memberships.flatMap { $0.grants(for: act) }
    }

    /// Whether the viewer may do it to a record.
    public func may(_ act: Act, on place: Placement) -> Bool {
        grants(for: act).contains { $0.covers(place) }
    }
}
