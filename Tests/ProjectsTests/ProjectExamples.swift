import Standards
import Vocabulary

@testable import Projects

/// Invented projects for tests.
enum Examples {
    /// The id of the n-th project; later ones have larger ids.
    static func id(_ number: Int) -> ID<Project> {
        ID(
            at: Timestamp(milliseconds: 1_800_000_000_000 + Int64(number)),
            RandomSource { [UInt8](repeating: 7, count: $0) })
    }

    static func project(_ number: Int = 1, _ name: String = "奉节县金凤100MW光伏发电项目") -> Project {
        Project(id: id(number), name: name, owner: ProjectOwner(name: "重庆渝能新能源有限公司"))
    }

    /// A project with nothing missing.
    static func complete(_ number: Int = 1) throws -> Project {
        var project = project(number)
        project.region = try RegionCode.parse("500236")
        project.purpose = "建设100MW农光互补光伏电站及220千伏升压站"
        project.stage = .approved
        project.totalInvestment = try Money.parse("4.2", unit: .hundredMillionYuan)
        project.ownCapital = try Money.parse("8400", unit: .tenThousandYuan)
        project.need = FinancingNeed(
            amount: try Money.parse("3.36", unit: .hundredMillionYuan), tenorMonths: 180,
            rateCeiling: Ratio(45, over: 1000))
        project.plannedStart = try CalendarDate.parse("2026-03-01")
        project.plannedFinish = try CalendarDate.parse("2027-06-30")
        return project
    }

    static let digest = String(repeating: "0a", count: 32)
}
