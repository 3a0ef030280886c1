import Crypto
import HTTPTypes
import Vocabulary

/// A mark of one state of a thing (RFC 9110, 8.8.3).
public struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    public let opaque: String
    public let isWeak: Bool

    /// Makes a tag; characters that cannot stand in one are left out.
    public init(_ opaque: String, isWeak: Bool = false) {
        self.opaque = String(
            decoding: opaque.utf8.filter { $0 == 0x21 || (0x23...0x7E).contains($0) }, as: UTF8.self)
        self.isWeak = isWeak
    }

    /// The tag of some bytes: a part of their SHA-256.
    public init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes).prefix(16).hexadecimal)
    }

    /// The tag of a version that is counted.
    public init(version: Int64) { self.init("v\(version)") }

    /// As it stands in `ETag`.
    public var text: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }

    /// Whether both mark the same bytes: strong comparison (RFC 9110, 8.8.3.2).
    public func isSame(as other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }
}

/// The tags of `If-Match` or `If-None-Match`.
public enum EntityTagList: Sendable, Equatable {
    case any
    case tags([EntityTag])

    /// Reads the field; nil where it is missing or is no list of tags.
    public init?(_ values: [String]) {
        guard !values.isEmpty else { return nil }
        let text = values.joined(separator: ",")
        guard text.utf8.count <= 4096 else { return nil }
        if text.filter({ $0 != " " }) == "*" {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
            if rest.isEmpty { break }
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            tags.append(EntityTag(String(rest[rest.index(after: rest.startIndex)..<end]), isWeak: isWeak))
            rest = rest[rest.index(after: end)...]
        }
        guard !tags.isEmpty else { return nil }
        self = .tags(tags)
    }
}

/// Conditional requests (RFC 9110, 13).
public enum Precondition {
    /// Whether a reader already has this state (`If-None-Match`, weak comparison): then the answer is 304.
    public static func isUnchanged(_ headers: HTTPFields, tag: EntityTag) -> Bool {
        switch EntityTagList(headers[values: .ifNoneMatch]) {
        case nil: false
        case .any: true
        case .tags(let tags): tags.contains { $0.opaque == tag.opaque }
        }
    }

    /// Checks that a writer has seen the present state (`If-Match`, strong comparison).
    /// - Parameter isRequired: Whether a request without the field is refused.
    /// - Throws: ``Problem`` 412 where it has not, 428 where the field is missing and required.
    public static func check(_ headers: HTTPFields, tag: EntityTag, isRequired: Bool) throws(Problem) {
        guard !headers[values: .ifMatch].isEmpty else {
            guard !isRequired else { throw Problem.preconditionRequired }
            return
        }
        switch EntityTagList(headers[values: .ifMatch]) {
        case .any: return
        case .tags(let tags) where tags.contains(where: { $0.isSame(as: tag) }): return
        default: throw Problem.preconditionFailed
        }
    }
}
