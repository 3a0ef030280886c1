import Reporting
import Standards
import Testing
import Vocabulary

@Suite("A project's passport as a page, and its account as text")
struct ProjectPageTests {
    private func page(_ fixture: ProjectFixture) -> String { fixture.passport.html(fixture.library.phrasebook) }

    @Test("The page runs no script and asks nothing of the network")
    func quiet() throws {
        let html = try page(ProjectFixture()).lowercased()
        for word in [
            "<script", "javascript:", "<iframe", "<img", "<link", "@import", "url(", "http:", "https:", "src=",
        ] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.hasPrefix("<!doctype html>"))
        #expect(html.contains("<meta charset=\"utf-8\">"))
    }

    @Test("Chinese first and English beside it: standards, verdicts, facts, documents and digests")
    func bothLanguages() throws {
        let fixture = try ProjectFixture()
        let html = page(fixture)
        for pack in fixture.library.packs {
            #expect(html.contains(escaped(pack.name.zh)) && html.contains(escaped(pack.name.en)))
        }
        let rating = try #require(fixture.library.facts[FactID("wind_turbine_rating")])
        #expect(html.contains(escaped(rating.label.zh)) && html.contains(escaped(rating.label.en)))
        #expect(html.contains("型式认证证书12") && html.contains("4 MW") && html.contains("≥ 5 MW"))
        #expect(html.contains("4.1.1/2 ") && html.contains("2026-06-30"))
        for part in fixture.passport.parts { #expect(html.contains(part.digest)) }
        #expect(html.contains("lang=\"zh-CN\"") && html.contains("lang=\"en\""))
    }

    @Test(
        "Every element that is opened is closed",
        arguments: [ProjectFixture.turbine] + HostileText.all.map(HostileText.project))
    func wellFormed(text: String) throws {
        var open: [String] = []
        for tag in tags(page(try ProjectFixture(text))) {
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" })
            if ["!doctype", "meta", "br"].contains(name) { continue }
            if tag.hasPrefix("/") { #expect(open.popLast() == name) } else { open.append(name) }
        }
        #expect(open.isEmpty)
    }

    @Test("What a project file says is text on the page and never markup", arguments: HostileText.all)
    func hostile(text: String) throws {
        let html = page(try ProjectFixture(HostileText.project(text)))
        #expect(html.contains(escaped(text)))
        // The elements and attributes are those of a page without it.
        let harmless = page(try ProjectFixture(HostileText.project("abc")))
        #expect(tags(html) == tags(harmless))
    }

    /// What stands between `<` and `>`.
    private func tags(_ html: String) -> [String] {
        html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map { String($0.prefix { $0 != ">" }) }
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    // MARK: Text for a terminal

    @Test(
        "The explanation names the clause with its page, the fact with its value, and the document",
        arguments: [
            Language.zh, .en,
        ])
    func explanation(language: Language) throws {
        let fixture = try ProjectFixture()
        let text = fixture.explanation(language)
        for pack in fixture.library.packs { #expect(text.contains(pack.name[language])) }
        let rating = try #require(fixture.library.facts[FactID("wind_turbine_rating")])
        let line = try #require(
            text.split(separator: "\n").first { $0.contains("\(rating.label[language]) ≥ 5 MW") })
        #expect(line.contains("✗") && line.contains("4 MW") && line.contains("[wind_turbine_rating]"))
        #expect(line.contains("型式认证证书12") && line.contains("某银行") && line.contains("2025-12-31"))
        let clause = try #require(text.split(separator: "\n").first { $0.contains("77") })
        #expect(clause.contains("4.1.1") && clause.contains("2"))
        #expect(text.contains("4 MW → 5 MW"))
        // Recognition says what the catalogue of 2025 asks beyond that of 2019, and where.
        let recognised = try #require(
            text.split(separator: "\n").first { $0.contains("cn.green-industry.2019 → cn.green-finance.2025") })
        #expect(recognised.contains("\(rating.label[language]) ≥ 5 MW") && recognised.contains("4.1.1/2"))
        #expect(text.contains("cn.green-industry.2019 → cn.green-bond.2021"))
        // No key of a phrase is left untold, no place of one unfilled.
        #expect(!text.contains("explain.") && !text.contains("{") && !text.contains("}"))
    }

    @Test("What is still to be shown is numbered, the easiest first, with the document that shows it")
    func missing() throws {
        let text = ProjectFixture.turbine.replacing("  wind_turbine_kind: onshore\n", with: "")
            .replacing("  industrial_policy_met: yes", with: "")
        let fixture = try ProjectFixture(text, standards: ["cn.green-finance.2025"])
        for language in [Language.zh, .en] {
            let lines = fixture.explanation(language).split(separator: "\n").map(String.init)
            for (number, name) in ["wind_turbine_kind", "industrial_policy_met"].enumerated() {
                let fact = try #require(fixture.library.facts[FactID(name)])
                let line = try #require(lines.first { $0.contains("\(number + 1).") && $0.contains("[\(name)]") })
                #expect(line.contains(fact.label[language]) && line.contains(fact.evidence[language]))
            }
        }
    }

    @Test("Branches for other kinds are left out and counted, unless the whole is asked for")
    func whole() throws {
        let fixture = try ProjectFixture(standards: ["cn.green-finance.2025"])
        let offshore = try #require(fixture.library.facts[FactID("wind_turbine_kind")])
        guard case .choice(let choices) = offshore.kind else { return }
        let label = try #require(choices.first { $0.id == "high_altitude" }).label.en
        let short = fixture.explanation(.en)
        let conditions = short.split(separator: "\n").prefix { !$0.contains("→") }.joined()
        #expect(!conditions.contains(label))
        #expect(fixture.explanation(.en, isWhole: true).contains(label))
        #expect(short.contains("--whole"))
    }

    @Test("A project file cannot write lines of its own into the explanation", arguments: HostileText.all)
    func noForgery(text: String) throws {
        let fixture = try ProjectFixture(HostileText.project(text))
        let harmless = try ProjectFixture(HostileText.project("abc"))
        let lines = fixture.explanation(.zh).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == harmless.explanation(.zh).split(separator: "\n", omittingEmptySubsequences: false).count)
        for line in lines {
            #expect(
                line.unicodeScalars.allSatisfy {
                    ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                })
        }
    }
}
