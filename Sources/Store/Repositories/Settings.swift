extension Transaction {
    /// What holds for the whole installation.
    public var settings: Settings { Settings(transaction: self) }
}

/// The settings of the installation as they are kept.
public struct Settings {
    let transaction: any Transaction

    /// The seed of the invented data; nil where the data are real.
    public func demonstration() throws(StoreFault) -> String? {
        guard let row = try transaction.row("SELECT value FROM setting WHERE name = 'demonstration'") else {
            return nil
        }
        return try row("value")
    }

    /// Marks the data as invented. The mark is never taken away.
    public func markDemonstration(seed: String) throws(StoreFault) {
        try transaction.run("INSERT INTO setting (name, value) VALUES ('demonstration', \(seed))")
    }

    /// Whether nothing has been entered yet.
    public func isUntouched() throws(StoreFault) -> Bool {
        try transaction.row("SELECT 1 AS one FROM organisation LIMIT 1") == nil
    }
}
