import Access
import Projects
import Standards
import Store
import Vocabulary

/// A document that is to be handed over: what it is called, and where its pieces lie.
public struct StoredDocument: Sendable {
    public let document: ProjectDocument
    /// How many pieces ``Platform/piece(_:of:)`` has of it.
    public let pieceCount: Int
}

extension Platform {
    /// The most bytes of one document: 50 MB.
    public static let mostDocumentBytes = 50 << 20

    /// Says whether the viewer may attach documents to a project, before anything large is sent.
    public func prepareToAttach(to id: ID<Project>, by viewer: Viewer) async throws {
        _ = try await database.read { try $0.project(id, for: .editProject, by: viewer) }
    }

    /// Attaches a document to a project, with the facts that it proves: what was only stated becomes documented.
    ///
    /// The content, the new version and the act are written in one transaction. The same content is kept once, whoever brings it.
    /// - Parameters:
    ///   - declared: The media type that the sender claims; nil where none is told.
    ///   - proves: Facts of the project.
    ///   - version: The version that the viewer looked at; nil to attach to whatever is the latest.
    /// - Throws: `PlatformFault.invalid` for a file that is not what it says, or a fact that the project does not have.
    public func attach(
        _ file: ReceivedFile, name: String, declared: String? = nil, proving proves: Set<FactID> = [],
        to id: ID<Project>, version: Int64? = nil, by viewer: Viewer
    ) async throws -> ProjectRecord {
        let name = name.trimmingSpaces()
        let kind = try file.kind(name: name, declared: declared)
        let document = ProjectDocument(
            digest: file.digest, fileName: name, mediaType: kind.mediaType, byteCount: Int64(file.byteCount),
            proves: proves)
        return try await change(
            id, version: version, act: .editProject, reason: "", by: viewer, keeping: file,
            detail: ["attached": .string(file.digest)]
        ) { project in
            guard project.status != .merged else { throw PlatformFault.conflict("project.is-merged") }
            for fact in proves.sorted() where project.facts[fact] == nil {
                throw PlatformFault.invalid("/proves", "document.no-such-fact", ["fact": String(fact.name.prefix(64))])
            }
            project.attach(document)
            try self.check(project)
        }
    }

    /// Takes a document from a project. Earlier versions keep it, and so does the store.
    public func detach(
        _ digest: String, from id: ID<Project>, version: Int64? = nil, reason: String = "", by viewer: Viewer
    ) async throws -> ProjectRecord {
        let reason = try checkedReason(reason, isNeeded: false)
        return try await change(
            id, version: version, act: .editProject, reason: reason, by: viewer, detail: ["detached": .string(digest)]
        ) { project in
            guard project.status != .merged else { throw PlatformFault.conflict("project.is-merged") }
            guard project.documents.contains(where: { $0.digest == digest }) else { throw PlatformFault.notFound }
            project.detach(digest)
            try self.check(project)
        }
    }

    /// A document that stands in the latest version of a project, for who may read the project. That it was taken is noted.
    public func document(_ digest: String, of id: ID<Project>, by viewer: Viewer) async throws -> StoredDocument {
        let (place, document) = try await database.read { transaction in
            let record = try transaction.project(id, for: .readProject, by: viewer)
            guard let document = record.project.documents.first(where: { $0.digest == digest }),
                try transaction.contents.byteCount(digest) == document.byteCount
            else { throw PlatformFault.notFound }
            return (record.placement, document)
        }
        try await noteReading(
            of: id.text, count: 1, what: .readProject, as: "project.read-document", grant: place, by: viewer)
        return StoredDocument(document: document, pieceCount: Contents.pieceCount(document.byteCount))
    }

    /// One piece of a document that ``document(_:of:by:)`` handed out, at most 256 KB.
    public func piece(_ position: Int, of document: StoredDocument) async throws -> [UInt8] {
        let digest = document.document.digest
        guard let piece = try await database.read({ try $0.contents.piece(digest, position) }) else {
            throw PlatformFault.notFound
        }
        return piece
    }
}

extension Transaction {
    /// Keeps a file's bytes as a content.
    func keep(_ file: ReceivedFile, at moment: Timestamp) throws {
        _ = try contents.insert(file.digest, byteCount: Int64(file.byteCount), at: moment) { position in
            try file.bytes(at: position * Contents.pieceBytes, Contents.pieceBytes)
        }
    }
}

extension Project {
    /// Adds a document, or what it proves to the same one; what it proves is documented from now on.
    mutating func attach(_ document: ProjectDocument) {
        if let index = documents.firstIndex(where: { $0.digest == document.digest }) {
            documents[index].fileName = document.fileName
            documents[index].mediaType = document.mediaType
            documents[index].proves.formUnion(document.proves)
        } else {
            documents.append(document)
        }
        for id in document.proves {
            // What was verified stays so, with the evidence that the verifier named.
            guard let fact = facts[id], fact.assurance <= .documented else { continue }
            facts[id] = Fact(
                fact.value, assurance: .documented, document: document.fileName, statedBy: fact.statedBy,
                statedOn: fact.statedOn)
        }
    }

    /// Removes a document. Facts that rested on it rest on another that proves them, or are stated only.
    mutating func detach(_ digest: String) {
        guard let index = documents.firstIndex(where: { $0.digest == digest }) else { return }
        let gone = documents.remove(at: index)
        for id in gone.proves {
            guard let fact = facts[id], fact.assurance == .documented, fact.document == gone.fileName else { continue }
            let other = documents.first { $0.proves.contains(id) }
            facts[id] = Fact(
                fact.value, assurance: other == nil ? .stated : .documented, document: other?.fileName,
                statedBy: fact.statedBy, statedOn: fact.statedOn)
        }
    }
}
