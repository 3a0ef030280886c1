import ArgumentParser
import Foundation
import Library
import Reporting
import Vocabulary

struct PassportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passport",
        abstract: "项目的绿色护照：JSON与可打印页面。A project's passport, as JSON and as a page.")

    @OptionGroup var source: ProjectOptions

    @Option(help: "Folder to write passport.json and passport.html to.")
    var out: String

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        do {
            let library = try libraryOptions.load()
            let account = try source.account(library, libraryOptions.language)
            let passport = Passport(account, parts: library.parts)
            let files = ["passport.json": passport.json(), "passport.html": passport.html(library.phrasebook)]
            let folder = URL(fileURLWithPath: out)
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                for (name, text) in files {
                    try Data(text.utf8).write(to: folder.appendingPathComponent(name), options: .atomic)
                }
            } catch {
                throw CommandFailure("\(out): \(error.localizedDescription)", status: 3)
            }
            let names = files.keys.sorted().map { "\(out)/\($0)" }.joined(separator: ", ")
            Console.say(
                library.phrasebook.text(
                    Message(key: "passport.written", arguments: ["files": names]), in: libraryOptions.language))
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }
}
