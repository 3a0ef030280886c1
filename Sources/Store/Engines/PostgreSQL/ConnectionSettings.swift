import CPostgreSQL

/// How to reach a server. The password stays in here.
struct ConnectionSettings: Sendable {
    private let url: String
    private let secrets: [String]
    let statementTimeout: Int

    /// - Throws: `StoreFault.unavailable` without a word of the URL, which may hold a password anywhere if it is malformed.
    init(url: String, statementTimeout: Int) throws(StoreFault) {
        let refusal = StoreFault.unavailable("the address of the database is no URL of PostgreSQL (postgres://…)")
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"), !url.utf8.contains(0) else {
            throw refusal
        }
        guard let options = PQconninfoParse(url, nil) else { throw refusal }
        defer { PQconninfoFree(options) }
        var secrets: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if ["password", "sslpassword"].contains(String(cString: keyword)), let value = option.pointee.val {
                let secret = String(cString: value)
                if !secret.isEmpty { secrets.append(secret) }
            }
            option += 1
        }
        self.url = url
        self.secrets = secrets
        self.statementTimeout = max(1, statementTimeout)
    }

    /// Opens a connection and sets it up. To be closed with `PQfinish`.
    func connect() throws(StoreFault) -> OpaquePointer {
        // What stands before the URL it may change, what stands after it holds. A server that vanished without a word is noticed
        // within a minute or so.
        let options: [(String, String)] = [
            ("connect_timeout", "10"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "60000"), ("dbname", url), ("client_encoding", "UTF8"),
            ("application_name", "jialing"),
        ]
        let connection = Self.withCStrings(options.map(\.0)) { keywords in
            Self.withCStrings(options.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let connection else { throw StoreFault.unavailable("no memory for a connection") }
        var ready = false
        defer { if !ready { PQfinish(connection) } }
        guard PQstatus(connection) == CONNECTION_OK else {
            throw StoreFault.unavailable(redacted(String(cString: PQerrorMessage(connection))))
        }
        // Notices are for people at a terminal.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        guard PQserverVersion(connection) >= 150_000 else {
            throw StoreFault.unavailable("PostgreSQL 15 or newer is needed")
        }
        guard let encoding = PQparameterStatus(connection, "server_encoding"), String(cString: encoding) == "UTF8"
        else {
            throw StoreFault.unavailable("the database is not encoded in UTF8")
        }
        let setup = """
            SET TIME ZONE 'UTC'; SET statement_timeout = \(statementTimeout); SET standard_conforming_strings = on;
            SET extra_float_digits = 1; SET bytea_output = hex; SET backslash_quote = off; SET DateStyle = ISO
            """
        let result = PostgreSQLResult(PQexec(connection, setup))
        if let fault = result.fault(connection) { throw fault.fault }
        ready = true
        return connection
    }

    /// The first line of a message of libpq, without what must not be told.
    private func redacted(_ message: String) -> String {
        var line = String(message.prefix { $0 != "\n" })
        for secret in secrets {
            line = line.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
        return line
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        let bytes = texts.map { Array($0.utf8CString) }
        var flat: [CChar] = []
        var offsets: [Int] = []
        for text in bytes {
            offsets.append(flat.count)
            flat += text
        }
        return flat.withUnsafeBufferPointer { buffer in
            body(offsets.map { offset in buffer.baseAddress.map { $0 + offset } } + [nil])
        }
    }
}
