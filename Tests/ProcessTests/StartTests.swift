import Foundation
import Glibc
import Store
import Testing
import Vocabulary

extension ServerProcessTests {
    /// What a file alone can show stands in Tests/CommandTests/sessions/serve.session.
    @Suite("What keeps a server from starting")
    struct StartTests {
        /// Says it in both languages, ends with the status, and shows nothing of the program's inside.
        private func expect(
            _ arguments: [String], status: Int32, zh: String, en: String, _ further: [String] = [],
            at location: SourceLocation = #_sourceLocation
        ) async throws {
            for (language, words) in [("zh", zh), ("en", en)] {
                let ended = try await Program.run(arguments + ["--language", language])
                #expect(ended.status == status, "\(ended.err)", sourceLocation: location)
                #expect(ended.out == "", sourceLocation: location)
                for word in [words] + further {
                    #expect(ended.err.contains(word), "\(ended.err)", sourceLocation: location)
                }
                #expect(
                    ended.err.split(separator: "\n").filter { !$0.hasPrefix("{") }.count == 1, "\(ended.err)",
                    sourceLocation: location)
                for inside in ["Fatal", "Error(", ".swift:", "NIOPosix", "stack"] {
                    #expect(!ended.err.contains(inside), "\(ended.err)", sourceLocation: location)
                }
            }
        }

        @Test("A port that is taken")
        func portTaken() async throws {
            try await Site.with(.sqlite) { site in
                let server = try await site.start(isFirst: true)
                try await expect(
                    ["serve"] + site.dataArguments + ["--port", "\(server.port)"], status: 1, zh: "端口提供服务",
                    en: "cannot listen", ["127.0.0.1", "\(server.port)"])
                // The one that has it goes on.
                var browser = Browser(port: server.port)
                #expect(try await browser.asks { try $0.get("/ready") }.status == 200)
            }
        }

        @Test("A PostgreSQL that is not there, or knows no such database")
        func databaseAway() async throws {
            try await Site.with(.sqlite) { site in
                let data = ["--data", site.data, "--port", "0"]
                try await expect(
                    ["serve", "--database", "postgres://someone:hush-hush@127.0.0.1:1/jialing"] + data, status: 3,
                    zh: "数据库暂时不可用",
                    en: "not available")
                let ended = try await Program.run(
                    ["serve", "--database", "postgres://someone:hush-hush@127.0.0.1:1/jialing"] + data)
                #expect(!ended.err.contains("hush"))
                try await expect(
                    ["serve", "--database", "mysql://127.0.0.1/jialing"] + data, status: 3, zh: "数据库暂时不可用",
                    en: "not available")
            }
        }

        @Test("A database of a newer program", arguments: Engine.allCases)
        func newerSchema(engine: Engine) async throws {
            try await Site.with(engine) { site in
                #expect(await (try await site.start(isFirst: true)).stop() == 0)
                try await site.withDatabase { database in
                    try await database.write { transaction in
                        _ = try transaction.run(
                            """
                            INSERT INTO schema_migration (number, name, digest, applied_at)
                            SELECT 1000, 'later', digest, applied_at FROM schema_migration WHERE number = 1
                            """)
                    }
                }
                try await expect(
                    ["serve", "--port", "0"] + site.dataArguments, status: 3, zh: "更新版本", en: "newer version", ["1000"])
            }
        }

        @Test("A key file that others may read")
        func openKey() async throws {
            try await Site.with(.sqlite) { site in
                #expect(await (try await site.start(isFirst: true)).stop() == 0)
                chmod(site.data + "/key", 0o640)
                try await expect(
                    ["serve", "--port", "0"] + site.dataArguments, status: 3, zh: "可被他人读取", en: "read by others",
                    ["chmod 600"])
                chmod(site.data + "/key", 0o600)
                #expect(await (try await site.start(isFirst: true)).stop() == 0)
            }
        }

        @Test("What a server makes is readable to its owner alone")
        func modes() async throws {
            try await Site.with(.sqlite) { site in
                let server = try await site.start(isFirst: true)
                for (name, mode) in [
                    ("", 0o700), ("/key", 0o600), ("/jialing.sqlite", 0o600), ("/jialing.sqlite-wal", 0o600),
                ] {
                    var status = stat()
                    #expect(stat(site.data + name, &status) == 0, "\(name)")
                    #expect(Int(status.st_mode) & 0o777 == mode, "\(name)")
                }
                #expect(await server.stop() == 0)
            }
        }
    }
}
