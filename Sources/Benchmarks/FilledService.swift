import Access
import Foundation
import Library
import Logging
import Platform
import Projects
import Service
import Store
import Vocabulary

/// Fills the data of a service with projects, for measuring the server (docs/performance.md). Nothing that anybody would want to keep.
///
///     Benchmarks fill DATA 5000 [postgres://…]
///
/// Prints the cookie of somebody who is signed in for a district and a lender, the id of one project, the id of the lender, and a
/// token that may send its books.
enum FilledService {
    static func make(_ arguments: [String], root: String) async throws {
        guard let folder = arguments.first, arguments.count >= 2, let count = Int(arguments[1]) else { return }
        let library = try RuleLibrary.load(root: root)
        let service = try await RunningService.open(
            ServiceSettings(folder: folder, database: arguments.count > 2 ? arguments[2] : nil), library: library,
            logger: Logger(label: "fill") { _ in SwiftLogNoOpLogHandler() }, now: { now })
        let platform = service.platform
        guard let region = RegionCode(500_235), let email = EmailAddress("\(UUID().uuidString)@example.org") else {
            return
        }
        let place = Organisation(id: ID(at: now, .system), kind: .district, name: "虚构区县", region: region)
        guard let seat = RegionCode(500_000) else { return }
        let lender = Organisation(id: ID(at: now, .system), kind: .lender, name: "虚构银行", region: seat)
        let person = Person(id: ID(at: now, .system), email: email, name: "虚构人员", language: .zh, createdAt: now)
        let (key, tokenKey) = (Secret(.session, .system), Secret(.token, .system))
        let token = TokenRecord(
            id: ID(at: now, .system), organisation: lender.id, person: person.id, name: "核心系统",
            scopes: [.booksRead, .booksWrite], createdAt: now, expiresAt: now.advanced(bySeconds: 12 * 3600))
        let session = SessionRecord(
            id: ID(at: now, .system), person: person.id, createdAt: now, seenAt: now,
            expiresAt: now.advanced(bySeconds: 12 * 3600), address: "127.0.0.1", agent: "Benchmarks")
        let viewer = try await platform.database.write { transaction -> Viewer in
            try transaction.organisations.insert(place, at: now)
            try transaction.people.insert(person, password: nil)
            try transaction.memberships.set([.officer, .reviewer], of: person.id, in: place.id, at: now)
            try transaction.organisations.insert(lender, at: now)
            try transaction.memberships.set([.officer], of: person.id, in: lender.id, at: now)
            try transaction.sessions.insert(session, digest: key.digest.bytes)
            try transaction.tokens.insert(token, digest: tokenKey.digest.bytes)
            return Viewer(
                person: person.id, name: person.name, language: .zh,
                memberships: try transaction.memberships.current(of: person.id), credential: .session(session.id))
        }
        var last: ID<Project>?
        for number in 1...max(1, count) {
            last = try await platform.registerProject(project(number), for: place.id, by: viewer).project.id
        }
        try await platform.database.close()
        print("jialing=\(key.text) \(last?.text ?? "") \(lender.id.text) \(tokenKey.text)")
    }

    private static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// A wind farm with what its judgement needs.
    private static func project(_ number: Int) -> JSONValue {
        [
            "name": .string("虚构\(number)号100MW风电场"), "owner": ["name": .string("虚构\(number % 700)新能源有限公司")],
            "region": "500235", "purpose": "建设100MW陆上风电场，含25台4MW机组、升压站及集电线路", "stage": "approved",
            "total_investment": "65000000000", "need": ["amount": "45000000000", "kind": "loan", "tenor_months": 180],
            "subjects": ["cn.green-finance.2025": "4.2.1"],
            "facts": ["installed_capacity": ["value": 100_000, "document": "核准批复（虚构）"]],
        ]
    }
}
