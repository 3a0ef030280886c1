import Crypto
import Store
import Vocabulary

/// The audit trail as far as it was read and found right, with the acts on each project.
struct CheckedTrail: Sendable {
    /// The number of the last entry that was read.
    private var last: Int64 = 0
    /// Of each project the version and the digest that its last entry says.
    private var told: [String: (version: Int64, digest: String)] = [:]

    /// Reads on, and holds the whole database against its rules.
    /// - Returns: The trail so far, the projects, and what is wrong.
    func checked(
        _ transaction: any Transaction, _ engine: Engine
    ) throws -> (trail: CheckedTrail, projects: [String: WriterBook.Kept], faults: [String]) {
        var trail = self
        var faults = try trail.readOn(transaction)
        var projects: [String: WriterBook.Kept] = [:]
        var digests: [String: (version: Int64, digest: String)] = [:]
        for row in try transaction.rows("SELECT id, version, name, status, body FROM project") {
            let id: String = try row("id")
            let body: String = try row("body")
            projects[id] = WriterBook.Kept(
                version: try row("version"), name: try row("name"), status: try row("status"))
            digests[id] = (try row("version"), Self.hexadecimal(body))
        }
        for (id, digest) in digests
        where trail.told[id]?.version != digest.version || trail.told[id]?.digest != digest.digest {
            faults.append("\(id) is \(digest), its last entry says \(String(describing: trail.told[id]))")
        }
        for id in trail.told.keys where projects[id] == nil {
            faults.append("the trail tells of \(id), which is not there")
        }
        faults += try Self.versions(transaction) + Self.orphans(transaction, engine)
        return (trail, projects, faults)
    }

    private mutating func readOn(_ transaction: any Transaction) throws -> [String] {
        var faults: [String] = []
        let rows = try transaction.rows(
            "SELECT number, act, subject, body, digest FROM audit_entry WHERE number > \(last) ORDER BY number")
        for row in rows {
            let number: Int64 = try row("number")
            let (body, digest): (String, [UInt8]) = (try row("body"), try row("digest"))
            if number != last + 1 { faults.append("a gap before entry \(number)") }
            last = number
            if Array(SHA256.hash(data: Array(body.utf8))) != digest { faults.append("the digest of entry \(number)") }
            guard case .object(let members) = try JSONValue.parse(body), members["number"] == .integer(number) else {
                faults.append("the body of entry \(number)")
                continue
            }
            let subject: String = try row("subject")
            guard subject.hasPrefix("prj_"), case .object(let detail)? = members["detail"],
                case .integer(let version)? = detail["version"], case .string(let told)? = detail["digest"]
            else { continue }
            if version != (self.told[subject]?.version ?? 0) + 1 {
                faults.append("\(subject): version \(version) out of turn")
            }
            self.told[subject] = (version, told)
        }
        let next: Int64? = try transaction.row("SELECT next FROM audit_head")?("next")
        if next != last + 1 { faults.append("the next entry is \(String(describing: next)), the last was \(last)") }
        let count: Int64? = try transaction.row("SELECT COUNT(*) AS count FROM audit_entry")?("count")
        if count != last { faults.append("\(String(describing: count)) entries, the last is \(last)") }
        return faults
    }

    /// A project is its last version, and has every one before.
    private static func versions(_ transaction: any Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT project.id AS id FROM project
            LEFT JOIN project_version last ON last.project = project.id AND last.version = project.version
            WHERE last.body IS NULL OR last.body <> project.body
                OR project.version <> (SELECT COUNT(*) FROM project_version v WHERE v.project = project.id)
                OR project.version <> (SELECT MAX(v.version) FROM project_version v WHERE v.project = project.id)
            """
        ).map { try "\($0("id", as: String.self)) is not its last version" }
    }

    private static func orphans(_ transaction: any Transaction, _ engine: Engine) throws -> [String] {
        var faults = try transaction.rows(
            "SELECT project AS id FROM project_version WHERE project NOT IN (SELECT id FROM project)"
        ).map { try "a version of \($0("id", as: String.self)), which is not there" }
        faults += try transaction.rows(
            """
            SELECT session.id AS id FROM session WHERE NOT EXISTS (
                SELECT 1 FROM audit_entry WHERE audit_entry.subject = session.id AND audit_entry.act = 'session.begin')
            """
        ).map { try "nobody signed in to \($0("id", as: String.self))" }
        guard engine == .sqlite else { return faults }
        if try !transaction.rows("SELECT 1 FROM pragma_foreign_key_check").isEmpty {
            faults.append("references to nothing")
        }
        let integrity: String? = try transaction.row("SELECT integrity_check AS said FROM pragma_integrity_check")?(
            "said")
        if integrity != "ok" { faults.append("the file: \(integrity ?? "")") }
        return faults
    }

    private static func hexadecimal(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
