import Standards
import Vocabulary

/// The packs and overlays of a library, and those that an operator adds: what stands by itself apart from what changes it, since
/// the one has to be read before the other.
struct PackShelf {
    private(set) var packs: [PackFiles] = []
    private(set) var overlays: [PackFiles] = []
    /// Packs that use an id that is taken.
    private(set) var faults: [LibraryFault] = []
    /// Where each id was first used.
    private var ids: [String: String] = [:]

    /// Takes the packs under `standards/` of a library.
    mutating func add(library files: LibraryFiles) {
        for folder in files.folders(in: "standards") { add(folder, files) }
    }

    /// Takes a folder that holds `pack.yaml`, or the folders in it that do.
    ///
    /// - Throws: `LibraryFault` where there is none.
    mutating func add(folder: String) throws(LibraryFault) {
        let found = Self.folders(in: folder)
        guard !found.isEmpty else { throw LibraryFault("library.no-pack", file: folder) }
        for pack in found {
            let files = LibraryFiles(named: pack)
            add(files.name, files)
        }
    }

    /// What the overlays may change, of the packs that are read.
    func catalogues(_ packs: [StandardPack]) -> Catalogues {
        Catalogues(packs: packs, ids: self.packs.compactMap(\.id), overlays: Set(overlays.compactMap(\.id)))
    }

    private static func folders(in folder: String) -> [String] {
        let files = LibraryFiles(root: folder)
        if files.exists("pack.yaml") { return [folder] }
        let above = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        // Names within the folder begin with a stroke.
        return files.folders(in: "").map { above + $0 }.filter { LibraryFiles(root: $0).exists("pack.yaml") }
    }

    private mutating func add(_ folder: String, _ files: LibraryFiles) {
        let source = PackFiles(folder: folder, files)
        if let id = source.id, let first = ids.updateValue(source.headerFile, forKey: id) {
            let line = (try? source.header?.optional("id"))??.line
            faults.append(
                LibraryFault(
                    "library.pack-twice", file: source.headerFile, line: line,
                    ["id": id, "file": first, "field": "id"]))
        } else if source.catalogue == nil {
            packs.append(source)
        } else {
            overlays.append(source)
        }
    }
}
