import Foundation
import LedgerFixtures
import Library
import Reporting
import Standards
import Testing
import Vocabulary

/// A project held against the library of the repository.
struct ProjectFixture {
    let library: RuleLibrary
    let account: ProjectAccount

    /// A maker of ordinary onshore turbines of 4 MW: aligned under the catalogues of 2019 and 2021, not under that of 2025.
    static let turbine = """
        id: P-1
        name: 某风电整机项目
        about: 制造4MW陆上风电机组
        borrower: 某风电装备有限公司
        subjects: {cn.green-finance.2025: 4.1.1/2}
        stated_by: 某银行
        stated_on: 2026-03-01
        facts:
          wind_product: complete_turbine
          wind_turbine_kind: onshore
          wind_turbine_rating: {value: 4000 kW, document: 型式认证证书12, assurance: verified, stated_on: 2025-12-31}
          mandatory_rules_met: {value: yes, document: 合规审查意见}
          industrial_policy_met: yes
        """

    init(
        _ text: String = turbine, on day: String = "2026-06-30", standards: [String]? = nil,
        whatIf: (fact: FactID, value: FactValue)? = nil
    ) throws {
        library = try RealLibrary.loaded()
        let packs = library.packs
        let project = try ProjectFile(bytes: Data(text.utf8), file: "project.yaml").project(library.facts, packs)
        let judge = ProjectJudge(
            packs: packs.filter { standards?.contains($0.id) ?? true }, crosswalks: library.crosswalks,
            dictionary: library.facts, day: try CalendarDate.parse(day))
        account = ProjectAccount(project, judge: judge, read: library.subjects(of: project), whatIf: whatIf)
    }

    var passport: Passport { Passport(account, parts: library.parts) }

    func explanation(_ language: Language, isWhole: Bool = false) -> String {
        ProjectExplanation.text(account, phrasebook: library.phrasebook, language: language, isWhole: isWhole)
    }

    static func object(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }
}

/// A parsed JSON object and what stands in it.
extension [String: Any] {
    func objects(_ key: String) throws -> [[String: Any]] { try #require(self[key] as? [[String: Any]]) }

    func object(_ key: String) throws -> [String: Any] { try #require(self[key] as? [String: Any]) }

    func text(_ key: String) -> String? { self[key] as? String }

    func texts(_ key: String) -> [String]? { self[key] as? [String] }
}
