import Credit
import Spreadsheet
import Standards
import Vocabulary

/// People's verdicts as a table with the columns loan_id, decision, item, name and reason.
public enum DecisionFile {
    /// - Throws: `AssessmentFault` naming the line; a verdict without a name and a reason is refused.
    public static func read(
        _ path: String, pack: StandardPack?
    ) throws(AssessmentFault) -> [String: PersonDecision] {
        let rows: [(line: Int, fields: [String])]
        do {
            rows = try records(path)
        } catch {
            throw .unreadable(error)
        }
        guard let header = rows.first else { throw .noHeader }
        var columns: [String: Int] = [:]
        for (position, name) in header.fields.enumerated() { columns[LedgerWords.fold(name)] = position }
        let wanted = ["loan_id", "decision", "item", "name", "reason"]
        let places = wanted.compactMap { columns[LedgerWords.fold($0)] }
        guard places.count == wanted.count else {
            throw .badDecisions(line: header.line, Message(key: "assess.decisions-columns"))
        }
        var result: [String: PersonDecision] = [:]
        for row in rows.dropFirst() {
            let values = places.map { $0 < row.fields.count ? row.fields[$0] : "" }
            func refuse(_ value: String) -> AssessmentFault {
                .badDecisions(
                    line: row.line, Message(key: "assess.decisions-value", arguments: ["value": value]))
            }
            guard let decision = LoanDecision(rawValue: values[1]), decision != .unassessed else {
                throw refuse(values[1])
            }
            let item = ItemCode(values[2])
            if decision == .accepted {
                guard let item, pack?[item] != nil else { throw refuse(values[2]) }
            }
            guard !values[0].isEmpty, !values[3].isEmpty, !values[4].isEmpty else { throw refuse(values[0]) }
            result[values[0]] = PersonDecision(
                decision: decision, item: decision == .accepted ? item : nil, by: values[3], reason: values[4])
        }
        return result
    }

    private static func records(_ path: String) throws(SpreadsheetFault) -> [(line: Int, fields: [String])] {
        var rows: [(line: Int, fields: [String])] = []
        var reader = try RecordReader(path: path)
        var cursor = FieldCursor(delimiter: reader.delimiter)
        while let batch = try reader.next() {
            for record in batch.records {
                let bytes = batch.text.span.extracting(record.byteRange)
                cursor.split(bytes)
                rows.append((record.line, (0..<cursor.count).map { cursor.text(at: $0, in: bytes) }))
            }
        }
        return rows
    }
}
