import Foundation
import Standards
import Vocabulary

/// What a check of packs found: every mistake that keeps a pack from loading, and everything that loads and cannot be meant so.
public struct StandardsCheck: Sendable {
    public private(set) var faults: [LibraryFault] = []
    /// The packs that load, whatever was found in them.
    public private(set) var packs: [StandardPack] = []

    /// Checks one pack or overlay, a folder of them, or a whole library.
    ///
    /// - Parameters:
    ///   - folder: A folder that holds `pack.yaml`, folders that do, or a library's root.
    ///   - root: The library whose facts the packs may name, and whose packs the overlays may change. A library that is itself
    ///     checked brings its own.
    ///   - added: Folders of packs that an operator adds, for overlays that change one of them.
    /// - Throws: `LibraryFault` where the folder holds no pack, or the dictionary of facts cannot be read.
    public init(folder: String, library root: String, packs added: [String] = []) throws(LibraryFault) {
        let files = LibraryFiles(root: folder)
        let isLibrary = files.exists("standards") && files.exists("facts")
        let dictionary = try RuleLibrary.dictionary(isLibrary ? files : LibraryFiles(root: root))
        var shelf = PackShelf()
        if isLibrary {
            shelf.add(library: files)
            guard !(shelf.packs + shelf.overlays).isEmpty else { throw LibraryFault("library.no-pack", file: folder) }
        } else {
            try shelf.add(folder: folder)
        }
        faults = shelf.faults
        for pack in shelf.packs { check(pack, dictionary) }
        var catalogues = shelf.catalogues(packs)
        if !isLibrary, !shelf.overlays.isEmpty { try Self.lookUp(&catalogues, for: shelf, root, added, dictionary) }
        for overlay in shelf.overlays { check(overlay, dictionary, catalogues) }
        let own = packs.filter { $0.header.overlayOf == nil }
        for name in isLibrary ? files.names(in: "crosswalks", ending: ".yaml") : [] {
            _ = try files.entry(name).crosswalk(own) { faults.append($0) }
        }
        for definition in dictionary.all where isLibrary {
            if !definition.label.isTranslated || !definition.evidence.isTranslated {
                faults.append(LibraryFault("check.fact-untranslated", file: "facts", ["fact": definition.id.name]))
            }
        }
    }

    /// Reads the packs that overlays change and that are not checked along with them.
    private static func lookUp(
        _ catalogues: inout Catalogues, for checked: PackShelf, _ root: String, _ added: [String],
        _ dictionary: FactDictionary
    ) throws(LibraryFault) {
        var shelf = PackShelf()
        shelf.add(library: LibraryFiles(root: root))
        for folder in added { try shelf.add(folder: folder) }
        let wanted = Set(checked.overlays.compactMap(\.catalogue)).subtracting(catalogues.ids)
        for source in shelf.packs where source.id.map(wanted.contains) ?? false {
            catalogues.packs.append(try source.pack(dictionary))
        }
        catalogues.ids += shelf.packs.compactMap(\.id)
        catalogues.overlays.formUnion(shelf.overlays.compactMap(\.id))
    }

    private mutating func check(
        _ source: PackFiles, _ dictionary: FactDictionary, _ catalogues: Catalogues = Catalogues()
    ) {
        var reader = PackReader(facts: dictionary)
        let read = reader.standard(source, of: catalogues)
        faults += reader.faults
        guard let read else { return }
        if reader.faults.isEmpty { packs.append(read) }
        for finding in read.findings(dictionary) where reader.isNews(finding) {
            let place = reader.place(of: finding)
            faults.append(
                LibraryFault(file: place?.file ?? source.headerFile, line: place?.line, message: finding.message))
        }
    }
}
