import Foundation
import Identification
import Standards
import Vocabulary

/// The labelled examples under identification/, and the model trained from them.
public struct TrainingData: Sendable {
    public let items: [String]
    public let examples: [TrainingExample]
    public let lexicon: [TrainingExample]
    /// Loans of an author of whom nothing is in `examples`, for the calibration.
    public let aside: [TrainingExample]
    /// SHA-256 of the example and lexicon files, in short: the model's version.
    public let version: String

    /// - Parameters:
    ///   - items: The codes of all items, in order.
    ///   - lexicon: Words and phrases of items, which only train, and only among items.
    ///   - aside: Examples of other authors, for the calibration.
    ///   - version: Of all of them together.
    public init(
        items: [String], examples: [TrainingExample], lexicon: [TrainingExample] = [], aside: [TrainingExample] = [],
        version: String
    ) {
        self.items = items
        self.examples = examples
        self.lexicon = lexicon
        self.aside = aside
        self.version = version
    }

    /// A word or phrase alone counts less than a whole purpose.
    private static let lexiconWeight: Float = 0.5

    /// Reads `identification/examples/train`, the lexicon and the texts of a pack. Needs no model to be there yet.
    public static func load(root: String, standard: String) throws(LibraryFault) -> TrainingData {
        let files = LibraryFiles(root: root)
        let pack = try RuleLibrary.pack(standard, files)
        let exampleFiles = files.names(in: "identification/examples/train", ending: ".tsv")
        var examples: [TrainingExample] = []
        for file in exampleFiles { examples += try Self.examples(files, file, pack) }
        var lexicon: [TrainingExample] = []
        for item in pack.items {
            let texts = [item.subject.zh] + item.synonyms + item.activities.map(\.subject.zh)
            for text in texts { lexicon.append(Self.entry(text, item.code.text)) }
        }
        let lexiconFiles = files.names(in: "identification/lexicon", ending: ".tsv")
        for file in lexiconFiles {
            for (line, fields) in try Self.rows(files, file, columns: 2) {
                guard let code = ItemCode(fields[0]), pack[code] != nil else {
                    throw LibraryFault("training.unknown-item", file: file, line: line, ["value": fields[0]])
                }
                for word in fields[1].split(separator: "、") { lexicon.append(Self.entry(String(word), code.text)) }
            }
        }
        let asideFiles = files.names(in: "identification/examples/calibration", ending: ".tsv")
        var aside: [TrainingExample] = []
        for file in asideFiles { aside += try Self.examples(files, file, pack) }
        let digest = try files.digest(exampleFiles + lexiconFiles + asideFiles)
        return TrainingData(
            items: pack.items.map(\.code.text), examples: examples, lexicon: lexicon, aside: aside,
            version: String(digest.prefix(12)))
    }

    /// Reads a file of labelled loans: item (or `-`), family, borrower, project, purpose, industry code.
    public static func examples(file: String, pack: StandardPack) throws(LibraryFault) -> [TrainingExample] {
        let files = LibraryFiles(named: file)
        return try examples(files, files.name, pack)
    }

    /// The files that were set aside for testing.
    public static func testFiles(root: String) -> [String] {
        LibraryFiles(root: root).names(in: "identification/examples/test", ending: ".tsv").map { root + "/" + $0 }
    }

    private static func examples(
        _ files: LibraryFiles, _ file: String, _ pack: StandardPack
    ) throws(LibraryFault) -> [TrainingExample] {
        var result: [TrainingExample] = []
        for (line, fields) in try rows(files, file, columns: 6) {
            if fields[0] != "-" {
                guard let code = ItemCode(fields[0]), pack[code] != nil else {
                    throw LibraryFault("training.unknown-item", file: file, line: line, ["value": fields[0]])
                }
            }
            result.append(
                TrainingExample(
                    text: LoanText(
                        purpose: fields[4], project: fields[3], borrower: fields[2], industry: Int(fields[5])),
                    item: fields[0] == "-" ? nil : fields[0], family: "\(file) \(fields[0]) \(fields[1])"))
        }
        return result
    }

    private static func rows(
        _ files: LibraryFiles, _ file: String, columns: Int
    ) throws(LibraryFault) -> [(line: Int, fields: [String])] {
        var result: [(line: Int, fields: [String])] = []
        let lines = try files.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where index > 0 && !line.isEmpty {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == columns else {
                throw LibraryFault(
                    "training.columns", file: file, line: index + 1,
                    ["found": "\(fields.count)", "expected": "\(columns)"])
            }
            result.append((index + 1, fields))
        }
        return result
    }

    private static func entry(_ text: String, _ item: String) -> TrainingExample {
        TrainingExample(text: LoanText(purpose: text), item: item, family: "", weight: lexiconWeight)
    }

    /// The same with further examples, such as what people of a lender decided.
    /// - Parameter version: Of all of them together.
    public func adding(_ more: [TrainingExample], version: String) -> TrainingData {
        TrainingData(items: items, examples: examples + more, lexicon: lexicon, aside: aside, version: version)
    }

    /// Trains the model that ships.
    public func train(progress: (String) -> Void) -> IdentificationModel {
        var settings = TrainingSettings()
        settings.learningRate = 0.3
        settings.epochs = 8
        return IdentificationModel.build(
            items: items, examples: examples, lexicon: lexicon, aside: aside, version: version, settings: settings,
            calibration: Calibration(acceptAt: 0.8, rejectAt: 0.2, itemAt: 0.5), threshold: 2.5,
            progress: progress)
    }
}
