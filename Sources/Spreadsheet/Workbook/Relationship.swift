/// A part that another part refers to (ECMA-376 part 2, section 6.5).
struct Relationship {
    let identifier: String
    /// The last component of the relationship's type, which is the same in both editions of the format.
    let kind: String
    /// The part's name without a leading slash.
    let target: String
}

/// Collects the relationships of one part.
final class RelationshipList: XMLEventHandler {
    private(set) var relationships: [Relationship] = []
    private let path: String
    private let part: String
    private let folder: String

    private static let limit = 10_000

    init(path: String, part: String, folder: String) {
        self.path = path
        self.part = part
        self.folder = folder
    }

    func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        guard name == "Relationship", attributes.string("TargetMode") != "External",
            let identifier = attributes.string("Id"), let type = attributes.string("Type"),
            let target = attributes.string("Target")
        else { return }
        guard relationships.count < Self.limit else {
            let facts = ["path": path, "part": part, "limit": String(Self.limit)]
            throw SpreadsheetFault(.workbookPartTooLarge, facts)
        }
        let kind = WorkbookPackage.split(type).file
        relationships.append(Relationship(identifier: identifier, kind: kind, target: resolve(target)))
    }

    func endElement(_ name: XMLName) -> XMLContinuation { .proceed }

    func text(_ bytes: UnsafeRawBufferPointer) {}

    /// Resolves a target against the folder of the part that refers to it.
    private func resolve(_ target: String) -> String {
        let whole = target.hasPrefix("/") ? target : folder + target
        var components: [Substring] = []
        for component in whole.split(separator: "/") where component != "." {
            if component == ".." { _ = components.popLast() } else { components.append(component) }
        }
        return components.joined(separator: "/")
    }
}
