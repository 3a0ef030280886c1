import Foundation
import Standards
import Vocabulary

/// What a check of packs found: every mistake that keeps a pack from loading, and everything that loads and cannot be meant so.
public struct StandardsCheck: Sendable {
    public private(set) var faults: [LibraryFault] = []
    /// The packs that load, whatever was found in them.
    public private(set) var packs: [StandardPack] = []

    /// Checks one pack, a folder of packs, or a whole library.
    ///
    /// - Parameters:
    ///   - folder: A folder that holds `pack.yaml`, folders that do, or a library's root.
    ///   - root: The library whose facts the packs may name. A library that is itself checked brings its own.
    /// - Throws: `LibraryFault` where the folder holds no pack, or the dictionary of facts cannot be read.
    public init(folder: String, library root: String) throws(LibraryFault) {
        let files = LibraryFiles(root: folder)
        let isLibrary = files.exists("standards") && files.exists("facts")
        let dictionary = try RuleLibrary.dictionary(isLibrary ? files : LibraryFiles(root: root))
        let folders: [String]
        if isLibrary {
            folders = files.folders(in: "standards")
        } else if files.exists("pack.yaml") {
            folders = ["."]
        } else {
            folders = files.folders(in: ".").filter { files.exists($0 + "/pack.yaml") }
        }
        guard !folders.isEmpty else { throw LibraryFault("library.no-pack", file: folder) }
        for pack in folders { check(pack, files, dictionary) }
        for name in isLibrary ? files.names(in: "crosswalks", ending: ".yaml") : [] {
            _ = try files.entry(name).crosswalk(packs) { faults.append($0) }
        }
        for definition in dictionary.all where isLibrary {
            if !definition.label.isTranslated || !definition.evidence.isTranslated {
                faults.append(LibraryFault("check.fact-untranslated", file: "facts", ["fact": definition.id.name]))
            }
        }
    }

    private mutating func check(_ folder: String, _ files: LibraryFiles, _ dictionary: FactDictionary) {
        let pack = PackFiles(folder: folder, files)
        var reader = PackReader(facts: dictionary)
        let read = reader.pack(pack)
        faults += reader.faults
        guard let read else { return }
        if reader.faults.isEmpty { packs.append(read) }
        for finding in read.findings(dictionary) where reader.isNews(finding) {
            let place =
                finding.item.flatMap { item in
                    finding.row.flatMap { reader.places[.activity(item, row: $0)] } ?? reader.places[.item(item)]
                } ?? finding.heading.flatMap { reader.headings[$0] }
            faults.append(
                LibraryFault(file: place?.file ?? pack.headerFile, line: place?.line, message: finding.message))
        }
    }
}
