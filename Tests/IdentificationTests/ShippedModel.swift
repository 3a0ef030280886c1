import Foundation

@testable import Identification

/// The model of the library and the loans that its authors wrote, read once for all tests.
enum ShippedModel {
    /// A loan of the examples.
    struct Loan: Sendable {
        /// Purpose, project and borrower, which together say what a bank knew.
        let key: String
        let text: LoanText
        /// nil for "not green".
        let item: String?
    }

    static let library: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Library")
    }()

    static let model: Result<IdentificationModel, any Error> = Result {
        let data = try Data(contentsOf: library.appendingPathComponent("identification/model.bin"))
        return try IdentificationModel(decoding: Array(data))
    }

    static let training: Result<[Loan], any Error> = Result { try loans("train") }
    static let calibration: Result<[Loan], any Error> = Result { try loans("calibration") }
    static let testing: Result<[Loan], any Error> = Result { try loans("test") }

    /// Header line, then item or `-`, family, borrower, project, purpose, industry.
    private static func loans(_ folder: String) throws -> [Loan] {
        let folder = library.appendingPathComponent("identification/examples/\(folder)")
        var result: [Loan] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name.hasSuffix(".tsv") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                guard fields.count == 6 else { throw WrongLine(file: name, line: String(line)) }
                result.append(
                    Loan(
                        key: "\(fields[4])\t\(fields[2])\t\(fields[3])",
                        text: LoanText(
                            purpose: fields[4], project: fields[3], borrower: fields[2], industry: Int(fields[5])),
                        item: fields[0] == "-" ? nil : fields[0]))
            }
        }
        return result
    }

    struct WrongLine: Error {
        let file: String
        let line: String
    }
}
