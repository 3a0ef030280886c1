import ArgumentParser
import Foundation
import Service
import Vocabulary

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "备份平台的数据，不必停机。Back up the platform's data while it runs.",
        discussion: "docs/backup.md says what the folder holds. The installation's key is not in it: keep that apart.")

    @Option(help: ArgumentHelp("Folder to write; it must not be there yet.", valueName: "folder"))
    var to: String

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var libraryOptions: LibraryOptions

    func run() async throws {
        try await libraryOptions.speaking { phrasebook in
            let settings = dataOptions.settings(SettingReader())
            let rows = try await KeptData.backUp(settings, to: to, at: .ofSystem)
            let done = Message(key: "backup.done", arguments: counts(rows, at: to))
            Console.print(phrasebook.text(done, in: libraryOptions.language))
            let key = Message(key: "backup.key-apart", arguments: ["path": settings.key])
            Console.say(phrasebook.text(key, in: libraryOptions.language))
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "把备份恢复到空数据库。Restore a backup into an empty database.",
        discussion:
            "All of it or nothing; a database that holds tables is left as it is. Either engine takes either's backup.")

    @Option(help: ArgumentHelp("Folder of the backup.", valueName: "folder"))
    var from: String

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var libraryOptions: LibraryOptions

    func run() async throws {
        try await libraryOptions.speaking { phrasebook in
            let settings = dataOptions.settings(SettingReader())
            let rows = try await KeptData.restore(from: from, to: settings, at: .ofSystem)
            let done = Message(key: "backup.restored", arguments: counts(rows, at: from))
            Console.print(phrasebook.text(done, in: libraryOptions.language))
            guard !FileManager.default.fileExists(atPath: settings.key) else { return }
            let key = Message(key: "backup.key-needed", arguments: ["path": settings.key])
            Console.say(phrasebook.text(key, in: libraryOptions.language))
        }
    }
}

/// How much stands in the folder of a backup.
/// - Parameter rows: The number of rows by table.
private func counts(_ rows: [String: Int], at path: String) -> [String: String] {
    ["path": path, "tables": "\(rows.count)", "rows": "\(rows.values.reduce(0, +))"]
}

extension Timestamp {
    /// What the system's clock says now.
    static var ofSystem: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
