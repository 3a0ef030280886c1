import Access
import Statistics
import Vocabulary

/// Where sums are taken from: of whoever supervises, from what all lenders of a place come to; of single lenders, from their books.
struct CubeSource {
    /// Whether it is the former.
    let isRolledUp: Bool

    init(_ grants: [Grant], _ selection: CubeSelection) {
        isRolledUp =
            selection.lender == nil && !selection.byLender
            && grants.allSatisfy { $0.reach == .supervised || $0.reach == .all }
    }

    var cells: SQL {
        isRolledUp ? "cube_total AS c" : "\(Cube.books) JOIN cube_cell AS c ON c.assessment = book.assessment"
    }

    var benefits: SQL {
        isRolledUp
            ? "cube_total_benefit AS c" : "\(Cube.books) JOIN cube_benefit AS c ON c.assessment = book.assessment"
    }

    private var period: SQL { isRolledUp ? "(c.period)" : "(book.period)" }

    /// The sums of money.
    var sums: SQL {
        let names: [SQL] = ["balance", "aligned", "eligible", "in_doubt"]
        guard isRolledUp else {
            return "MAX(c.largest) AS largest, \(SQL.joined(names.map { WideSum.of("c.\($0)", $0) }, by: ", "))"
        }
        let parts: [SQL] = names.map {
            "SUM(c.\($0)_high) AS \($0)_high, SUM(c.\($0)_low) AS \($0)_low"
        }
        return "NULL AS largest, \(SQL.joined(parts, by: ", "))"
    }

    /// The columns by which sums are told apart.
    func groups(_ selection: CubeSelection) -> [(column: SQL, name: SQL)] {
        var groups: [(column: SQL, name: SQL)] = [("c.standard", "standard")]
        if selection.byPeriod { groups.append((period, "period")) }
        if selection.byLender { groups.append(("(book.organisation)", "organisation")) }
        if let by = selection.by, let column = Self.column(of: by, on: selection.face) {
            groups.append((column, "value"))
        }
        return groups
    }

    /// The column of a dimension; a chapter stands in front of the item where the face has only that.
    private static func column(of dimension: CubeDimension, on face: CubeFace) -> SQL? {
        switch face.dimensions.firstIndex(of: dimension) {
        case 0: "c.key1"
        case 1: "c.key2"
        case 2: "c.key3"
        default: dimension == .chapter && face == .item ? "c.key1" : nil
        }
    }

    func condition(_ grants: [Grant], _ selection: CubeSelection) -> SQL {
        var conditions: [SQL] = [
            "\(period) IN (\(list: selection.periods.map(\.description)))", "c.face = \(selection.face.rawValue)",
            GrantCondition.books(grants),
        ]
        if !isRolledUp { conditions.append("book.state = 'accepted'") }
        if let lender = selection.lender { conditions.append("book.organisation = \(lender)") }
        if let standard = selection.standard { conditions.append("c.standard = \(standard)") }
        for (dimension, value) in selection.filters.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let column = Self.column(of: dimension, on: selection.face) else {
                // No face is asked for what it has not.
                conditions.append("1 = 0")
                continue
            }
            if dimension == .region, let region = Int(value).flatMap({ RegionCode($0) }) {
                conditions.append(SQL.begins(column, with: region.sharedDigits))
            } else if dimension == .chapter, !selection.face.dimensions.contains(.chapter) {
                conditions.append(SQL.begins(column, with: value + "."))
            } else {
                conditions.append("\(column) = \(value)")
            }
        }
        return SQL.joined(conditions, by: " AND ")
    }
}

extension RegionCode {
    /// The digits that all regions within this one begin with.
    fileprivate var sharedDigits: String {
        let digits = String(number)
        return switch level {
        case .nation: ""
        case .province: String(digits.prefix(2))
        case .prefecture: String(digits.prefix(4))
        case .county: digits
        }
    }
}
