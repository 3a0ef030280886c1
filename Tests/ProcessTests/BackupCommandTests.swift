import Foundation
import Store
import Testing

extension ServerProcessTests {
    /// What SQLite alone shows stands in Tests/CommandTests/sessions/backup.session.
    @Suite("Backup and restore by commands")
    struct BackupCommandTests {
        @Test(
            "A backup made beside a running server starts another on the other engine, where the same people sign in",
            arguments: Engine.allCases)
        func across(engine: Engine) async throws {
            let other: Engine = engine == .sqlite ? .postgresql : .sqlite
            try await Site.with(engine) { site in
                let server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                _ = try await site.organisation(&administrator, kind: "lender", name: "虚构银行", region: "500000")
                let folder = site.folder.appending(path: "backup").path
                let made = try await Program.run(["backup", "--to", folder] + site.dataArguments)
                #expect(made.status == 0, "\(made.err)")
                #expect(made.out.contains(folder))
                #expect(made.err.contains(site.data + "/key"))
                // The server was not held up.
                #expect(try await administrator.asks { try $0.get("/organisations") }.status == 200)
                // It runs: its database is not empty.
                let refused = try await Program.run(["restore", "--from", folder] + site.dataArguments)
                #expect(refused.status == 1, "\(refused.err)")

                try await Site.with(other) { copy in
                    let restored = try await Program.run(["restore", "--from", folder] + copy.dataArguments)
                    #expect(restored.status == 0, "\(restored.err)")
                    #expect(restored.err.contains(copy.data + "/key"))
                    try FileManager.default.createDirectory(atPath: copy.data, withIntermediateDirectories: true)
                    try FileManager.default.copyItem(atPath: site.data + "/key", toPath: copy.data + "/key")
                    let second = try await copy.start()
                    var again = try await copy.signIn(second, email: "root@example.org")
                    #expect(try await again.asks { try $0.get("/organisations") }.body.contains("虚构银行"))
                    // Even the sign-in that was open when the backup was made.
                    var before = administrator.at(second.port)
                    #expect(try await before.asks { try $0.get("/organisations") }.status == 200)
                    // And back again, the same to the byte but for what was done since.
                    #expect(await second.stop() == 0)
                }
            }
        }
    }
}
