import Foundation
import Library

/// The library of the repository, read once for all tests of a process.
public enum RealLibrary {
    public static let root: String = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Library").path
    }()

    /// With the invented overlays of Examples/overlays besides.
    public static func loadedWithOverlays() throws -> RuleLibrary { try withOverlays.get() }

    private static let withOverlays = Result { () throws(LibraryFault) in
        try RuleLibrary.load(root: root, packs: [root + "/../Examples/overlays"])
    }

    private static let once = Result { () throws(LibraryFault) in try RuleLibrary.load(root: root) }

    public static func loaded() throws -> RuleLibrary { try once.get() }
}
