import Foundation
import Library
import Standards

/// The repository's own library, read once for all tests of this target.
enum LoadedLibrary {
    /// The folder that holds Package.swift.
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let root = package.appending(path: "Library").path

    private static let loaded = Result { () throws(LibraryFault) in try RuleLibrary.load(root: root) }

    static func shared() throws(LibraryFault) -> RuleLibrary { try loaded.get() }
}

extension BilingualText {
    /// Chinese in the one language, and words in the other, with no Chinese but what it quotes.
    var isComplete: Bool {
        let hasHan = zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        let hasLetters = en.unicodeScalars.contains { ("a"..."z").contains($0) }
        return hasHan && hasLetters && isTranslated
    }
}
