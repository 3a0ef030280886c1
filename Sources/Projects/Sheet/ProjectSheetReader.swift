import Standards
import Vocabulary

/// One line of a list of projects as it was read.
public struct ProjectSheetLine: Sendable {
    /// Something in a line that cannot be used, with the cell that it stands in.
    public struct Fault: Sendable, Hashable {
        /// The record's first physical line; the header's is 1.
        public let line: Int
        /// The header of the column as it stands in the file; our own name of it where the file has none.
        public let column: String
        /// What stands there, cut to 100 characters.
        public let value: String
        public let message: Message
    }

    /// The draft, with whatever could be read; nil where the line names no project.
    public let project: Project?
    /// All that is wrong, not only the first.
    public let faults: [Fault]
}

/// Turns the records of a list of projects into drafts.
///
///     let reader = ProjectSheetReader(layout: layout, words: words, register: register, standard: "cn.green-finance.2025")
///     let line = reader.read(["奉节县金凤风电场", "重庆渝能风电有限公司", "3.2"], line: 2, id: id)
public struct ProjectSheetReader: Sendable {
    public let layout: ProjectSheetLayout
    private let words: ProjectSheetWords
    private let register: ProjectRegister
    /// The standard whose items the item column names.
    private let standard: String
    private let epoch: SpreadsheetEpoch
    private let statedBy: String?

    /// - Parameters:
    ///   - standard: The standard whose items the list names.
    ///   - statedBy: Who hands the list in; every fact of it says so.
    public init(
        layout: ProjectSheetLayout, words: ProjectSheetWords, register: ProjectRegister, standard: String,
        epoch: SpreadsheetEpoch = .year1900, statedBy: String? = nil
    ) {
        self.layout = layout
        self.words = words
        self.register = register
        self.standard = standard
        self.epoch = epoch
        self.statedBy = statedBy
    }

    /// - Parameters:
    ///   - cells: The fields of the record, in the order of the header; missing ones at the end count as empty.
    ///   - line: The record's first physical line.
    ///   - id: The id of the draft.
    public func read(_ cells: [String], line: Int, id: ID<Project>) -> ProjectSheetLine {
        var reading = LineReading(cells: cells, line: line, layout: layout)
        guard let name = reading.text(.name) else {
            reading.fault(.name, Message(key: ProjectFault.Reason.missing.rawValue))
            return ProjectSheetLine(project: nil, faults: reading.faults)
        }
        var project = Project(id: id, name: name, owner: ProjectOwner(name: reading.text(.owner) ?? ""))
        if project.owner.name.isEmpty { reading.fault(.owner, Message(key: ProjectFault.Reason.missing.rawValue)) }
        project.formerNames =
            reading.text(.formerName)?.split(whereSeparator: { ";；、\n".contains($0) })
            .map { String($0).trimmingSpaces() }.filter { !$0.isEmpty } ?? []
        project.owner.creditCode = reading.value(.ownerCode) { text throws(ParseFault) in
            try UnifiedSocialCreditCode.parse(text)
        }
        project.nationalCode = reading.value(.nationalCode) { text throws(ParseFault) in try ProjectCode.parse(text) }
        project.industry = reading.value(.industry) { text throws(ParseFault) in try IndustryCode.parse(text) }
        project.region = region(&reading)
        project.purpose = reading.text(.purpose) ?? ""
        if let text = reading.text(.item) {
            if let item = ItemReference(text) {
                project.subjects[standard] = item
            } else {
                reading.fault(.item, Message(key: "project-sheet.not-an-item", arguments: ["value": text]))
            }
        }
        project.stage = reading.word(.stage, words.stages)
        project.totalInvestment = money(.totalInvestment, &reading)
        project.ownCapital = money(.ownCapital, &reading)
        project.need = need(&reading)
        project.plannedStart = date(.plannedStart, &reading)
        project.plannedFinish = date(.plannedFinish, &reading)
        let contact = ProjectContact(
            name: reading.text(.contact) ?? "", telephone: reading.text(.telephone) ?? "",
            email: reading.text(.email) ?? "")
        if contact != ProjectContact() { project.contact = contact }
        readFacts(into: &project, &reading)
        for fault in project.faults(against: register) { reading.fault(fault) }
        return ProjectSheetLine(project: project, faults: reading.faults)
    }

    private func region(_ reading: inout LineReading) -> RegionCode? {
        guard let text = reading.text(.region) else { return nil }
        if let code = try? RegionCode.parse(text) { return code }
        if let region = register.regions.region(named: text) { return region.code }
        reading.fault(
            .region, Message(key: "project-sheet.unknown-region", arguments: ["value": String(text.prefix(40))]))
        return nil
    }

    private func money(_ column: ProjectColumn, _ reading: inout LineReading) -> Money? {
        let unit = layout.units[column] ?? .yuan
        return reading.value(column) { text throws(ParseFault) in try Money.parse(text, unit: unit) }
    }

    private func need(_ reading: inout LineReading) -> FinancingNeed? {
        let amount = money(.needAmount, &reading)
        let tenor = tenor(&reading)
        let kind = reading.word(.needKind, words.needs)
        let rate = rate(&reading)
        // A need of nothing is how lists say that there is none.
        guard let amount, amount != .zero else { return nil }
        return FinancingNeed(amount: amount, tenorMonths: tenor, kind: kind ?? .loan, rateCeiling: rate)
    }

    /// 60, 60个月, 5年; what the header says counts where the cell names no unit.
    private func tenor(_ reading: inout LineReading) -> Int? {
        guard let text = reading.text(.needTenor) else { return nil }
        var number = HeaderText.fold(text)
        var months = layout.isTenorInYears ? 12 : 1
        for (ending, factor) in [("个月", 1), ("months", 1), ("月", 1), ("年", 12), ("years", 12)]
        where number.hasSuffix(ending) {
            number.removeLast(ending.count)
            months = factor
            break
        }
        if let value = try? DecimalNumber.parse(number), (0...1000).contains(value) {
            return Int((value * Double(months)).rounded())
        }
        reading.fault(
            .needTenor, Message(key: "project-sheet.not-a-tenor", arguments: ["value": String(text.prefix(40))]))
        return nil
    }

    /// 4.5 and 4.5% are both a rate of 4.5 % a year.
    private func rate(_ reading: inout LineReading) -> Ratio? {
        reading.value(.needRate) { text throws(ParseFault) in
            let hasSign = text.hasSuffix("%") || text.hasSuffix("％")
            return try Ratio.parse(hasSign ? text : text + "%")
        }
    }

    /// A day, or a month, of which a beginning means the first day and an end the last.
    private func date(_ column: ProjectColumn, _ reading: inout LineReading) -> CalendarDate? {
        reading.value(column) { text throws(ParseFault) in
            do throws(ParseFault) {
                return try CalendarDate.parse(text, epoch: epoch)
            } catch {
                let day =
                    text.hasSuffix("月")
                    ? text + "1日" : text + (text.contains(".") ? ".1" : text.contains("/") ? "/1" : "-1")
                guard let month = try? CalendarDate.parse(day, epoch: epoch) else { throw error }
                return column == .plannedFinish ? month.endOfMonth : month
            }
        }
    }

    private func readFacts(into project: inout Project, _ reading: inout LineReading) {
        for (field, id) in layout.facts {
            guard let text = reading.text(at: field) else { continue }
            do {
                project.facts[id] = Fact(try register.dictionary.value(of: id, from: text), statedBy: statedBy)
            } catch {
                reading.fault(field: field, error.message)
            }
        }
    }
}

/// The cells of one line, with what was found wrong so far.
private struct LineReading {
    let cells: [String]
    let line: Int
    let layout: ProjectSheetLayout
    var faults: [ProjectSheetLine.Fault] = []

    /// The trimmed text of a cell; nil where it is empty or says that there is nothing.
    func text(at field: Int) -> String? {
        guard field < cells.count else { return nil }
        let text = cells[field].trimmingSpaces()
        return text.isEmpty || ["-", "—", "/", "无", "——"].contains(text) ? nil : text
    }

    func text(_ column: ProjectColumn) -> String? { layout.fields[column].flatMap { text(at: $0) } }

    mutating func value<Value>(
        _ column: ProjectColumn, _ parse: (String) throws(ParseFault) -> Value
    ) -> Value? {
        guard let text = text(column) else { return nil }
        do {
            return try parse(text)
        } catch {
            fault(column, error.message)
            return nil
        }
    }

    mutating func word<Value>(_ column: ProjectColumn, _ words: [String: Value]) -> Value? {
        guard let text = text(column) else { return nil }
        if let value = words[HeaderText.fold(text)] { return value }
        fault(column, Message(key: "project-sheet.unknown-word", arguments: ["value": String(text.prefix(40))]))
        return nil
    }

    mutating func fault(_ column: ProjectColumn, _ message: Message) {
        guard let field = layout.fields[column] else {
            faults.append(ProjectSheetLine.Fault(line: line, column: column.rawValue, value: "", message: message))
            return
        }
        fault(field: field, message)
    }

    mutating func fault(field: Int, _ message: Message) {
        let value = field < cells.count ? String(cells[field].prefix(100)) : ""
        faults.append(
            ProjectSheetLine.Fault(line: line, column: layout.headers[field], value: value, message: message))
    }

    /// A fault of the draft, told at the cell that it comes from.
    mutating func fault(_ fault: ProjectFault) {
        if fault.path.hasPrefix("/facts/"),
            let field = layout.facts.first(where: { ProjectFault.path(of: $0.id) == fault.path })?.field
        {
            self.fault(field: field, fault.message)
        } else if let column = ProjectColumn(path: fault.path) {
            self.fault(column, fault.message)
        } else {
            faults.append(ProjectSheetLine.Fault(line: line, column: fault.path, value: "", message: fault.message))
        }
    }
}
