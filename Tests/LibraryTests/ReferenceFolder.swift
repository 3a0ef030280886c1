import Foundation
import Testing

/// The catalogues as tables, where they are at hand: they are no part of the repository.
enum ReferenceFolder {
    static let path: String? = {
        let beside = LoadedLibrary.package.deletingLastPathComponent().appending(path: "shared/reference").path
        let candidates = [ProcessInfo.processInfo.environment["JIALING_REFERENCE"], beside]
        return candidates.compactMap(\.self).first {
            FileManager.default.fileExists(atPath: $0 + "/catalogues/catalogue-2025-rows.tsv")
        }
    }()

    /// The rows of a tab-separated table by the names in its header.
    static func table(_ file: String) throws -> [[String: String]] {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let cells = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        let header = try #require(cells.first)
        return cells.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }
}
