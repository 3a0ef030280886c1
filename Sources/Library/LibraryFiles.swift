import Crypto
import Foundation
import Vocabulary

/// The files under a library folder, read and hashed once.
struct LibraryFiles {
    let root: String
    private let trees: TreeCache
    private static let longestFile = 64 << 20

    /// - Parameter cache: The folder in which parsed files are kept between runs; nil for none.
    init(root: String, cache: URL? = nil) {
        self.root = root
        trees = TreeCache(folder: cache, name: URL(fileURLWithPath: root).standardizedFileURL.path)
    }

    /// Names of the files of a folder that end so, sorted; empty where the folder is not there.
    func names(in folder: String, ending: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
    }

    func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
    }

    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + file) }

    func bytes(_ file: String) throws(LibraryFault) -> Data {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: root + "/" + file), options: .mappedIfSafe)
            guard data.count <= Self.longestFile else { throw LibraryFault("library.too-large", file: file) }
            return data
        } catch let fault as LibraryFault {
            throw fault
        } catch {
            throw LibraryFault("library.unreadable", file: file, ["problem": error.localizedDescription])
        }
    }

    func text(_ file: String) throws(LibraryFault) -> String {
        guard let text = String(data: try bytes(file), encoding: .utf8) else {
            throw LibraryFault("library.not-utf8", file: file)
        }
        return text
    }

    func entry(_ file: String) throws(LibraryFault) -> Entry {
        Entry(tree: try trees.tree(of: try bytes(file), file: file), file: file)
    }

    /// Keeps what was parsed for the next run.
    func keepTrees() { trees.save() }

    /// SHA-256 over the names and contents of files, so that a statement can name the exact data it rests on.
    func digest(_ files: [String]) throws(LibraryFault) -> String {
        var hash = SHA256()
        for file in files {
            hash.update(data: Data(file.utf8))
            hash.update(data: Data([0]))
            hash.update(data: trees.digest(of: try bytes(file), file: file))
        }
        return hash.finalize().hexadecimal
    }
}
