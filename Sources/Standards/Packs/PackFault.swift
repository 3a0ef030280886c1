import Vocabulary

/// Why a pack, dictionary or other file of the library cannot be used.
public struct PackFault: Error, Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case duplicate = "pack.duplicate"
        case unknownGroup = "pack.unknown-group"
        case noActivity = "pack.no-activity"
        case danglingReference = "pack.dangling-reference"
        case circularReference = "pack.circular-reference"
        case referencesTooDeep = "pack.references-too-deep"
        case unknownTier = "pack.unknown-tier"
        /// An overlay of an overlay.
        case overlayOfOverlay = "overlay.of-overlay"
        /// An overlay that takes effect before the catalogue which it changes.
        case overlayBeforeBase = "overlay.before-base"
        /// A change of an item or row that is not there.
        case overlayUnknownItem = "overlay.unknown-item"
        /// An item is added under a code that is taken.
        case overlayItemExists = "overlay.item-exists"
        /// A group is named anew that is there already.
        case overlayGroupExists = "overlay.group-exists"
        /// The group, or the chapter of a new one, is not there.
        case overlayUnknownGroup = "overlay.unknown-group"
        /// Something is asked or preferred where nothing can be aligned.
        case overlayForbidden = "overlay.forbidden"
        /// The same change of the same activity, twice.
        case overlayTwice = "overlay.twice"
    }

    public let reason: Reason
    public let subject: String
    /// The item at fault, where it is one.
    public let item: ItemCode?

    public init(_ reason: Reason, subject: String, item: ItemCode? = nil) {
        self.reason = reason
        self.subject = subject
        self.item = item
    }

    public var message: Message { Message(key: reason.rawValue, arguments: ["subject": subject]) }
}
