/// What a backup says of itself, in `manifest.json`.
struct BackupManifest: Codable, Sendable, Equatable {
    static let currentFormat = "jialing-backup-1"
    static let fileName = "manifest.json"
    static let sumsName = "SHA256SUMS"

    struct Table: Codable, Sendable, Equatable {
        let name: String
        /// In the order of the fields of a row.
        let columns: [String]
        let rows: Int

        /// The file of its rows.
        var file: String { name + ".rows" }
    }

    let format: String
    /// ISO 8601 in UTC.
    let madeAt: String
    /// The schema, step by step.
    let migrations: [AppliedMigration]
    /// Sorted by name.
    let tables: [Table]

    private enum CodingKeys: String, CodingKey {
        case format
        case madeAt = "made_at"
        case migrations, tables
    }

    /// Whether it can be a backup at all: names become paths, so they are held to plain words.
    var isSound: Bool {
        format == Self.currentFormat && tables.count <= 10_000
            && tables.allSatisfy {
                CopyTarget.isName($0.name) && !$0.columns.isEmpty && $0.columns.allSatisfy(CopyTarget.isName)
            }
            && Set(tables.map(\.name)).count == tables.count && tables.allSatisfy { $0.rows >= 0 }
            && migrations.enumerated().allSatisfy { $0.element.number == $0.offset + 1 }
    }
}
