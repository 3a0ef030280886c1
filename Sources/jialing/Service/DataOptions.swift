import ArgumentParser
import Service
import Web

/// Where the data of a service are: the same for every command that touches them.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the data; variable JIALING_DATA (default: data).", valueName: "folder"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "postgres://… instead of an SQLite file in the folder; variable JIALING_DATABASE, which keeps a password from the list of processes.",
            valueName: "url"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "File of the installation's key; variable JIALING_KEY_FILE (default: key in the folder).",
            valueName: "file"))
    var keyFile: String?

    func settings(_ reader: SettingReader, web: WebSettings = WebSettings()) -> ServiceSettings {
        ServiceSettings(
            folder: reader.text(data, "JIALING_DATA") ?? "data",
            database: reader.text(database, "JIALING_DATABASE"),
            keyFile: reader.text(keyFile, "JIALING_KEY_FILE"), web: web)
    }
}
