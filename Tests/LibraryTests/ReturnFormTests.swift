import Foundation
import Seeded
import Standards
import Statistics
import Testing
import Vocabulary

@testable import Library

@Suite("The forms of statutory returns")
struct ReturnFormTests {
    private static func delivered() throws -> String {
        try String(
            contentsOfFile: LoadedLibrary.root + "/statistics/returns/green-loans.yaml", encoding: .utf8)
    }

    private static func read(_ text: String) throws -> [ReturnForm] {
        let folder = try CheckedFolder()
        try folder.write(text, to: "statistics/returns/form.yaml")
        return try RuleLibrary.returnForms(
            LibraryFiles(root: folder.root), indicators: Set(try LoadedLibrary.shared().indicators.map(\.id)))
    }

    @Test("The delivered form says that it was not compared with the official one, and counts what the notices name")
    func deliveredForm() throws {
        let library = try LoadedLibrary.shared()
        let form = try #require(library.returnForms.first)
        #expect(!form.isConfirmed && form.frequency == .quarter)
        #expect(Set(form.tables.map(\.axis)) == Set(ReturnTableForm.Axis.allCases))
        let counted = form.tables.flatMap(\.columns).compactMap { column -> String? in
            if case .benefit(let indicator) = column.measure { return indicator }
            return nil
        }
        #expect(Set(counted) == Set(library.indicators.filter(\.national).map(\.id)))
        for id in ["cn.green-finance.2025", "cn.green-industry.2019"] {
            for chapter in try #require(library.pack(id)).chapters {
                #expect(form.kind(ofChapter: chapter.code, in: id) != nil, "\(id) \(chapter.code)")
            }
        }
    }

    @Test(
        "A mistake in a form is told with its place",
        arguments: [
            ("measure: drawn}", "measure: drawings}"), ("sum_of: [substandard, doubtful, loss]", "sum_of: [bad]"),
            ("sum_of: [substandard, doubtful, loss]", "sum_of: [loans, loss]"),
            ("marks: [direct]", "marks: [directly]"), ("kinds: [service]", "kinds: [services]"),
            ("qualities: [loss]", "qualities: [lost]"), ("lines: industry", "lines: trade"),
            ("right: [industry.closing]", "right: [industry.nothing]"),
            ("right: [industry.closing]", "right: [industry]"), ("left: [purpose.closing]", "left: []"),
            ("relation: equal", "relation: same"), ("severity: error", "severity: fatal"),
            ("right: [database.green]", "right: [database.red]"), ("frequency: quarter", "frequency: week"),
            ("id: green-loans", "id: Green loans"), ("id: industry\n", "id: purpose\n"),
            ("benefit:water_t", "benefit:wine_t"), ("- id: drawn", "- identity: drawn"),
            ("{id: drawn,", "{id: opening,"), ("cn.green-industry.2019: [\"6\"]", "cn.green-industry.2019: [\"5\"]"),
            ("lines: flow", "lines: flows"), ("confirmed: false", "confirmed: perhaps"),
        ])
    func mistakes(_ change: (wanted: String, wrong: String)) throws {
        let text = try Self.delivered()
        let first = try #require(
            text.range(of: change.wanted) ?? text.range(of: change.wanted.replacing("- id:", with: "{id:")))
        let wrong = text.replacingCharacters(in: first, with: change.wrong.replacing("- identity:", with: "{identity:"))
        do {
            _ = try Self.read(wrong)
            Issue.record("read all the same: \(change.wrong)")
        } catch let fault as LibraryFault {
            let line = try #require(fault.line)
            #expect(line > 0)
            let phrasebook = try LoadedLibrary.shared().phrasebook
            for language in Language.allCases {
                #expect(!phrasebook.text(fault.message, in: language).contains("{"))
            }
        }
    }

    @Test("A form of which any byte may have been changed is read or refused, and never ends the program")
    func fuzz() throws {
        let bytes = Array(try Self.delivered().utf8)
        var chance = SeededGenerator(seed: 7)
        for _ in 0..<150 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                let place = Int.random(in: 0..<changed.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: changed[place] = UInt8.random(in: 32...126, using: &chance)
                case 1:
                    changed.removeSubrange(place..<min(changed.count, place + Int.random(in: 1...40, using: &chance)))
                default: changed.insert(contentsOf: "[]{}:-*.,\"\n ".utf8.shuffled(using: &chance).prefix(2), at: place)
                }
            }
            do {
                _ = try Self.read(String(decoding: changed, as: UTF8.self))
            } catch is LibraryFault {
                continue
            }
        }
    }
}
