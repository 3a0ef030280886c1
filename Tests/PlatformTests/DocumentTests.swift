import Access
import Crypto
import PlatformFixtures
import Projects
import Seeded
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Documents of a project")
struct DocumentTests {
    private let capacity = FactID("installed_capacity")

    /// A project that states its capacity without a document.
    private func project(_ house: TestPlatform, by officer: Viewer) async throws -> ProjectRecord {
        try await house.platform.registerProject(
            ["name": "虚构风电场", "facts": ["installed_capacity": ["value": 100_000]]], for: officer.home, by: officer)
    }

    private func counts(_ house: TestPlatform) async throws -> [Int] {
        try await house.platform.database.read { transaction in
            let contents = try transaction.rows("SELECT digest FROM content")
            let pieces = try transaction.rows("SELECT position FROM content_piece")
            return [contents.count, pieces.count]
        }
    }

    private func key(_ fault: any Error) -> String? {
        guard case PlatformFault.invalid(let faults) = fault, faults.count == 1 else { return nil }
        return faults[0].message.key
    }

    @Test("A document proves a fact until it is taken away; history and trail keep both", arguments: Engine.allCases)
    func proof(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            let file = try SampleFiles.received(SampleFiles.pdf)
            let attached = try await house.platform.attach(
                file, name: "核准批复.pdf", declared: "application/pdf", proving: [capacity], to: id, by: officer)
            #expect(attached.version == 2)
            let fact = try #require(attached.project.facts[capacity])
            #expect(fact.assurance == .documented && fact.document == "核准批复.pdf" && fact.statedBy == officer.name)
            #expect(attached.project.documents.map(\.digest) == [SHA256.hash(data: SampleFiles.pdf).hexadecimal])
            #expect(attached.project.documents[0].mediaType == "application/pdf")
            // Once more the same: nothing changes.
            let again = try await house.platform.attach(
                file, name: "核准批复.pdf", proving: [capacity], to: id, by: officer)
            #expect(again.version == 2)
            let detached = try await house.platform.detach(file.digest, from: id, version: 2, by: officer)
            #expect(detached.project.documents.isEmpty)
            #expect(detached.project.facts[capacity]?.assurance == .stated)
            #expect(detached.project.facts[capacity]?.document == nil)
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.document(file.digest, of: id, by: officer)
            }
            let history = try await house.platform.history(of: id, by: officer)
            #expect(history.map { $0.project.documents.count } == [0, 1, 0])
            #expect(try await counts(house) == [1, 1])
            let trail = try await house.platform.database.read { try $0.audit.list(subject: id.text, limit: 9) }
            #expect(trail.map(\.act) == ["project.edit", "project.edit", "project.register"])
            #expect(trail[1].body.contains(file.digest))
        }
    }

    @Test("A fact that changes is no longer proved by the document of what it said before", arguments: Engine.allCases)
    func stale(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            _ = try await house.platform.attach(
                try SampleFiles.received(SampleFiles.pdf), name: "a.pdf", proving: [capacity], to: id, by: officer)
            let changed = try await house.platform.editProject(
                id, ["name": "虚构风电场", "facts": ["installed_capacity": ["value": 90_000]]], version: 2, by: officer)
            #expect(changed.project.facts[capacity]?.assurance == .stated)
            #expect(changed.project.documents.map(\.proves) == [[]])
        }
    }

    @Test(
        "Every kind is known by its bytes",
        arguments: [
            ("a.pdf", SampleFiles.pdf, DocumentKind.pdf), ("a.PNG", SampleFiles.png, .png),
            ("a.jpeg", SampleFiles.jpeg, .jpeg),
            ("a.jpg", SampleFiles.jpeg, .jpeg), ("a.docx", SampleFiles.docx, .docx), ("表.csv", SampleFiles.csv, .csv),
            ("a.txt", SampleFiles.gb18030, .text), ("a.txt", SampleFiles.csv, .text),
        ])
    func kinds(name: String, bytes: [UInt8], kind: DocumentKind) throws {
        #expect(try SampleFiles.received(bytes).kind(name: name, declared: nil) == kind)
        #expect(try SampleFiles.received(bytes).kind(name: name, declared: kind.mediaType) == kind)
    }

    @Test("A workbook that a spreadsheet program wrote is one")
    func workbook() throws {
        let file = try SampleFiles.received(SampleFiles.workbook([["项目名称"], ["虚构风电场"]]))
        #expect(try file.kind(name: "a.xlsx", declared: nil) == .xlsx)
    }

    @Test(
        "A file that is not what it says is refused, with what is wrong",
        arguments: [
            ("a.pdf", SampleFiles.png, nil, "document.name-lies"),
            ("a.png", SampleFiles.pdf, nil, "document.name-lies"),
            ("a.xlsx", SampleFiles.docx, nil, "document.name-lies"),
            ("a.docx", SampleFiles.archive(["[Content_Types].xml", "xl/workbook.xml"]), nil, "document.name-lies"),
            ("a.csv", SampleFiles.pdf, nil, "document.name-lies"),
            ("a.pdf", SampleFiles.csv, nil, "document.name-lies"),
            ("a.pdf", SampleFiles.pdf, "text/html", "document.type-lies"),
            ("a.png", SampleFiles.png, "image/jpeg", "document.type-lies"),
            ("a.exe", SampleFiles.pdf, nil, "document.ending"),
            ("pdf", SampleFiles.pdf, nil, "document.ending"),
            (".pdf", SampleFiles.pdf, nil, "document.ending"),
            ("a.pdf.exe", SampleFiles.pdf, nil, "document.ending"),
            ("a.txt", Array("<html><script>".utf8), nil, "document.kind-unknown"),
            ("a.csv", [0xEF, 0xBB, 0xBF, 0x20] + Array("<svg>".utf8), nil, "document.kind-unknown"),
            ("a.txt", [0x4D, 0x5A, 0x00, 0x01], nil, "document.kind-unknown"),
            ("a.txt", [0xFF, 0xFE, 0x41, 0x00], nil, "document.kind-unknown"),
            ("a.txt", [0xC3], nil, "document.kind-unknown"),
            ("a.xlsx", SampleFiles.archive(["a.txt"]), nil, "document.kind-unknown"),
            (
                "a.xlsx", SampleFiles.archive(["[Content_Types].xml", "xl/workbook.xml", "word/document.xml"]), nil,
                "document.kind-unknown"
            ),
            (
                "a.xlsx", SampleFiles.archive(["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]), nil,
                "document.macros"
            ),
            ("a.docx", Array(SampleFiles.docx.dropLast(30)), nil, "document.damaged"),
            ("a.docx", Array(SampleFiles.docx.prefix(10)), nil, "document.damaged"),
        ] as [(String, [UInt8], String?, String)])
    func lies(name: String, bytes: [UInt8], declared: String?, wanted: String) throws {
        let file = try SampleFiles.received(bytes)
        do {
            _ = try file.kind(name: name, declared: declared)
            Issue.record("\(name) was taken")
        } catch {
            #expect(key(error) == wanted)
        }
    }

    @Test("A damaged container ends in a message, whatever byte is wrong")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 50)
        for _ in 0..<400 {
            var bytes = SampleFiles.docx
            for _ in 0..<3 {
                bytes[Int.random(in: 4..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let file = try SampleFiles.received(bytes)
            do throws(PlatformFault) { _ = try file.kind(name: "a.docx", declared: nil) } catch {
                #expect(key(error)?.hasPrefix("document.") == true)
            }
        }
    }

    @Test("Sizes at the edges of pieces come back byte for byte", arguments: Engine.allCases)
    func pieces(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            let piece = Contents.pieceBytes
            for (number, size) in [piece - 1, piece, piece + 1, 2 * piece].enumerated() {
                var bytes = SampleFiles.pdf
                while bytes.count < size { bytes.append(UInt8(truncatingIfNeeded: bytes.count &* 31 >> 3)) }
                let file = try SampleFiles.received(bytes)
                _ = try await house.platform.attach(file, name: "\(number).pdf", to: id, by: officer)
                let stored = try await house.platform.document(file.digest, of: id, by: officer)
                #expect(stored.pieceCount == (size + piece - 1) / piece)
                var read: [UInt8] = []
                for position in 0..<stored.pieceCount {
                    read += try await house.platform.piece(position, of: stored)
                }
                #expect(read == bytes)
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.piece(stored.pieceCount, of: stored)
                }
            }
        }
    }

    @Test("The largest document is taken, one byte more is not", arguments: Engine.allCases)
    func limit(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            let incoming = try IncomingFile(limit: Platform.mostDocumentBytes)
            try incoming.append(Array("%PDF-".utf8))
            let block = [UInt8](repeating: 7, count: 1 << 20)
            for _ in 0..<49 { try incoming.append(block) }
            try incoming.append(Array(block.dropLast(5)))
            let file = try incoming.finish()
            #expect(file.byteCount == Platform.mostDocumentBytes)
            let record = try await house.platform.attach(file, name: "large.pdf", to: id, by: officer)
            #expect(record.project.documents[0].byteCount == Int64(Platform.mostDocumentBytes))
            #expect(try await counts(house) == [1, 200])
            do throws(PlatformFault) {
                try incoming.append([1])
                Issue.record("too much was taken")
            } catch {
                #expect(key(error) == "document.too-large")
            }
            #expect(throws: PlatformFault.self) { try IncomingFile(limit: 10).finish() }
        }
    }

    @Test("The same content, brought by several at once, is kept once", arguments: Engine.allCases)
    func atOnce(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            var officers: [(Viewer, ID<Project>)] = []
            for _ in 0..<4 {
                let officer = try await house.member(.enterprise, [.officer])
                officers.append((officer, try await project(house, by: officer).project.id))
            }
            let bytes = SampleFiles.pdf + [UInt8](repeating: 9, count: 600_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (officer, id) in officers {
                    group.addTask {
                        _ = try await house.platform.attach(
                            try SampleFiles.received(bytes), name: "a.pdf", to: id, by: officer)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await counts(house) == [1, 3])
            for (officer, id) in officers {
                #expect(try await house.platform.project(id, by: officer).project.documents.count == 1)
            }
        }
    }

    @Test("Two documents attached to one project at once are both there", arguments: Engine.allCases)
    func twoAtOnce(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        _ = try await house.platform.attach(
                            try SampleFiles.received(SampleFiles.pdf + [UInt8(number)]), name: "\(number).pdf", to: id,
                            by: officer)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await house.platform.project(id, by: officer).project.documents.count == 4)
        }
    }

    @Test("What was refused or broken off leaves nothing in the store", arguments: Engine.allCases)
    func nothingHalf(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await project(house, by: officer).project.id
            let broken = try IncomingFile(limit: 1000)
            try broken.append(SampleFiles.pdf)
            let file = try SampleFiles.received(SampleFiles.pdf)
            await #expect(throws: PlatformFault.self) {
                try await house.platform.attach(file, name: "a.pdf", proving: [FactID("no_such")], to: id, by: officer)
            }
            await #expect(throws: PlatformFault.changedMeanwhile) {
                try await house.platform.attach(file, name: "a.pdf", to: id, version: 7, by: officer)
            }
            await #expect(throws: PlatformFault.self) {
                try await house.platform.attach(file, name: "a/b.pdf", to: id, by: officer)
            }
            #expect(try await counts(house) == [0, 0])
            #expect(try await house.platform.project(id, by: officer).version == 1)
        }
    }

    @Test(
        "Who may not read the project gets no document of it, even with its digest; who does is noted",
        arguments: Engine.allCases)
    func whoReads(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let other = try await house.member(.enterprise, [.officer])
            let regulator = try await house.member(.regulator, [.reader])
            let json: JSONValue = ["name": "虚构风电场", "region": "500235"]
            let id = try await house.platform.registerProject(json, for: officer.home, by: officer).project.id
            let file = try SampleFiles.received(SampleFiles.pdf)
            _ = try await house.platform.attach(file, name: "a.pdf", to: id, by: officer)
            let own = try await project(house, by: other).project.id
            for asked in [id, own] {
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.document(file.digest, of: asked, by: other)
                }
            }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.attach(file, name: "b.pdf", to: id, by: other)
            }
            await #expect(throws: PlatformFault.forbidden(.editProject)) {
                try await house.platform.prepareToAttach(to: id, by: regulator)
            }
            _ = try await house.platform.document(file.digest, of: id, by: regulator)
            let notes = try await house.platform.database.read { try $0.readings.list(subject: id.text, limit: 9) }
            #expect(notes.map(\.act) == ["project.read-document"])
            #expect(notes.map(\.person) == [regulator.person])
        }
    }
}
