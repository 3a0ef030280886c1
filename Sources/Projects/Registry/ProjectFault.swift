import Standards
import Vocabulary

/// Something about a project that its owner has to put right, with the field that it is about.
public struct ProjectFault: Error, Sendable, Hashable {
    /// What is wrong. The raw value is the key of the phrase.
    public enum Reason: String, Sendable, CaseIterable {
        case missing = "project.fault.missing"
        case tooLong = "project.fault.too-long"
        case tooMany = "project.fault.too-many"
        case controlCharacter = "project.fault.control-character"
        case duplicate = "project.fault.duplicate"
        case notPositive = "project.fault.not-positive"
        case moreThanTotal = "project.fault.more-than-total"
        case partsMoreThanTotal = "project.fault.parts-more-than-total"
        case tenor = "project.fault.tenor"
        case rate = "project.fault.rate"
        case dateOrder = "project.fault.date-order"
        case digest = "project.fault.digest"
        case fileName = "project.fault.file-name"
        case mediaType = "project.fault.media-type"
        case byteCount = "project.fault.byte-count"
        case unlistedRegion = "project.fault.unlisted-region"
        case unlistedIndustry = "project.fault.unlisted-industry"
        case unknownStandard = "project.fault.unknown-standard"
        case unknownItem = "project.fault.unknown-item"
        case unknownFact = "project.fault.unknown-fact"
        case factValue = "project.fault.fact-value"
        case factWithoutDocument = "project.fault.fact-without-document"
        case email = "project.fault.email"
        case telephone = "project.fault.telephone"
        case statusStep = "project.fault.status-step"
        case stageStep = "project.fault.stage-step"
        case mergedInto = "project.fault.merged-into"
    }

    public let reason: Reason
    /// The field as a JSON Pointer (RFC 6901) into the project: `/owner/name`, `/formerNames/2`, `/facts/installed_capacity`.
    public let path: String
    /// Values for the placeholders of the phrase.
    public let arguments: [String: String]

    public init(_ reason: Reason, at path: String, _ arguments: [String: String] = [:]) {
        self.reason = reason
        self.path = path
        self.arguments = arguments
    }

    public var message: Message { Message(key: reason.rawValue, arguments: arguments) }

    /// The place of a fact.
    static func path(of fact: FactID) -> String { JSONPointer.root.appending("facts").appending(fact.name).description }
}
