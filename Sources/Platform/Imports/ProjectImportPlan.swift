import Crypto
import Projects
import Standards
import Store
import Vocabulary

/// What taking a list would do: how each line stands to what its organisation has already.
public struct ProjectImportPlan: Sendable {
    /// A line that is a project of its own.
    public struct Addition: Sendable {
        public let line: Int
        public let project: Project
        /// A record of the organisation that may be the same: a person should look.
        public let perhaps: ID<Project>?
    }

    /// A line that says something new of a project that is there.
    public struct Change: Sendable {
        public let line: Int
        /// The record as it is.
        public let record: ProjectRecord
        /// What it becomes.
        public let project: Project
    }

    public let record: ProjectImportRecord
    public let lineCount: Int
    public internal(set) var additions: [Addition] = []
    public internal(set) var changes: [Change] = []
    /// How many lines say nothing new.
    public internal(set) var unchangedCount = 0
    /// All that is wrong, by line.
    public internal(set) var faults: [ProjectImportFault] = []

    /// Whether anything would be taken.
    public var isEmpty: Bool { additions.isEmpty && changes.isEmpty }
    /// How many lines have faults.
    public var faultyCount: Int { Set(faults.map(\.line)).count }

    /// SHA-256 over what would be done to which version of what. Who confirms sends it back, so that nothing is taken that was not
    /// shown.
    public var digest: String {
        var text = record.id.text
        for addition in additions { text += "\n\(addition.line) +" }
        for change in changes { text += "\n\(change.line) \(change.record.project.id.text) \(change.record.version)" }
        return SHA256.hash(data: Array(text.utf8)).hexadecimal
    }
}

extension Project {
    /// The project with what a line of a list says; what the line leaves empty stays.
    func revised(by line: Project) -> Project {
        var project = self
        if line.name != name {
            project.formerNames = Self.names(line.formerNames + [name] + formerNames, except: line.name)
        }
        project.name = line.name
        project.formerNames = Self.names(line.formerNames + project.formerNames, except: line.name)
        if line.owner.name != owner.name, !owner.name.isEmpty {
            project.owner.formerNames = Self.names([owner.name] + owner.formerNames, except: line.owner.name)
        }
        project.owner.name = line.owner.name
        project.owner.creditCode = line.owner.creditCode ?? owner.creditCode
        project.nationalCode = line.nationalCode ?? nationalCode
        project.region = line.region ?? region
        project.industry = line.industry ?? industry
        if !line.purpose.isEmpty { project.purpose = line.purpose }
        project.subjects.merge(line.subjects) { $1 }
        project.stage = line.stage ?? stage
        project.totalInvestment = line.totalInvestment ?? totalInvestment
        project.ownCapital = line.ownCapital ?? ownCapital
        if let need = line.need {
            project.need = FinancingNeed(
                amount: need.amount, tenorMonths: need.tenorMonths ?? self.need?.tenorMonths, kind: need.kind,
                rateCeiling: need.rateCeiling ?? self.need?.rateCeiling)
        }
        project.plannedStart = line.plannedStart ?? plannedStart
        project.plannedFinish = line.plannedFinish ?? plannedFinish
        for (id, fact) in line.facts.facts where facts[id]?.value != fact.value { project.facts[id] = fact }
        if let contact = line.contact {
            project.contact = ProjectContact(
                name: contact.name.isEmpty ? self.contact?.name ?? "" : contact.name,
                telephone: contact.telephone.isEmpty ? self.contact?.telephone ?? "" : contact.telephone,
                email: contact.email.isEmpty ? self.contact?.email ?? "" : contact.email)
        }
        return project
    }

    private static func names(_ names: [String], except current: String) -> [String] {
        var seen: Set<String> = [current, ""]
        return Array(names.filter { seen.insert($0).inserted }.prefix(Limit.formerNames))
    }
}
