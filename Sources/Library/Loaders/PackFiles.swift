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

    /// - Parameters:
    ///   - catalogues: The packs that an overlay may change.
    ///   - overlays: The ids of all overlays, none of which it may change.
    /// - Throws: the first mistake in the files, in the order of the files.
    func pack(
        _ facts: FactDictionary, of catalogues: [StandardPack] = [], _ overlays: Set<String> = []
    ) throws(LibraryFault) -> StandardPack {
        var reader = PackReader(facts: facts)
        let pack = reader.standard(self, of: catalogues, overlays)
        if let first = reader.faults.first { throw first }
        guard let pack else { throw header.fault("library.empty") }
        return pack
    }
}

extension PackReader {
    /// Reads a pack that stands by itself, or an overlay.
    mutating func standard(
        _ files: PackFiles, of catalogues: [StandardPack], _ overlays: Set<String>
    ) -> StandardPack? {
        files.catalogue == nil ? pack(files) : overlay(files, of: catalogues, overlays)
    }
}
