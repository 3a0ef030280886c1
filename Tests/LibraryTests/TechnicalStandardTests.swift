import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("Technical standards as facts")
struct TechnicalStandardTests {
    private static let aspects = """
        aspects:
          conforms:
            label: {zh: "符合《{title}》（{standard}）", en: "conforms to {standard}, {title}"}
            evidence: {zh: "依据{standard}的证书", en: "certificate under {standard}"}
            valid_months: 36
          grade:
            label: {zh: "在《{title}》中的等级", en: "grade under {standard}"}
            evidence: {zh: "依据{standard}的检测报告", en: "test report under {standard}"}
          level:
            label: {zh: "达到《{title}》的{level}", en: "reaches the {level} of {standard}"}
            evidence: {zh: "达到{level}的报告", en: "report on the {level}"}
            valid_months: 12

        """

    private static let standards = """
        technical_standards:
          GB/T 1:
            title: {zh: 导则, en: guide}
          GB 2:
            title: {zh: 限定值, en: limits}
            grades: "3"
            levels:
              target: {zh: 目标值, en: target value}
              limit: {zh: 限值, en: limit value}

        """

    private func facts(_ text: String) throws -> [FactDefinition] {
        try Entry.root(of: text, file: "facts.yaml").factDefinitions()
    }

    private func fault(_ text: String) throws -> LibraryFault? {
        do {
            _ = try facts(text)
            return nil
        } catch let fault as LibraryFault {
            return fault
        }
    }

    @Test("A standard gives a fact for conforming, one for its grade where it has grades and one for each level")
    func facts() throws {
        let found = try facts(Self.aspects + Self.standards)
        #expect(
            found.map(\.id.name) == ["gb_t_1.conforms", "gb_2.conforms", "gb_2.grade", "gb_2.target", "gb_2.limit"])
        #expect(
            found.map(\.kind) == [
                .yesNo, .yesNo, .number(unit: .one, minimum: 1, maximum: 3), .yesNo, .yesNo,
            ])
        #expect(found.map(\.validMonths) == [36, 36, nil, 12, 12])
    }

    @Test("Labels and evidence are filled in with the standard, its title and the level, in both languages")
    func words() throws {
        let found = try facts(Self.aspects + Self.standards)
        #expect(
            found.map(\.label) == [
                BilingualText(zh: "符合《导则》（GB/T 1）", en: "conforms to GB/T 1, guide"),
                BilingualText(zh: "符合《限定值》（GB 2）", en: "conforms to GB 2, limits"),
                BilingualText(zh: "在《限定值》中的等级", en: "grade under GB 2"),
                BilingualText(zh: "达到《限定值》的目标值", en: "reaches the target value of GB 2"),
                BilingualText(zh: "达到《限定值》的限值", en: "reaches the limit value of GB 2"),
            ])
        #expect(
            found.map(\.evidence) == [
                BilingualText(zh: "依据GB/T 1的证书", en: "certificate under GB/T 1"),
                BilingualText(zh: "依据GB 2的证书", en: "certificate under GB 2"),
                BilingualText(zh: "依据GB 2的检测报告", en: "test report under GB 2"),
                BilingualText(zh: "达到目标值的报告", en: "report on the target value"),
                BilingualText(zh: "达到限值的报告", en: "report on the limit value"),
            ])
        for text in found.flatMap({ [$0.label.zh, $0.label.en, $0.evidence.zh, $0.evidence.en] }) {
            #expect(!text.contains("{"))
        }
    }

    @Test("The facts are those that conditions look for, and a pack may ask for each of them")
    func conditions() throws {
        let library = try BrokenLibrary()
        try library.write(Self.aspects + Self.standards, to: "facts/standards.yaml")
        let criteria = [
            "{complies: {standard: GB/T 1}}", "{complies: {standard: GB 2, grade: 2}}",
            "{complies: {standard: GB 2, level: target}}",
        ]
        for text in criteria {
            try library.write(
                ChapterText.chapter(ChapterText.item("1.1.1", text)), to: "standards/test/1.yaml")
            #expect(try library.pack().criterionCount == 1)
        }
        try library.write(
            ChapterText.chapter(ChapterText.item("1.1.1", "{complies: {standard: GB/T 1, grade: 2}}")),
            to: "standards/test/1.yaml")
        #expect(throws: LibraryFault.self) { try library.pack() }
    }

    @Test(
        "A mistake in a standard is told with its line",
        arguments: [
            ("title: {zh: 导则, en: guide}", "titel: {zh: 导则, en: guide}", 15, "library.unknown-field"),
            ("title: {zh: 导则, en: guide}", "{}", 15, "library.missing-field"),
            ("title: {zh: 导则, en: guide}", "title: 导则", 15, "library.not-a-mapping"),
            ("grades: \"3\"", "grades: three", 18, "library.not-a-whole-number"),
            ("limit: {zh: 限值, en: limit value}", "limit: 限值", 21, "library.not-a-mapping"),
        ])
    func mistakes(old: String, new: String, line: Int, key: String) throws {
        let fault = try #require(try fault(Self.aspects + Self.standards.replacing(old, with: new)))
        #expect(fault.message.key == key)
        #expect(fault.file == "facts.yaml" && fault.line == line)
    }

    @Test("Without all three aspects no standard can be worded")
    func aspects() throws {
        #expect(try fault(Self.standards)?.message.arguments["name"] == "aspects")
        for name in ["conforms", "grade", "level"] {
            let text = Self.aspects.replacing("  \(name):", with: "  other:") + Self.standards
            #expect(try fault(text)?.message.key == "library.unknown-field")
        }
        let text = Self.aspects.replacing("    valid_months: 12", with: "    months: 12") + Self.standards
        #expect(try fault(text)?.line == 12)
    }

    @Test("Two standards or a level that would share a fact are refused")
    func shared() throws {
        let library = try BrokenLibrary()
        for (old, new) in [("GB/T 1:", "GB-2:"), ("limit: {", "conforms: {")] {
            try library.write(Self.aspects + Self.standards.replacing(old, with: new), to: "facts/standards.yaml")
            do throws(LibraryFault) {
                _ = try library.pack()
                Issue.record("\(new) is taken")
            } catch {
                #expect(error.message == PackFault(.duplicate, subject: "gb_2.conforms").message)
            }
        }
    }
}
