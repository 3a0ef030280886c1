import ArgumentParser
import Foundation
import Library
import Logging
import Platform
import Service
import Store
import Vocabulary
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "启动平台服务。Run the platform's server.",
        discussion: """
            Every option has a variable of the environment, which the option goes before: JIALING_DATA, JIALING_DATABASE,
            JIALING_KEY_FILE, JIALING_HOST, JIALING_PORT, JIALING_PUBLIC_ADDRESS, JIALING_PROXIES (docs/service.md).
            """)

    @Option(help: ArgumentHelp("Folder of the data (default: data).", valueName: "folder"))
    var data: String?

    @Option(help: ArgumentHelp("postgres://… instead of an SQLite file in the folder.", valueName: "url"))
    var database: String?

    @Option(help: ArgumentHelp("File of the installation's key (default: key in the folder).", valueName: "file"))
    var keyFile: String?

    @Option(help: "Address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "Port to listen on; 0 for any that is free (default: 8080).")
    var port: Int?

    @Option(
        help: ArgumentHelp(
            "How people reach it from outside, such as https://green.example.org; https makes cookies secure.",
            valueName: "url"))
    var publicAddress: String?

    @Option(help: "How many proxies in front are believed about addresses (default: 0).")
    var proxies: Int?

    @Flag(help: "Start without demonstration data; prints a link for the first administrator.")
    var empty = false

    @OptionGroup var libraryOptions: LibraryOptions

    func run() async throws {
        do {
            try await serve(try libraryOptions.load())
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }

    private func serve(_ library: RuleLibrary) async throws {
        let (phrasebook, language) = (library.phrasebook, libraryOptions.language)
        @Sendable func say(_ message: Message) -> String { phrasebook.text(message, in: language) }
        do {
            let settings = try settings()
            let service = try await RunningService.open(
                settings, library: library, logger: Logger(label: "jialing") { _ in JSONLineLog.standardError() },
                now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
            if !empty { try await fill(service, say) }
            guard let region = RegionCode(500_000) else { return }
            let key = try await service.platform.setUpLink(name: "平台运营方", region: region)
            let isDemonstration = try await service.platform.isDemonstration()
            let web = settings.web
            try await service.serve { port in
                let address = web.publicAddress ?? "http://\(web.host):\(port)"
                Console.print(say(Message(key: "service.running", arguments: ["address": address])))
                if isDemonstration {
                    Self.tellAccounts(say)
                } else if let key {
                    Console.print(
                        say(
                            Message(
                                key: "service.set-up", arguments: ["link": "\(address)/invitation/\(key.text)"])))
                }
            }
        } catch let fault as ServiceFault {
            throw CommandFailure(say(fault.message), status: 3)
        } catch let fault as StoreFault {
            throw CommandFailure(say(fault.message), status: 3)
        }
    }

    /// Fills an empty database with the demonstration region.
    private func fill(_ service: RunningService, _ say: @escaping @Sendable (Message) -> String) async throws {
        _ = try await service.platform.fillDemonstration { count in
            guard count % 1000 == 0 || count == DemonstrationRegion.projects else { return }
            Console.say(
                say(
                    Message(
                        key: "service.filling",
                        arguments: ["seed": String(DemonstrationRegion.seed), "count": String(count)])))
        }
    }

    /// Who can sign in as what.
    private static func tellAccounts(_ say: (Message) -> String) {
        Console.print(
            say(Message(key: "service.demonstration", arguments: ["password": DemonstrationRegion.password])))
        for account in DemonstrationRegion.accounts { Console.print("  \(account.email)") }
    }

    private func settings() throws(CommandFailure) -> ServiceSettings {
        let environment = ProcessInfo.processInfo.environment
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        func number(_ given: Int?, _ name: String, _ range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
            guard let text = given.map(String.init) ?? named(name) else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw CommandFailure("\(name)=\(text)? \(range.lowerBound)…\(range.upperBound)", status: 2)
            }
            return number
        }
        var web = WebSettings()
        web.host = host ?? named("JIALING_HOST") ?? web.host
        web.port = try number(port, "JIALING_PORT", 0...65_535) ?? web.port
        web.publicAddress = publicAddress ?? named("JIALING_PUBLIC_ADDRESS")
        web.trustedProxies = try number(proxies, "JIALING_PROXIES", 0...10) ?? 0
        return ServiceSettings(
            folder: data ?? named("JIALING_DATA") ?? "data", database: database ?? named("JIALING_DATABASE"),
            keyFile: keyFile ?? named("JIALING_KEY_FILE"), web: web)
    }
}
