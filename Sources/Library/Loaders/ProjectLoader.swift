import Foundation
import Standards
import Vocabulary

/// Reads the file of a project, YAML or JSON, strictly: an unknown key, fact or unit is told with its line.
public struct ProjectFile {
    private let root: Entry
    private static let longestFile = 1 << 20

    /// - Throws: `LibraryFault` where the file cannot be read, is longer than a MiB, or is neither YAML nor JSON.
    public init(path: String) throws(LibraryFault) {
        let files = LibraryFiles(named: path)
        try self.init(bytes: files.bytes(files.name), file: path)
    }

    /// - Parameter file: The name that faults carry.
    public init(bytes: Data, file: String) throws(LibraryFault) {
        guard bytes.count <= Self.longestFile else { throw LibraryFault("library.too-large", file: file) }
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw LibraryFault("library.not-utf8", file: file)
        }
        root = try Entry.root(of: text, file: file)
    }

    /// - Parameters:
    ///   - facts: The dictionary that the facts are read by.
    ///   - packs: The standards that may be named under `subjects`.
    public func project(_ facts: FactDictionary, _ packs: [StandardPack]) throws(LibraryFault) -> ProjectDossier {
        try root.allow(["id", "name", "about", "borrower", "subjects", "facts", "stated_by", "stated_on"])
        var subjects: [String: ItemReference] = [:]
        for (standard, entry) in try root.optional("subjects")?.pairs() ?? [] {
            guard let pack = packs.first(where: { $0.id == standard }) else {
                throw entry.fault(
                    "library.not-one-of", ["value": standard, "known": packs.map(\.id).joined(separator: ", ")])
            }
            let reference = try entry.itemReference()
            guard pack.has(reference) else {
                throw entry.fault("crosswalk.dangling", ["item": "\(standard) \(reference)"])
            }
            subjects[standard] = reference
        }
        let statedBy = try root.optional("stated_by")?.text()
        let statedOn = try root.optional("stated_on")?.date()
        var sheet = FactSheet()
        for (name, entry) in try root.optional("facts")?.pairs() ?? [] {
            let id = FactID(name)
            guard facts[id] != nil else { throw entry.fault("fact.unknown", ["fact": name, "value": ""]) }
            sheet[id] = try entry.fact(id, facts, statedBy: statedBy, statedOn: statedOn)
        }
        return ProjectDossier(
            id: try root.required("id").text(), name: try root.required("name").text(),
            about: try root.optional("about")?.text() ?? "", borrower: try root.optional("borrower")?.text() ?? "",
            subjects: subjects, facts: sheet)
    }
}

extension Entry {
    /// `4 MW`, or a mapping with the value and what proves it. A document makes a fact documented, a third party's
    /// verification has to be said.
    fileprivate func fact(
        _ id: FactID, _ facts: FactDictionary, statedBy: String?, statedOn: CalendarDate?
    ) throws(LibraryFault) -> Fact {
        func value(_ entry: Entry) throws(LibraryFault) -> FactValue {
            let text = try entry.text()
            return try entry.place(\.message) { () throws(FactFault) in try facts.value(of: id, from: text) }
        }
        guard isMapping else { return Fact(try value(self), statedBy: statedBy, statedOn: statedOn) }
        try allow(["value", "document", "assurance", "stated_by", "stated_on"])
        let document = try optional("document")?.text()
        let assurance = try optional("assurance")?.choice(Assurance.self) ?? (document == nil ? .stated : .documented)
        if assurance != .stated, document == nil { throw fault("project.no-document", ["fact": id.name]) }
        return Fact(
            try value(try required("value")), assurance: assurance, document: document,
            statedBy: try optional("stated_by")?.text() ?? statedBy,
            statedOn: try optional("stated_on")?.date() ?? statedOn)
    }
}
