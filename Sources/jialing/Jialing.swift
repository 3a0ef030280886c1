import ArgumentParser

@main
struct Jialing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jialing",
        abstract: "绿色金融：从贷款台账到绿色报告。Green finance: from a loan ledger to a green statement.",
        subcommands: [
            Assess.self, Identify.self, Generate.self, ModelCommand.self,
        ])
}
