import Foundation
import Library
import Projects
import Vocabulary

/// The repository's words and weights of names, read once for all tests of this target.
enum NameLibrary {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Library").path

    private static let loaded = Result { () throws(LibraryFault) in try RuleLibrary.load(root: root) }
    private static let loadedWords = Result { () throws(LibraryFault) in try loaded.get().nameWords() }
    private static let loadedComparison = Result { () throws(LibraryFault) in try loaded.get().projectComparison() }

    static func shared() throws(LibraryFault) -> RuleLibrary { try loaded.get() }
    static func words() throws(LibraryFault) -> NameWords { try loadedWords.get() }
    static func comparison() throws(LibraryFault) -> ProjectComparison { try loadedComparison.get() }
}
