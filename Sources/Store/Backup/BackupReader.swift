import Crypto
import Foundation
import Vocabulary

/// A backup that is to be restored: its files are checked, then read row by row.
struct BackupReader: Sendable {
    let folder: String
    let manifest: BackupManifest
    private let sums: [String: String]

    /// A list or a manifest longer than this is none.
    private static let mostBytes = 16 << 20

    /// Reads what the backup says of itself.
    init(folder: String) throws {
        self.folder = folder
        let list = try Self.bytes(of: folder, BackupManifest.sumsName)
        guard let text = String(validating: list, as: UTF8.self), let sums = Self.sums(text) else {
            throw BackupFault.damaged(BackupManifest.sumsName)
        }
        let json = try Self.bytes(of: folder, BackupManifest.fileName)
        guard sums[BackupManifest.fileName] == SHA256.hash(data: json).hexadecimal,
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(json)), manifest.isSound
        else { throw BackupFault.damaged(BackupManifest.fileName) }
        guard Set(sums.keys) == Set(manifest.tables.map(\.file) + [BackupManifest.fileName]) else {
            throw BackupFault.damaged(BackupManifest.sumsName)
        }
        self.sums = sums
        self.manifest = manifest
    }

    private static func bytes(of folder: String, _ name: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: folder + "/" + name) else {
            throw BackupFault.cannotRead(folder + "/" + name)
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: mostBytes + 1) else { throw BackupFault.damaged(name) }
        guard data.count <= mostBytes else { throw BackupFault.damaged(name) }
        return Array(data)
    }

    /// Lines of a digest, two spaces and a name.
    private static func sums(_ text: String) -> [String: String]? {
        var sums: [String: String] = [:]
        // A last line without its end was cut off.
        guard text.hasSuffix("\n") else { return nil }
        for line in text.split(separator: "\n") {
            guard line.utf8.count > 66, line.dropFirst(64).hasPrefix("  ") else { return nil }
            guard sums.updateValue(String(line.prefix(64)), forKey: String(line.dropFirst(66))) == nil else {
                return nil
            }
        }
        return sums
    }

    /// Reads every file through: its digest, the form of its lines, its number of rows.
    func verify() throws {
        for table in manifest.tables {
            let rows = try rows(of: table)
            while rows.next() != nil {}
            try rows.check()
        }
    }

    /// The rows of a table, to be checked after the last.
    func rows(of table: BackupManifest.Table) throws -> BackupRowSequence {
        try BackupRowSequence(path: folder + "/" + table.file, table: table, digest: sums[table.file] ?? "")
    }
}

/// The rows of one file, one by one. What is wrong with the file ends the sequence and is told by `check`.
final class BackupRowSequence: Sequence, IteratorProtocol {
    private let table: BackupManifest.Table
    private let expected: String
    private let handle: FileHandle
    private var digest = SHA256()
    private var buffer: [UInt8] = []
    private var start = 0
    private var atEnd = false
    private var count = 0
    private var isDamaged = false

    /// No row that either engine takes makes a longer line.
    private static let longestLine = 1 << 30

    init(path: String, table: BackupManifest.Table, digest: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw BackupFault.cannotRead(path) }
        self.handle = handle
        self.table = table
        expected = digest
    }

    deinit { try? handle.close() }

    func next() -> [SQLValue]? {
        guard !isDamaged, let line = line() else { return nil }
        guard let values = BackupRows.values(line), values.count == table.columns.count else {
            isDamaged = true
            return nil
        }
        count += 1
        return values
    }

    /// - Throws: `BackupFault.damaged` if what was read is not what was written. To be called after the last row.
    func check() throws {
        guard !isDamaged, atEnd, start == buffer.count, count == table.rows, digest.finalize().hexadecimal == expected
        else { throw BackupFault.damaged(table.file) }
    }

    private func line() -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            searched = buffer.count - start
            buffer.removeSubrange(..<start)
            start = 0
            guard !atEnd, buffer.count < Self.longestLine else {
                // A last line without its end was cut off.
                if !buffer.isEmpty { isDamaged = true }
                return nil
            }
            guard let data = try? handle.read(upToCount: 1 << 18), !data.isEmpty else {
                atEnd = true
                continue
            }
            digest.update(data: data)
            buffer.append(contentsOf: data)
        }
    }
}
