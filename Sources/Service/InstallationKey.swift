import Crypto
import Foundation
import Vocabulary

/// The key of an installation: 32 random bytes in a file that only its owner may read, beside the database and not in it, so that a
/// stolen backup opens no authenticator. Whoever loses it has to set up second factors anew, and loses nothing else.
enum InstallationKey {
    static let size = 32

    /// Reads the key; makes it where there is no file yet.
    /// - Throws: `ServiceFault` if the file is no key, if others may read it, or if it cannot be read or made.
    static func key(at path: String, _ random: RandomSource) throws -> SymmetricKey {
        if !FileManager.default.fileExists(atPath: path) { try make(at: path, random) }
        let attributes = try attributes(path)
        if let mode = attributes[.posixPermissions] as? Int, mode & 0o077 != 0 {
            throw ServiceFault("service.key-open", ["path": path])
        }
        guard let data = FileManager.default.contents(atPath: path), data.count == size else {
            throw ServiceFault("service.key-shape", ["path": path, "size": String(size)])
        }
        return SymmetricKey(data: data)
    }

    private static func attributes(_ path: String) throws(ServiceFault) -> [FileAttributeKey: Any] {
        do {
            return try FileManager.default.attributesOfItem(atPath: path)
        } catch {
            throw ServiceFault("service.key-unreadable", ["path": path])
        }
    }

    /// Written aside and then linked to its name, which fails if another process was first: then that one's key counts.
    private static func make(at path: String, _ random: RandomSource) throws(ServiceFault) {
        let part = path + "." + random.bytes(8).hexadecimal
        defer { unlink(part) }
        let isMade = FileManager.default.createFile(
            atPath: part, contents: Data(random.bytes(size)), attributes: [.posixPermissions: 0o600])
        guard isMade, link(part, path) == 0 || errno == EEXIST else {
            throw ServiceFault("service.key-unwritable", ["path": path], isOfReading: false)
        }
    }
}
