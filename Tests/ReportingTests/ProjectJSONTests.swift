import Foundation
import Reporting
import Standards
import Testing
import Vocabulary

@Suite("A project's account and passport for machines")
struct ProjectJSONTests {
    @Test("Every standard has its verdict, its subject and how that is known")
    func verdicts() throws {
        let fixture = try ProjectFixture()
        let root = try ProjectFixture.object(fixture.account.json())
        #expect(try root.object("project").text("id") == "P-1")
        #expect(root.text("as_of") == "2026-06-30")
        let verdicts = try root.objects("verdicts")
        #expect(verdicts.map { $0.text("standard") } == fixture.library.packs.map(\.id))
        let kinds = Dictionary(
            verdicts.map { ($0.text("standard") ?? "", $0.text("verdict") ?? "") }, uniquingKeysWith: { $1 })
        #expect(kinds["cn.green-finance.2025"] == "not_aligned")
        #expect(kinds["cn.green-industry.2019"] == "aligned")
        let current = try #require(verdicts.first { $0.text("standard") == "cn.green-finance.2025" })
        #expect(current.text("subject") == "4.1.1/2")
        #expect(try current.object("origin").text("how") == "stated")
        let earlier = try #require(verdicts.first { $0.text("standard") == "cn.green-industry.2019" })
        let origin = try earlier.object("origin")
        #expect(origin.text("how") == "crosswalk" && origin.text("item") == "4.1.1/2")
        #expect(origin.texts("crosswalks") == ["cn.green-finance.2025--cn.green-industry.2019"])
    }

    @Test("The trees are there whole, node by node, with what was found at each leaf")
    func trees() throws {
        let fixture = try ProjectFixture()
        let verdicts = try ProjectFixture.object(fixture.account.json()).objects("verdicts")
        var leaves = 0
        for (judgement, verdict) in zip(fixture.account.result.judgements, verdicts) {
            let findings = try verdict.objects("findings")
            #expect(findings.count == judgement.verdict.findings.count)
            for (finding, object) in zip(judgement.verdict.findings, findings) {
                #expect(object["rows"] as? [Int] == finding.rows)
                leaves += try compare(try object.object("tree"), finding.evaluation)
            }
            if let general = judgement.verdict.general {
                leaves += try compare(try verdict.object("general"), general)
            } else {
                #expect(verdict["general"] == nil)
            }
            #expect(try verdict.objects("missing").map { $0.text("fact") } == judgement.verdict.missing.map(\.name))
            #expect(verdict.texts("easiest") == judgement.easiest.map(\.name))
        }
        #expect(leaves > 20)
    }

    /// - Returns: The number of leaves.
    private func compare(_ node: [String: Any], _ evaluation: Evaluation) throws -> Int {
        #expect(node.text("truth") == evaluation.truth.rawValue)
        if let fact = evaluation.fact {
            #expect(node.text("node") == "fact" && node.text("fact") == fact.name)
            #expect(node.text("condition")?.isEmpty == false)
            guard let finding = evaluation.finding else {
                #expect(node["found"] is NSNull)
                return 1
            }
            let found = try node.object("found")
            switch finding.value {
            case .number(let number): #expect(found["value"] as? Double == number)
            case .yesNo(let yes): #expect(found["value"] as? Bool == yes)
            case .choice(let choice): #expect(found.text("value") == choice)
            }
            #expect(found.text("assurance") == finding.assurance.rawValue)
            #expect(found.text("document") == finding.document)
            #expect(found.text("stated_by") == finding.statedBy)
            #expect(found.text("stated_on") == finding.statedOn?.description)
            for key in ["value", "assurance", "document", "stated_by", "stated_on"] { #expect(found[key] != nil) }
            return 1
        }
        let parts = evaluation.parts.isEmpty ? [] : try node.objects("parts")
        #expect(parts.count == evaluation.parts.count)
        return try zip(parts, evaluation.parts).reduce(0) { try $0 + compare($1.0, $1.1) }
    }

    @Test("The turbine's size is found with its certificate, and raising it is told among the changes")
    func turbine() throws {
        let root = try ProjectFixture.object(try ProjectFixture().account.json())
        let change = try #require(try root.objects("changes").first { $0.text("fact") == "wind_turbine_rating" })
        #expect(change["before"] as? Double == 4 && change["after"] as? Double == 5)
        #expect(change["beyond"] is NSNull)
        let effect = try #require(try change.objects("effects").first)
        #expect(effect.text("standard") == "cn.green-finance.2025" && effect.text("subject") == "4.1.1/2")
        #expect(effect.text("before") == "not_aligned" && effect.text("after") == "aligned")
    }

    @Test("A change that was asked for stands alone, with what it does")
    func whatIf() throws {
        let rating = FactID("wind_turbine_rating")
        let fixture = try ProjectFixture(whatIf: (rating, .number(2)))
        let changes = try ProjectFixture.object(fixture.account.json()).objects("changes")
        #expect(changes.count == 1)
        #expect(changes[0]["after"] as? Double == 2)
        #expect(
            try changes[0].objects("effects").isEmpty, "a complete turbine of any size is in the earlier catalogues")
    }

    @Test("For each aligned verdict it is told what that is worth under every other standard")
    func recognitions() throws {
        let fixture = try ProjectFixture()
        let found = try ProjectFixture.object(fixture.account.json()).objects("recognitions")
        let aligned = fixture.account.result.judgements.filter { $0.verdict.kind == .aligned }.map(\.standard)
        #expect(!aligned.isEmpty)
        let pairs = found.map { [$0.text("from") ?? "", $0.text("to") ?? ""] }
        let expected = aligned.flatMap { first in
            fixture.library.packs.map(\.id).filter { $0 != first }.map { [first, $0] }
        }
        #expect(Set(pairs) == Set(expected) && pairs.count == expected.count)
        for (object, recognition) in zip(found, fixture.account.recognitions) {
            #expect(object.text("outcome") == recognition.outcome.rawValue)
            #expect(object.text("refusal") == recognition.refusal?.rawValue)
            #expect(try object.objects("further").map { $0.text("fact") } == recognition.further.map(\.name))
            #expect(object.texts("settled") == recognition.settled.map(\.name))
            #expect(object["subject_open"] as? Bool == recognition.subjectOpen)
            // Nothing is granted that the second standard refuses on what the first looked at.
            if recognition.outcome == .recognised {
                let judged = fixture.account.result.judgements.first { $0.standard == recognition.to }
                #expect(judged?.verdict.kind != .notAligned, "\(recognition.from) → \(recognition.to)")
            }
        }
    }

    @Test("The passport adds the evidence with how long it holds, and what it was made by")
    func passport() throws {
        let fixture = try ProjectFixture()
        let root = try ProjectFixture.object(fixture.passport.json())
        #expect(root.text("format") == "jialing-passport/1")
        #expect(try root.objects("verdicts").count == 5)
        let evidence = try root.objects("evidence")
        #expect(evidence.compactMap { $0.text("fact") } == evidence.compactMap { $0.text("fact") }.sorted())
        let rating = try #require(evidence.first { $0.text("fact") == "wind_turbine_rating" })
        #expect(rating.text("unit") == "MW")
        #expect(try rating.object("found").text("document") == "型式认证证书12")
        #expect(try rating.object("found").text("assurance") == "verified")
        #expect(rating["holds_until"] is NSNull)
        #expect(rating.texts("standards")?.contains("cn.green-finance.2025") == true)
        #expect(try rating.object("label").text("en")?.isEmpty == false)
        // The compliance review holds a year from its day.
        let rules = try #require(evidence.first { $0.text("fact") == "mandatory_rules_met" })
        #expect(rules.text("holds_until") == "2027-03-01")
        let parts = try root.objects("made_by")
        #expect(Set(parts.compactMap { $0.text("kind") }) == ["standard", "facts", "crosswalks"])
        for part in parts {
            #expect(part.text("sha256")?.count == 64)
            #expect(part.text("sha256")?.allSatisfy(\.isHexDigit) == true)
        }
        #expect(Set(fixture.library.packs.map(\.id)).isSubset(of: parts.compactMap { $0.text("id") }))
    }

    @Test("Evidence that has run out is named, and is not among what the verdicts rest on")
    func expired() throws {
        let fixture = try ProjectFixture(on: "2027-03-02")
        let root = try ProjectFixture.object(fixture.passport.json())
        #expect(root.texts("expired")?.contains("mandatory_rules_met") == true)
        #expect(try !root.objects("evidence").contains { $0.text("fact") == "mandatory_rules_met" })
        for language in [Language.zh, .en] {
            #expect(fixture.explanation(language).contains("[mandatory_rules_met]"))
            #expect(fixture.explanation(language).contains("合规审查意见"), "the document that has run out is named")
        }
    }

    @Test("Whatever a project file says stays text in the JSON", arguments: HostileText.all)
    func hostile(text: String) throws {
        let fixture = try ProjectFixture(HostileText.project(text))
        for json in [fixture.account.json(), fixture.passport.json()] {
            let project = try ProjectFixture.object(json).object("project")
            #expect(project.text("name") == text && project.text("borrower") == text)
        }
    }

    @Test("The same project gives the same bytes")
    func same() throws {
        let first = try ProjectFixture()
        let second = try ProjectFixture()
        #expect(first.passport.json() == second.passport.json())
        #expect(first.passport.html(first.library.phrasebook) == second.passport.html(second.library.phrasebook))
        #expect(first.explanation(.zh) == second.explanation(.zh))
    }
}

/// Texts that mean something to a page, a terminal or a parser.
enum HostileText {
    static let all = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</td></tr></table><h1>符合", "&lt;b&gt;",
        "' onmouseover='alert(1)", "a\nb", "\u{1B}[2J\u{1B}[31m", "\u{202E}gnorw\u{2066}", "\\\"}],\"x\":[{",
        "\u{85}\u{2028}",
    ]

    /// A project in which every text of a person's is this one.
    static func project(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case let control where control.value < 0x20 || !control.isASCII:
                let digits = String(control.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return """
            {"id": "\(quoted)", "name": "\(quoted)", "about": "\(quoted)", "borrower": "\(quoted)",
             "subjects": {"cn.green-finance.2025": "4.1.1/2"}, "stated_by": "\(quoted)",
             "facts": {"wind_turbine_rating": {"value": "5 MW", "document": "\(quoted)"},
                       "wind_product": "complete_turbine", "wind_turbine_kind": "onshore"}}
            """
    }
}
