import ArgumentParser
import Foundation
import Library
import Logging
import Platform
import Service
import Vocabulary
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "启动平台服务。Run the platform's server.",
        discussion: """
            Every option has a variable of the environment, which the option goes before: JIALING_DATA, JIALING_DATABASE,
            JIALING_KEY_FILE, JIALING_HOST, JIALING_PORT, JIALING_PUBLIC_ADDRESS, JIALING_PROXIES, JIALING_VIEWER_RATE,
            JIALING_ADDRESS_RATE, JIALING_JOB_SILENCE (docs/service.md).
            """)

    @OptionGroup var dataOptions: DataOptions

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

    @Option(
        help: ArgumentHelp(
            "Requests of one who is signed in, or of one token: a second on average / at once (default: 20/200).",
            valueName: "rate"))
    var viewerRate: String?

    @Option(
        help: ArgumentHelp(
            "Requests of one address that nobody signed in from: a second on average / at once (default: 5/60).",
            valueName: "rate"))
    var addressRate: String?

    @Option(help: "Seconds that a process may be silent before others take its work over (default: 20).")
    var jobSilence: Int?

    @Flag(help: "Start without demonstration data; prints a link for the first administrator.")
    var empty = false

    @OptionGroup var libraryOptions: LibraryOptions

    func run() async throws {
        try await libraryOptions.speaking { _ in
            // A setting that cannot be meant is told before the rules are read.
            let settings = try settings()
            try await serve(settings, try libraryOptions.load())
        }
    }

    private func serve(_ settings: ServiceSettings, _ library: RuleLibrary) async throws {
        let (phrasebook, language) = (library.phrasebook, libraryOptions.language)
        @Sendable func say(_ message: Message) { Console.print(phrasebook.text(message, in: language)) }
        let service = try await RunningService.open(
            settings, library: library, logger: Logger(label: "jialing") { _ in JSONLineLog.standardError() },
            now: { .ofSystem })
        if !empty {
            _ = try await service.platform.fillDemonstration { count in
                guard count % 1000 == 0 || count == DemonstrationRegion.projects else { return }
                let arguments = ["seed": String(DemonstrationRegion.seed), "count": String(count)]
                Console.say(phrasebook.text(Message(key: "service.filling", arguments: arguments), in: language))
            }
        }
        guard let region = RegionCode(500_000) else { return }
        let key = try await service.platform.setUpLink(name: "平台运营方", region: region)
        let isDemonstration = try await service.platform.isDemonstration()
        let web = settings.web
        try await service.serve { port in
            let address = web.publicAddress ?? "http://\(web.host):\(port)"
            say(Message(key: "service.running", arguments: ["address": address]))
            if isDemonstration {
                say(
                    Message(key: "service.demonstration", arguments: ["password": DemonstrationRegion.password]))
                for account in DemonstrationRegion.accounts { Console.print("  \(account.email)") }
            } else if let key {
                say(Message(key: "service.set-up", arguments: ["link": "\(address)/invitation/\(key.text)"]))
            }
        }
    }

    private func settings() throws(SettingFault) -> ServiceSettings {
        let reader = SettingReader()
        var web = WebSettings()
        web.host = reader.text(host, "JIALING_HOST") ?? web.host
        web.port = try reader.number(port, "JIALING_PORT", in: 0...65_535) ?? web.port
        web.publicAddress = try reader.origin(publicAddress, "JIALING_PUBLIC_ADDRESS")
        web.trustedProxies = try reader.number(proxies, "JIALING_PROXIES", in: 0...10) ?? 0
        web.viewerRate = try reader.rate(viewerRate, "JIALING_VIEWER_RATE") ?? web.viewerRate
        web.addressRate = try reader.rate(addressRate, "JIALING_ADDRESS_RATE") ?? web.addressRate
        var settings = dataOptions.settings(reader, web: web)
        if let seconds = try reader.number(jobSilence, "JIALING_JOB_SILENCE", in: 2...600) {
            settings.jobSilence = Int64(seconds)
        }
        return settings
    }
}
