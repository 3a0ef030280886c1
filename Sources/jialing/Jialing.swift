import ArgumentParser
import Foundation

@main
struct Jialing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jialing",
        abstract: "绿色金融：从贷款台账到绿色报告。Green finance: from a loan ledger to a green statement.",
        subcommands: [
            Assess.self, Trace.self, Explain.self, PassportCommand.self, Identify.self, StandardsCommand.self,
            FactsCommand.self, BenefitCommand.self,
            Generate.self, ModelCommand.self, Serve.self, BackupCommand.self, RestoreCommand.self,
        ])

    /// As the library's own, but a mistake in the call ends with 2, as Jialing's statuses are documented.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            guard code == .validationFailure else { exit(withError: error) }
            Console.say(fullMessage(for: error))
            Foundation.exit(2)
        }
    }
}
