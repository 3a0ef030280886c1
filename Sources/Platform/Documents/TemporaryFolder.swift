import Foundation

/// A folder that only this process reads, for what a library insists on writing to a path.
enum TemporaryFolder {
    /// The bytes of a file that `write` makes at the path that it is given.
    /// - Throws: What `write` throws; `PlatformFault.busy` where the file cannot be made or read again.
    static func bytes(_ write: (_ path: String) throws -> Void) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PlatformFault.busy
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "file").path
        try write(path)
        guard let data = FileManager.default.contents(atPath: path) else { throw PlatformFault.busy }
        return Array(data)
    }
}
