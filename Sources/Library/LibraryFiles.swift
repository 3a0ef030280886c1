import Crypto
import Foundation
import Vocabulary

/// The files under a library folder, read and hashed once.
struct LibraryFiles {
    let root: String
    /// The folder's own name, where the files are those of one folder.
    let name: String
    /// What stands before the name of a file in messages: empty for the library, whose files are named within it.
    private let shownPrefix: String
    private let trees: TreeCache
    private static let longestFile = 64 << 20

    /// - Parameter cache: The folder in which parsed files are kept between runs; nil for none.
    init(root: String, cache: URL? = nil) {
        self.root = root
        name = ""
        shownPrefix = ""
        trees = TreeCache(folder: cache, name: URL(fileURLWithPath: root).standardizedFileURL.path)
    }

    /// A file that somebody named, or the files of a folder, told by the path that they gave. Within, it goes by its own name
    /// (see `name`), so that a digest does not depend on where it lies.
    init(named path: String) {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        root = url.deletingLastPathComponent().path
        name = url.lastPathComponent
        let given = path.hasSuffix("/") ? String(path.dropLast()) : path
        // `.` and `..` don't end in the name.
        shownPrefix = given.hasSuffix(name) ? String(given.dropLast(name.count)) : root + "/"
        trees = TreeCache(folder: nil, name: url.path)
    }

    /// The name of a file as people are told it.
    func shown(_ file: String) -> String { shownPrefix + file }

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
            guard data.count <= Self.longestFile else { throw LibraryFault("library.too-large", file: shown(file)) }
            return data
        } catch let fault as LibraryFault {
            throw fault
        } catch {
            guard exists(file) else { throw LibraryFault("library.no-file", file: shown(file)) }
            throw LibraryFault("library.unreadable", file: shown(file), ["problem": error.localizedDescription])
        }
    }

    func text(_ file: String) throws(LibraryFault) -> String {
        guard let text = String(data: try bytes(file), encoding: .utf8) else {
            throw LibraryFault("library.not-utf8", file: shown(file))
        }
        return text
    }

    func entry(_ file: String) throws(LibraryFault) -> Entry {
        let shown = shown(file)
        return Entry(tree: try trees.tree(of: try bytes(file), file: shown), file: shown)
    }

    /// Keeps what was parsed for the next run.
    func keepTrees() { trees.save() }

    /// SHA-256 over the names and contents of files, so that a statement can name the exact data it rests on.
    func digest(_ files: [String]) throws(LibraryFault) -> String {
        var hash = SHA256()
        for file in files {
            hash.update(data: Data(file.utf8))
            hash.update(data: Data([0]))
            hash.update(data: trees.digest(of: try bytes(file), file: shown(file)))
        }
        return hash.finalize().hexadecimal
    }
}
