import Credit
import Foundation
import Identification
import Impact
import Standards
import Statistics
import Vocabulary

/// A part of the library by name, version and the SHA-256 of its files.
public struct LibraryPart: Sendable, Hashable {
    public let kind: String
    public let id: String
    public let version: String
    public let digest: String
}

/// Everything under Library/, loaded and checked. The domain gets values out of it and never sees a file.
public struct RuleLibrary: Sendable {
    public let root: String
    public let phrasebook: Phrasebook
    public let facts: FactDictionary
    public let packs: [StandardPack]
    public let crosswalks: CrosswalkTable
    public let indicators: [Indicator]
    public let factors: FactorLibrary
    public let methods: [CompiledMethod]
    public let regions: RegionTable
    public let industries: IndustryTable
    public let ledgerWords: LedgerWords
    public let model: IdentificationModel
    public let parts: [LibraryPart]
    /// The forms of statutory returns, in the order of their files.
    public let returnForms: [ReturnForm]

    /// Loads and checks everything.
    ///
    /// - Parameters:
    ///   - root: The folder that holds facts/, standards/, methods/ and the others.
    ///   - added: Folders of packs or overlays that an operator adds to those under standards/: each holds `pack.yaml`, or
    ///     folders that do. Ids must not clash.
    ///   - cache: The folder in which parsed files are kept between runs, see `userCache`; nil for none.
    /// - Throws: `LibraryFault` with file, line and reason of the first mistake.
    public static func load(
        root: String, packs added: [String] = [], cache: URL? = nil
    ) throws(LibraryFault) -> RuleLibrary {
        let files = LibraryFiles(root: root, cache: cache)
        defer { files.keepTrees() }
        guard files.exists("standards") else { throw LibraryFault("library.not-found", file: root) }
        var parts: [LibraryPart] = []
        let facts = try factDictionary(files, &parts)
        let packs = try packs(files, added, facts, &parts)
        let crosswalks = try crosswalks(files, packs, &parts)
        let indicators = try files.entry("indicators.yaml").indicators()
        let factors = try factorLibrary(files, &parts)
        let methods = try methods(files, facts, factors, indicators, &parts)
        let model = try identificationModel(files)
        parts.append(
            LibraryPart(
                kind: "model", id: "identification", version: model.version,
                digest: try files.digest([modelFile])))
        return RuleLibrary(
            root: root, phrasebook: try phrasebook(files), facts: facts, packs: packs,
            crosswalks: crosswalks, indicators: indicators,
            factors: factors, methods: methods, regions: try regions(files), industries: try industries(files),
            ledgerWords: try LedgerWordFiles(
                columns: files.entry("ledger/columns.yaml"), cells: files.entry("ledger/words.yaml")
            ).words(), model: model, parts: parts,
            returnForms: try returnForms(files, indicators: Set(indicators.map(\.id))))
    }

    /// Where a user's parsed files are kept, after the environment: `JIALING_CACHE`, else the XDG cache folder.
    public static func userCache(_ environment: [String: String]) -> URL? { TreeCache.userFolder(environment) }

    public static let modelFile = "identification/model.bin"

    /// The same rules with another model, trained from other examples.
    /// - Parameter digest: SHA-256 of the model's bytes, in hexadecimal digits.
    public func replacing(model: IdentificationModel, digest: String) -> RuleLibrary {
        var parts = parts.filter { $0.kind != "model" }
        parts.append(LibraryPart(kind: "model", id: "identification", version: model.version, digest: digest))
        return RuleLibrary(
            root: root, phrasebook: phrasebook, facts: facts, packs: packs, crosswalks: crosswalks,
            indicators: indicators, factors: factors, methods: methods, regions: regions, industries: industries,
            ledgerWords: ledgerWords, model: model, parts: parts, returnForms: returnForms)
    }

    public func pack(_ id: String) -> StandardPack? { packs.first { $0.id == id } }

    public func returnForm(_ id: String) -> ReturnForm? { returnForms.first { $0.id == id } }

    /// Loads the phrases alone, for telling what went wrong with the rest.
    public static func phrases(root: String) throws(LibraryFault) -> Phrasebook {
        try phrasebook(LibraryFiles(root: root))
    }

    /// Reads a user's mapping of headers.
    public static func mapping(file: String) throws(LibraryFault) -> LedgerMapping {
        let files = LibraryFiles(named: file)
        return try files.entry(files.name).ledgerMapping()
    }

    /// The dictionary of facts alone.
    static func dictionary(_ files: LibraryFiles) throws(LibraryFault) -> FactDictionary {
        var parts: [LibraryPart] = []
        return try factDictionary(files, &parts)
    }

    private static func factDictionary(
        _ files: LibraryFiles, _ parts: inout [LibraryPart]
    ) throws(LibraryFault) -> FactDictionary {
        let names = files.names(in: "facts", ending: ".yaml")
        var definitions: [FactDefinition] = []
        for name in names { definitions += try files.entry(name).factDefinitions() }
        parts.append(LibraryPart(kind: "facts", id: "facts", version: "", digest: try files.digest(names)))
        do {
            return try FactDictionary(definitions)
        } catch {
            throw LibraryFault(file: "facts", line: nil, message: error.message)
        }
    }

    /// Packs that stand by themselves come first, then the overlays that change them.
    private static func packs(
        _ files: LibraryFiles, _ added: [String], _ facts: FactDictionary, _ parts: inout [LibraryPart]
    ) throws(LibraryFault) -> [StandardPack] {
        var shelf = PackShelf()
        shelf.add(library: files)
        for folder in added { try shelf.add(folder: folder) }
        if let first = shelf.faults.first { throw first }
        var packs: [StandardPack] = []
        for source in shelf.packs + shelf.overlays {
            let pack = try source.pack(facts, of: shelf.catalogues(packs))
            packs.append(pack)
            parts.append(
                LibraryPart(
                    kind: "standard", id: pack.id, version: pack.header.version, digest: try source.digest()))
        }
        return packs
    }

    private static func crosswalks(
        _ files: LibraryFiles, _ packs: [StandardPack], _ parts: inout [LibraryPart]
    ) throws(LibraryFault) -> CrosswalkTable {
        var crosswalks: [Crosswalk] = []
        let names = files.names(in: "crosswalks", ending: ".yaml")
        // Overlays keep the codes of their catalogue: its crosswalks hold for them, and they have none of their own.
        let catalogues = packs.filter { $0.header.overlayOf == nil }
        for name in names {
            var first: LibraryFault?
            if let read = try files.entry(name).crosswalk(catalogues, note: { first = first ?? $0 }) {
                crosswalks.append(read)
            }
            if let first { throw first }
        }
        if !names.isEmpty {
            parts.append(
                LibraryPart(kind: "crosswalks", id: "crosswalks", version: "", digest: try files.digest(names)))
        }
        return CrosswalkTable(crosswalks, packs: packs)
    }

    /// One pack alone, with the facts that its criteria name.
    static func pack(_ id: String, _ files: LibraryFiles) throws(LibraryFault) -> StandardPack {
        var parts: [LibraryPart] = []
        let packs = try packs(files, [], try dictionary(files), &parts)
        guard let pack = packs.first(where: { $0.id == id }) else {
            throw LibraryFault(
                "assess.unknown-standard", file: "standards",
                ["id": id, "known": packs.map(\.id).joined(separator: ", ")])
        }
        return pack
    }

    private static func factorLibrary(
        _ files: LibraryFiles, _ parts: inout [LibraryPart]
    ) throws(LibraryFault) -> FactorLibrary {
        let names = files.names(in: "factors", ending: ".yaml")
        var factors: [Factor] = []
        for name in names { factors += try files.entry(name).factors() }
        parts.append(LibraryPart(kind: "factors", id: "factors", version: "", digest: try files.digest(names)))
        do {
            return try FactorLibrary(factors)
        } catch {
            throw LibraryFault(file: "factors", line: nil, message: error.message)
        }
    }

    private static func methods(
        _ files: LibraryFiles, _ facts: FactDictionary, _ factors: FactorLibrary, _ indicators: [Indicator],
        _ parts: inout [LibraryPart]
    ) throws(LibraryFault) -> [CompiledMethod] {
        let byID = Dictionary(indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var methods: [CompiledMethod] = []
        for name in files.names(in: "methods", ending: ".yaml") {
            let entry = try files.entry(name)
            let method = try entry.method()
            methods.append(
                try entry.place(\.message) { () throws(MethodFault) in
                    try CompiledMethod(method, facts: facts, factors: factors, indicators: byID)
                })
            parts.append(
                LibraryPart(
                    kind: "method", id: method.id, version: method.version, digest: try files.digest([name])))
        }
        return methods
    }

    private static func identificationModel(_ files: LibraryFiles) throws(LibraryFault) -> IdentificationModel {
        let data = try files.bytes(modelFile)
        do {
            return try IdentificationModel(decoding: Array(data))
        } catch {
            throw LibraryFault("library.model", file: modelFile, ["problem": error.problem])
        }
    }

    private static func phrasebook(_ files: LibraryFiles) throws(LibraryFault) -> Phrasebook {
        var phrases: [Language: [String: String]] = [:]
        for language in [Language.zh, .en] {
            for name in files.names(in: "phrases/\(language.rawValue)", ending: ".yaml") {
                for (key, entry) in try files.entry(name).pairs() {
                    guard phrases[language, default: [:]].updateValue(try entry.text(), forKey: key) == nil else {
                        throw entry.fault("library.phrase-twice", ["name": key])
                    }
                }
            }
        }
        return Phrasebook(phrases)
    }

    private static func regions(_ files: LibraryFiles) throws(LibraryFault) -> RegionTable {
        let mergers = try files.text("vocabulary/region-mergers.tsv")
        let table = try files.text("vocabulary/regions.tsv")
        do {
            return try RegionTable.parse(table, mergers: try RegionMerger.parseTable(mergers))
        } catch {
            throw LibraryFault(file: "vocabulary/regions.tsv", line: nil, message: error.message)
        }
    }

    private static func industries(_ files: LibraryFiles) throws(LibraryFault) -> IndustryTable {
        let table = try files.text("vocabulary/industries.tsv")
        do {
            return try IndustryTable.parse(table)
        } catch {
            throw LibraryFault(file: "vocabulary/industries.tsv", line: nil, message: error.message)
        }
    }
}
