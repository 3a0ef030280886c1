import Access
import Vocabulary

/// What permissions cover, as a condition of SQL: the same rule as `Grant.covers`, for lists. Property tests hold the two together.
enum GrantCondition {
    /// A condition that is true of what any of the grants covers; of nothing where there are none.
    static func any(_ grants: [Grant], _ condition: (Grant) -> SQL) -> SQL {
        guard !grants.isEmpty else { return "1 = 0" }
        return "(\(SQL.joined(grants.map(condition), by: " OR ")))"
    }

    /// An organisation is its own record, entered by itself.
    static func organisations(_ grants: [Grant]) -> SQL {
        any(grants) { grant in
            switch grant.reach {
            case .all: "1 = 1"
            case .own: "organisation.id = \(grant.organisation)"
            case .area: "(organisation.kind IN ('district', 'enterprise') AND \(region("region", grant.region)))"
            case .supervised: region("region", grant.region)
            case .published, .shared: "1 = 0"
            }
        }
    }

    /// Projects for lists and counts over many of them: what reaches beyond the organisation's own covers so many that going through
    /// an order is faster than gathering from an index for each grant; the condition is put so that engines see no index in it.
    static func manyProjects(_ grants: [Grant]) -> SQL {
        let condition = projects(grants)
        guard grants.contains(where: { $0.reach != .own }) else { return condition }
        return "CASE WHEN \(condition) THEN 1 ELSE 0 END = 1"
    }

    /// A project: see `Grant.covers`.
    static func projects(_ grants: [Grant]) -> SQL {
        any(grants) { grant in
            switch grant.reach {
            case .all: "1 = 1"
            case .own: "(project.organisation = \(grant.organisation) OR project.owner = \(grant.organisation))"
            case .area:
                "(project.entered_by_kind IN ('district', 'enterprise') AND \(region("region", grant.region)))"
            case .supervised: region("region", grant.region)
            case .published: "project.status IN ('published', 'financed')"
            case .shared:
                "id IN (SELECT project FROM project_share WHERE organisation = \(grant.organisation))"
            }
        }
    }

    /// A lender's book, and what is decided of its loans, stands where the lender sits, which the query joins.
    /// - Parameter table: The table whose column `organisation` names the lender.
    static func books(_ grants: [Grant], in table: SQL = "book") -> SQL {
        any(grants) { grant in
            switch grant.reach {
            case .all: "1 = 1"
            case .own: "\(table).organisation = \(grant.organisation)"
            case .supervised: region("region", grant.region)
            case .area, .published, .shared: "1 = 0"
            }
        }
    }

    /// Whether a column's region is a region or lies within it, by the digits as `RegionCode.contains` has it.
    static func region(_ column: SQL, _ region: RegionCode) -> SQL {
        let low = Int64(region.number)
        return switch region.level {
        case .nation: "\(column) IS NOT NULL"
        case .province: "\(column) BETWEEN \(low) AND \(low + 9999)"
        case .prefecture: "\(column) BETWEEN \(low) AND \(low + 99)"
        case .county: "\(column) = \(low)"
        }
    }
}
