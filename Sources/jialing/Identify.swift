import ArgumentParser
import Identification
import Standards
import Vocabulary

struct Identify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "一句用途属于哪个条目？Which item does a purpose belong to?")

    @Argument(help: "The purpose of the loan.")
    var purpose: String

    @Option(help: "Name of the project.")
    var project = ""

    @Option(help: "Name of the borrower.")
    var borrower = ""

    @Option(help: "Industry code (GB/T 4754-2017, four digits): a hint only.")
    var industry: Int?

    @Option(help: "Standard pack.")
    var standard = "cn.green-finance.2025"

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        do {
            let library = try libraryOptions.load()
            let language = libraryOptions.language
            let pack = library.pack(standard)
            var identifier = Identifier(model: library.model)
            let text = LoanText(purpose: purpose, project: project, borrower: borrower, industry: industry)
            let result = identifier.identify(text)
            Console.print("\(result.outcome.rawValue)  P(green) = \(Self.digits(result.greenProbability))")
            for candidate in result.candidates {
                let code = library.model.items[candidate.item]
                let name = ItemCode(code).flatMap { pack?[$0]?.name[language] } ?? ""
                Console.print("  \(code)  \(Self.digits(candidate.probability))  \(name)")
            }
            let reading = result.outcome == .notGreen ? nil : result.candidates.first?.item
            for piece in identifier.evidence(for: reading, in: text) {
                let field =
                    switch piece.source {
                    case .purpose, .industry: purpose
                    case .project: project
                    case .borrower: borrower
                    }
                let bytes = Array(field.utf8)
                let range = piece.bytes.clamped(to: 0..<bytes.count)
                let words = piece.source == .industry ? "industry" : String(decoding: bytes[range], as: UTF8.self)
                Console.print("    \(piece.weight > 0 ? "+" : "−") \(words)")
            }
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }

    static func digits(_ value: Double) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: 3, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
