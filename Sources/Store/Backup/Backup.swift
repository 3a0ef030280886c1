import Foundation
import Glibc
import Vocabulary

/// A database as a folder of files, made while the service goes on, and restored into either engine.
///
///     try await Backup.write(database, to: "/backups/2026-11-21", at: now)
///     try await Backup.restore(from: "/backups/2026-11-21", into: emptyDatabase, at: now)
///
/// The folder holds `manifest.json` (schema and tables), `<table>.rows` for each table (`BackupRows`), and `SHA256SUMS`, which
/// `sha256sum -c` reads too. Two backups of one state are equal but for the moment in the manifest. docs/backup.md tells more.
public enum Backup {
    /// Writes a single state of the database; writers go on meanwhile.
    /// - Parameters:
    ///   - folder: A path where nothing stands yet; it is there only once it is whole and on disk.
    ///   - moment: When, for the manifest.
    /// - Returns: The number of rows by table.
    /// - Throws: `BackupFault`, `StoreFault`.
    @discardableResult public static func write(
        _ database: any Database, to folder: String, at moment: Timestamp
    ) async throws -> [String: Int] {
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else { throw BackupFault.exists(folder) }
        let part = folder + ".part"
        let engine = database.engine
        // Rows may be anybody's data: for the owner alone.
        let writer = BackupWriter(folder: part)
        do {
            try? files.removeItem(atPath: part)
            try files.createDirectory(
                atPath: part, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let rows = try await database.read { transaction throws -> [String: Int] in
                try writer.write(transaction, engine, at: moment)
            }
            guard rename(part, folder) == 0 else { throw BackupFault.cannotWrite(folder) }
            Disk.settle(URL(filePath: folder).deletingLastPathComponent().path)
            return rows
        } catch {
            try? files.removeItem(atPath: part)
            if error is BackupFault || error is StoreFault || error is CancellationError { throw error }
            throw BackupFault.cannotWrite(folder)
        }
    }

    /// Looks whether a folder holds a backup: its manifest and its list of digests. The rows are checked when it is restored.
    /// - Throws: `BackupFault`.
    public static func look(at folder: String) throws { _ = try BackupReader(folder: folder) }

    /// Fills an empty database, all or nothing, and brings it to the schema of the program.
    ///
    /// Every file is checked before anything is written.
    /// - Parameters:
    ///   - database: One without any table.
    ///   - migrations: The steps that the program knows.
    ///   - moment: When, for the records of the migrations.
    /// - Returns: The number of rows by table.
    /// - Throws: `BackupFault`, `StoreFault.newerSchema` or `changedMigration` if another program wrote the backup.
    @discardableResult public static func restore(
        from folder: String, into database: any Database, _ migrations: [Migration] = Migration.all,
        at moment: Timestamp
    ) async throws -> [String: Int] {
        let reader = try BackupReader(folder: folder)
        try Migrator.check(reader.manifest.migrations, against: migrations)
        try reader.verify()
        let engine = database.engine
        return try await database.write { transaction throws -> [String: Int] in
            let restoring = Restoration(transaction, engine)
            try restoring.begin()
            let found = reader.manifest.migrations.count
            for migration in migrations.prefix(found) { try Migrator.apply(migration, transaction, engine, at: moment) }
            let rows = try restoring.load(reader)
            for migration in migrations.dropFirst(found) {
                try Migrator.apply(migration, transaction, engine, at: moment)
            }
            return rows
        }
    }
}

/// What concerns the disk beneath the files.
enum Disk {
    /// Brings the names in a folder to the disk. A file system that cannot do so keeps them as well as it can.
    static func settle(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
