import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("The phrases of standards, items and imports")
struct StandardsPhrasesTests {
    @Test(
        "Every key of these families that the code writes out is a phrase of both languages, and every phrase is said")
    func keys() throws {
        let files = LibraryFiles(root: LoadedLibrary.root)
        let sources = try PhraseSources()
        for family in ["standards", "import"] {
            let said = sources.literals(families: [family])
            for language in Language.allCases {
                let keys = try files.entry("phrases/\(language.rawValue)/\(family).yaml").pairs().map(\.key)
                #expect(Set(keys) == said, "\(language) \(family)")
            }
        }
    }
}
