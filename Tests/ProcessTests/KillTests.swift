import Dispatch
import Foundation
import Glibc
import Seeded
import Store
import Testing

extension ServerProcessTests {
    @Suite("Killed at any moment")
    struct KillTests {
        private static let writers = 4
        private static let rounds = LongTests.areOn ? 200 : 6

        @Test(
            "What a server acknowledged before it was killed is kept, and nothing half done is seen",
            arguments: Engine.allCases)
        func killed(engine: Engine) async throws {
            try await Site.with(engine, ["--viewer-rate", "1000000/1000000"]) { site in
                var server = try await site.start(isFirst: true)
                var administrator = try await site.administrator(server)
                let place = try await site.organisation(
                    &administrator, kind: "district", name: "虚构区县", region: "500235")
                // One person may enter and publish here: what is tried is the server, not the four eyes.
                let author = try await site.member(
                    server, &administrator, of: place, roles: ["officer", "reviewer"], email: "author@example.org")
                var chance = SeededGenerator(seed: 20_261_121)
                var books = (0..<Self.writers).map { WriterBook(writer: $0, organisation: place, seed: chance.next()) }
                var trail = CheckedTrail()
                var acknowledged = 0
                for round in 1...Self.rounds {
                    let kill = KillPlan(
                        acknowledgements: Int.random(in: 0...25, using: &chance),
                        microseconds: UInt32.random(in: 0...20_000, using: &chance))
                    let (port, pid, before) = (server.port, server.pid, books)
                    let outcome = try await Exchange.waiting {
                        Self.write(before, author.at(port), round: round, until: kill, pid)
                    }
                    books = outcome.books
                    acknowledged += outcome.acknowledged
                    #expect(outcome.surprises == [], "round \(round)")
                    #expect(await server.end() == 128 + SIGKILL, "round \(round)")
                    server = try await site.start()
                    let known = trail
                    let kept = try await site.withDatabase { database in
                        try await database.read { try known.checked($0, engine) }
                    }
                    trail = kept.trail
                    #expect(kept.faults == [], "round \(round)")
                    let faults = WriterBook.settle(&books, kept.projects)
                    #expect(faults == [], "round \(round)")
                    try await look(author.at(server.port), at: books, round: round)
                    if !(outcome.surprises + kept.faults + faults).isEmpty { return }
                }
                // A test that wrote nothing would pass as well.
                #expect(acknowledged > Self.rounds * 5)
                #expect(await server.stop() == 0)
            }
        }

        /// The sign-in of before holds, and a page shows what the database has.
        private func look(_ author: Browser, at books: [WriterBook], round: Int) async throws {
            guard let (id, project) = books[round % books.count].projects.first else { return }
            var browser = author
            let page = try await browser.asks { try $0.get("/projects/\(id)/edit") }
            #expect(page.status == 200, "round \(round)")
            #expect(page.body.contains("name=\"version\" value=\"\(project.version)\""), "round \(round)")
            #expect(page.body.contains(project.name), "round \(round)")
        }

        private struct KillPlan: Sendable {
            let acknowledgements: Int
            let microseconds: UInt32
        }

        private struct Outcome: Sendable {
            let books: [WriterBook]
            let acknowledged: Int
            let surprises: [String]
        }

        /// Writes from several threads until the server is dead.
        private static func write(
            _ books: [WriterBook], _ author: Browser, round: Int, until plan: KillPlan, _ pid: pid_t
        ) -> Outcome {
            let heard = DispatchSemaphore(value: 0)
            let group = DispatchGroup()
            let results = SharedResults(books)
            for index in books.indices {
                let thread = Thread {
                    var (book, browser) = (books[index], author)
                    var count = 0
                    var surprise: String?
                    while surprise == nil, count < 5000 {
                        do {
                            surprise = try book.act(&browser, round: round)
                            count += 1
                            heard.signal()
                        } catch {
                            // The connection broke: the server is dead.
                            break
                        }
                    }
                    if surprise != nil { heard.signal() }
                    results.put(book, at: index, count, surprise)
                    group.leave()
                }
                group.enter()
                thread.start()
            }
            for _ in 0..<plan.acknowledgements where heard.wait(timeout: .now() + 30) == .timedOut { break }
            // The moment falls anywhere within the requests that are under way: that is what is tried.
            usleep(plan.microseconds)
            kill(pid, SIGKILL)
            group.wait()
            return results.outcome { Outcome(books: $0, acknowledged: $1, surprises: $2) }
        }
    }
}

/// What the threads of one round bring back.
private final class SharedResults: @unchecked Sendable {
    private let lock = NSLock()
    private var books: [WriterBook]
    private var count = 0
    private var surprises: [String] = []

    init(_ books: [WriterBook]) { self.books = books }

    func put(_ book: WriterBook, at index: Int, _ count: Int, _ surprise: String?) {
        lock.withLock {
            books[index] = book
            self.count += count
            if let surprise { surprises.append(surprise) }
        }
    }

    func outcome<Result>(_ make: ([WriterBook], Int, [String]) -> Result) -> Result {
        lock.withLock { make(books, count, surprises) }
    }
}
