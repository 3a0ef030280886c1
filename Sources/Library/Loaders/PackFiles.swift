import Standards
import Vocabulary

/// The files of a pack: `pack.yaml` with the header, and further files: one a chapter, or in an overlay lists of changes.
struct PackFiles {
    let id: String
    let header: Entry
    let parts: [Entry]
    /// The files, for the digest.
    let names: [String]
    private let files: LibraryFiles

    /// - Parameter folder: The folder of the pack, within the files.
    init(folder: String, _ files: LibraryFiles) throws(LibraryFault) {
        let header = folder + "/pack.yaml"
        let others = files.names(in: folder, ending: ".yaml").filter { $0 != header }
        var parts: [Entry] = []
        for name in others { parts.append(try files.entry(name)) }
        self.header = try files.entry(header)
        id = try self.header.required("id").text()
        self.parts = parts
        self.files = files
        names = [header] + others
    }

    /// The id of the pack that this one changes; nil where it stands by itself.
    var catalogue: String? { (try? header.optional("overlay_of"))??.word }

    /// SHA-256 over the files.
    func digest() throws(LibraryFault) -> String { try files.digest(names) }

    /// - Throws: the first mistake in the files, in the order of the files.
    func pack(
        _ facts: FactDictionary, of catalogues: Catalogues = Catalogues()
    ) throws(LibraryFault) -> StandardPack {
        var reader = PackReader(facts: facts)
        let pack = reader.standard(self, of: catalogues)
        if let first = reader.faults.first { throw first }
        guard let pack else { throw header.fault("library.empty") }
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
