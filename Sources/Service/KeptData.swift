import Foundation
import Store
import Vocabulary

/// The data of a service as a whole, whether or not it runs.
///
///     try await KeptData.backUp(settings, to: "/backups/2026-11-21", at: now)
///     try await KeptData.restore(from: "/backups/2026-11-21", to: others, at: now)
public enum KeptData {
    /// Writes a backup of one state of the database; a service that runs on it goes on.
    /// - Returns: The number of rows by table.
    /// - Throws: `BackupFault`, `StoreFault`; `ServiceFault` if there are no data.
    @discardableResult public static func backUp(
        _ settings: ServiceSettings, to folder: String, at moment: Timestamp
    ) async throws -> [String: Int] {
        // Opening would make an empty file, whose backup nobody wants.
        if settings.database == nil, !FileManager.default.fileExists(atPath: settings.file) {
            throw ServiceFault("service.no-data", ["place": settings.file])
        }
        return try await withDatabase(settings) { database in
            guard try await Migrator.isBegun(database) else {
                throw ServiceFault(
                    "service.no-data", ["place": settings.database == nil ? settings.file : "PostgreSQL"])
            }
            return try await Backup.write(database, to: folder, at: moment)
        }
    }

    /// Fills an empty database from a backup: all of it or nothing.
    /// - Returns: The number of rows by table.
    /// - Throws: `BackupFault`, `StoreFault`; `ServiceFault` if the folder of the data cannot be made.
    @discardableResult public static func restore(
        from folder: String, to settings: ServiceSettings, at moment: Timestamp
    ) async throws -> [String: Int] {
        // What is no backup leaves not even an empty database behind.
        try Backup.look(at: folder)
        if settings.database == nil { try settings.makeFolder() }
        return try await withDatabase(settings) { try await Backup.restore(from: folder, into: $0, at: moment) }
    }

    private static func withDatabase<Result>(
        _ settings: ServiceSettings, _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        let database = try settings.openDatabase()
        do {
            let result = try await body(database)
            try await database.close()
            return result
        } catch {
            try? await database.close()
            throw error
        }
    }
}

extension ServiceSettings {
    /// Makes the folder of the data, readable to its owner alone, where it is not there yet.
    func makeFolder() throws(ServiceFault) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ServiceFault("service.folder", ["path": folder], isOfReading: false)
        }
    }

    /// The engine that the settings name, open.
    func openDatabase() throws(StoreFault) -> any Database {
        if let database { return try PostgreSQLDatabase(url: database) }
        return try SQLiteDatabase(path: file)
    }
}
