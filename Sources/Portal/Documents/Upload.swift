import Hummingbird
import Platform
import Vocabulary
import Web

/// A form that brought one file, in the field `file`.
struct Upload {
    let fields: FormFields
    let name: String
    let declared: String?
    private let incoming: IncomingFile
    /// What was wrong with the file while it came.
    private let fault: PlatformFault?

    /// Reads the form as it arrives.
    /// - Parameter limit: The most bytes of the file.
    /// - Throws: `Problem` for what is no form, or has two files.
    init(_ request: Request, limit: Int) async throws {
        let incoming = try IncomingFile(limit: limit)
        var reader = try MultipartReader(request)
        var first: MultipartPart?
        var isOver = false
        var fault: PlatformFault?
        fields = try await reader.read { part, bytes in
            guard part.name == "file", !isOver else { throw Problem.badRequest }
            first = first ?? part
            guard let bytes else {
                isOver = true
                return
            }
            // A file that is too large is read to its end, so that the sender gets to read the answer.
            guard fault == nil else { return }
            do throws(PlatformFault) { try incoming.append(bytes) } catch { fault = error }
        }
        name = first?.fileName ?? ""
        declared = first?.mediaType
        self.incoming = incoming
        self.fault = fault
    }

    /// The file, when it is whole.
    func file() throws(PlatformFault) -> ReceivedFile {
        if let fault { throw fault }
        return try incoming.finish()
    }
}
