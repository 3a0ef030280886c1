import Platform
import Web

/// Where a service keeps its data, and how it is reached.
public struct ServiceSettings: Sendable {
    /// The folder of the SQLite file and of the key of the installation.
    public var folder: String
    /// `postgres://…`; nil for SQLite in the folder.
    public var database: String?
    /// The file of the key; nil for `key` in the folder. Processes that share a database share the key.
    public var keyFile: String?
    public var web: WebSettings
    /// How long a process may be silent before others take its jobs over, in seconds.
    public var jobSilence = JobRunner.longestSilence

    public init(folder: String, database: String? = nil, keyFile: String? = nil, web: WebSettings = WebSettings()) {
        self.folder = folder
        self.database = database
        self.keyFile = keyFile
        self.web = web
    }

    /// The SQLite file.
    public var file: String { folder + "/jialing.sqlite" }

    /// The file of the key.
    public var key: String { keyFile ?? folder + "/key" }
}
