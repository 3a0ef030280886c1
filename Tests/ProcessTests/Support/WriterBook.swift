import Seeded

/// What one writer was told by the server, and what it asked and got no answer to.
struct WriterBook: Sendable {
    /// A project as the last answer left it.
    struct Known: Sendable {
        var version: Int64
        var name: String
        var status: String
        /// What the unanswered request would have made of it.
        var attempt: (name: String, status: String)?
    }

    /// A project as the database has it.
    struct Kept: Sendable {
        let version: Int64
        let name: String
        let status: String
    }

    private let writer: Int
    private let organisation: String
    private var chance: SeededGenerator
    private var next = 0
    private(set) var projects: [String: Known] = [:]
    /// The name in a registration that was not answered.
    private var registering: String?

    init(writer: Int, organisation: String, seed: UInt64) {
        self.writer = writer
        self.organisation = organisation
        chance = SeededGenerator(seed: seed)
    }

    /// Sends one request and notes the answer.
    /// - Returns: What was answered that never should be; nil if all is well.
    /// - Throws: `ExchangeFault` if there was no answer.
    mutating func act(_ browser: inout Browser, round: Int) throws -> String? {
        next += 1
        let name = "\(word())\(writer)号第\(round)轮第\(next)项风电场"
        let ids = projects.keys.sorted()
        guard let id = ids.randomElement(using: &chance), Int.random(in: 0..<4, using: &chance) > 0,
            let known = projects[id]
        else {
            registering = name
            let answer = try browser.post("/projects", [("organisation", organisation)] + fields(name))
            guard answer.status == 303,
                let id = Browser.between("/projects/", "?", in: answer.header("Location") ?? "")
            else { return "register: \(answer.status) \(answer.body.prefix(2000))" }
            registering = nil
            projects[id] = Known(version: 1, name: name, status: "draft")
            return nil
        }
        let path: String
        var form = [("version", "\(known.version)"), ("reason", "虚构理由")]
        var attempt = (name: known.name, status: known.status)
        if Bool.random(using: &chance) {
            path = "edit"
            form += fields(name)
            attempt.name = name
        } else {
            path = "step"
            let (step, status) = Self.steps[known.status]?.randomElement(using: &chance) ?? ("submit", "submitted")
            form.append(("step", step))
            attempt.status = status
        }
        projects[id]?.attempt = attempt
        let answer = try browser.post("/projects/\(id)/\(path)", form)
        guard answer.status == 303 else { return "\(path): \(answer.status) \(answer.body.prefix(2000))" }
        projects[id] = Known(version: known.version + 1, name: attempt.name, status: attempt.status)
        return nil
    }

    private static let steps: [String: [(String, String)]] = [
        "draft": [("submit", "submitted")],
        "submitted": [("publish", "published"), ("return", "draft")],
        "published": [("submit", "submitted")],
    ]

    private func fields(_ name: String) -> [(String, String)] {
        [
            ("name", name), ("owner_name", "虚构\(writer)新能源有限公司"), ("region", "500235"), ("purpose", "建设陆上风电场"),
            ("stage", "approved"), ("total_investment", "65000"), ("need_amount", "45000"), ("need_kind", "loan"),
            ("need_tenor", "180"), ("facts", "installed_capacity = 100000"),
            ("subjects", "cn.green-finance.2025 = 4.2.1"),
        ]
    }

    /// Names that are unlike each other, so that none is taken for a duplicate.
    private mutating func word() -> String {
        String(
            (0..<4).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0x4E00...0x8FFF, using: &chance)) }.map(
                Character.init))
    }

    /// Compares all books with the database, and takes over what became of unanswered requests.
    /// - Returns: What is lost, changed without an acknowledgement, or there without a request.
    static func settle(_ books: inout [WriterBook], _ kept: [String: Kept]) -> [String] {
        var faults: [String] = []
        var unclaimed = kept
        for index in books.indices {
            for (id, known) in books[index].projects {
                guard let found = unclaimed.removeValue(forKey: id) else {
                    faults.append("\(id): lost")
                    continue
                }
                let isAsKnown =
                    found.version == known.version && found.name == known.name && found.status == known.status
                let isAsAttempted =
                    known.attempt.map {
                        found.version == known.version + 1 && found.name == $0.name && found.status == $0.status
                    } ?? false
                if !isAsKnown && !isAsAttempted { faults.append("\(id): \(found), but known \(known)") }
                books[index].projects[id] = Known(version: found.version, name: found.name, status: found.status)
            }
        }
        for (id, found) in unclaimed {
            let index = books.firstIndex { $0.registering == found.name }
            guard let index, found.version == 1, found.status == "draft" else {
                faults.append("\(id): nobody asked for \(found)")
                continue
            }
            books[index].projects[id] = Known(version: 1, name: found.name, status: "draft")
        }
        for index in books.indices { books[index].registering = nil }
        return faults
    }
}
