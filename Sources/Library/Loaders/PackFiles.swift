import Standards
import Vocabulary

/// The files of a pack: `pack.yaml` with the header, and further files: one a chapter, or in an overlay lists of changes.
struct PackFiles {
    /// The header, nil where it could not be read.
    let header: Entry?
    let parts: [Entry]
    /// Why files could not be read.
    let faults: [LibraryFault]
    /// The files, the header first, for the digest.
    let names: [String]
    private let files: LibraryFiles

    /// - Parameter folder: The folder of the pack, within the files.
    init(folder: String, _ files: LibraryFiles) {
        let header = folder + "/pack.yaml"
        let names = [header] + files.names(in: folder, ending: ".yaml").filter { $0 != header }
        var faults: [LibraryFault] = []
        let entries = names.map { name -> Entry? in
            do throws(LibraryFault) {
                return try files.entry(name)
            } catch {
                faults.append(error)
                return nil
            }
        }
        self.init(
            header: entries[0], parts: entries.dropFirst().compactMap { $0 }, faults: faults, names: names, files)
    }

    init(header: Entry?, parts: [Entry], faults: [LibraryFault], names: [String], _ files: LibraryFiles) {
        self.header = header
        self.parts = parts
        self.faults = faults
        self.names = names
        self.files = files
    }

    /// The header's file as people are told it.
    var headerFile: String { files.shown(names[0]) }

    /// The id where it can be read.
    var id: String? { word("id") }

    /// The id of the pack that this one changes; nil where it stands by itself.
    var catalogue: String? { word("overlay_of") }

    private func word(_ key: String) -> String? { (try? header?.optional(key))??.word }

    /// SHA-256 over the files.
    func digest() throws(LibraryFault) -> String { try files.digest(names) }

    /// - Throws: the first mistake in the files, in the order of the files.
    func pack(
        _ facts: FactDictionary, of catalogues: Catalogues = Catalogues()
    ) throws(LibraryFault) -> StandardPack {
        var reader = PackReader(facts: facts)
        let pack = reader.standard(self, of: catalogues)
        if let first = reader.faults.first { throw first }
        guard let pack else { throw LibraryFault("library.empty", file: headerFile, ["field": "/"]) }
        return pack
    }
}

/// What overlays may change, and what else they may name by mistake.
struct Catalogues {
    /// The packs that are read.
    var packs: [StandardPack] = []
    /// The ids of all packs that stand by themselves, for saying which there are.
    var ids: [String] = []
    /// The ids of overlays, none of which another may change.
    var overlays: Set<String> = []
}

extension PackReader {
    /// Reads a pack that stands by itself, or an overlay.
    mutating func standard(_ files: PackFiles, of catalogues: Catalogues) -> StandardPack? {
        files.catalogue == nil ? pack(files) : overlay(files, of: catalogues)
    }
}
