import Crypto
import Foundation
import Vocabulary

/// Writes the files of a backup into a folder, within one read of the database.
struct BackupWriter: Sendable {
    let folder: String

    /// - Returns: The number of rows by table.
    func write(_ transaction: any Transaction, _ engine: Engine, at moment: Timestamp) throws -> [String: Int] {
        var tables: [BackupManifest.Table] = []
        var sums: [(file: String, digest: String)] = []
        for table in try Catalogue(engine).tables(transaction) where table.name != "schema_migration" {
            // A table that somebody else put there, whose name could not be a file's.
            guard CopyTarget.isName(table.name), table.columns.allSatisfy(CopyTarget.isName) else {
                throw BackupFault.otherTable(table.name)
            }
            let name = table.name + ".rows"
            let file = try DigestedFile(folder + "/" + name)
            var rows = 0
            // By the key, so that equal tables make equal files on both engines.
            let order = (table.key.isEmpty ? table.columns : table.key).joined(separator: ", ")
            let columns = table.columns.joined(separator: ", ")
            try transaction.each(SQL(stringLiteral: "SELECT \(columns) FROM \(table.name) ORDER BY \(order)")) { row in
                try file.append { BackupRows.append(row.values, to: &$0) }
                rows += 1
            }
            sums.append((name, try file.finish()))
            tables.append(BackupManifest.Table(name: table.name, columns: table.columns, rows: rows))
        }
        let manifest = BackupManifest(
            format: BackupManifest.currentFormat, madeAt: moment.description,
            migrations: try Migrator.applied(transaction, engine), tables: tables)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let json = Array(try encoder.encode(manifest))
        let file = try DigestedFile(folder + "/" + BackupManifest.fileName)
        try file.append { $0.append(contentsOf: json) }
        sums.append((BackupManifest.fileName, try file.finish()))
        // As sha256sum writes them.
        let list = sums.map { "\($0.digest)  \($0.file)\n" }.joined()
        let last = try DigestedFile(folder + "/" + BackupManifest.sumsName)
        try last.append { $0.append(contentsOf: list.utf8) }
        _ = try last.finish()
        Disk.settle(folder)
        return Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.rows) })
    }
}

/// A new file, readable to its owner alone, whose digest is taken as it is written.
private final class DigestedFile {
    private let path: String
    private let handle: FileHandle
    private var digest = SHA256()
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        self.path = path
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw BackupFault.cannotWrite(path) }
        self.handle = handle
    }

    func append(_ write: (inout [UInt8]) -> Void) throws {
        write(&buffer)
        if buffer.count >= 1 << 18 { try flush() }
    }

    private func flush() throws {
        digest.update(data: buffer)
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw BackupFault.cannotWrite(path)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Brings everything to the disk.
    /// - Returns: SHA-256 in hexadecimal digits.
    func finish() throws -> String {
        try flush()
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw BackupFault.cannotWrite(path)
        }
        return digest.finalize().hexadecimal
    }
}
