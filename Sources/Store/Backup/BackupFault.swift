import Vocabulary

/// Why a backup was not written or not restored. Nothing was changed.
public enum BackupFault: Error, Sendable, Equatable {
    /// Something stands where the backup is to go.
    case exists(String)
    /// The folder or a file in it cannot be written.
    case cannotWrite(String)
    /// There is no such file, or it cannot be read.
    case cannotRead(String)
    /// A file is not what was written: its digest, its form or its number of rows differs.
    case damaged(String)
    /// The database already holds tables; a backup is restored into an empty one alone.
    case notEmpty
    /// A table of the backup that the schema does not have, or with other columns.
    case otherTable(String)

    /// What to tell.
    public var message: Message {
        switch self {
        case .exists(let path): Message(key: "backup.exists", arguments: ["path": path])
        case .cannotWrite(let path): Message(key: "backup.cannot-write", arguments: ["path": path])
        case .cannotRead(let path): Message(key: "backup.cannot-read", arguments: ["path": path])
        case .damaged(let file): Message(key: "backup.damaged", arguments: ["file": file])
        case .notEmpty: Message(key: "backup.not-empty")
        case .otherTable(let table): Message(key: "backup.other-table", arguments: ["table": table])
        }
    }
}
