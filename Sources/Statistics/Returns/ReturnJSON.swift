import Standards
import Vocabulary

// How returns stand in JSON: figures as decimal digits in texts, money in fen, null for what cannot be told.

extension ReturnTables {
    public var json: JSONValue {
        [
            "form": .string(form), "form_version": .string(formVersion),
            "editions": .array(
                editions.map { ["standard": .string($0.standard), "tables": .array($0.tables.map(\.json))] }),
        ]
    }

    /// Reads what ``json`` writes.
    /// - Returns: nil for anything else.
    public init?(json: JSONValue) {
        guard let form = json["form"]?.text, let version = json["form_version"]?.text,
            let editions = json["editions"]?.elements
        else { return nil }
        var read: [ReturnEdition] = []
        for edition in editions {
            guard let standard = edition["standard"]?.text, let tables = edition["tables"]?.elements else { return nil }
            let all = tables.compactMap { ReturnTable(json: $0) }
            guard all.count == tables.count else { return nil }
            read.append(ReturnEdition(standard: standard, tables: all))
        }
        self.init(form: form, formVersion: version, editions: read)
    }
}

extension ReturnTable {
    var json: JSONValue {
        [
            "id": .string(id), "name": name.json, "axis": .string(axis.rawValue),
            "columns": .array(
                columns.map { column in
                    [
                        "id": .string(column.id), "name": column.name.json, "unit": .string(column.unit.name),
                        "sum_of": .array(column.sumOf.map { .string($0) }),
                    ]
                }),
            "lines": .array(
                lines.map { line in
                    [
                        "key": .string(line.key), "name": line.name?.json ?? .null,
                        "level": .integer(Int64(line.level)),
                        "figures": .array(
                            zip(columns, line.figures).map { column, figure in
                                JSONValue(figure.map { column.unit.text($0) })
                            }),
                    ]
                }),
        ]
    }

    init?(json: JSONValue) {
        guard let id = json["id"]?.text, let name = json["name"].flatMap({ BilingualText(json: $0) }),
            let axis = json["axis"]?.text.flatMap({ ReturnTableForm.Axis(rawValue: $0) }),
            let columns = json["columns"]?.elements?.compactMap({ Column(json: $0) }),
            let lines = json["lines"]?.elements
        else { return nil }
        var read: [Line] = []
        for line in lines {
            guard let key = line["key"]?.text, let level = line["level"]?.integer,
                let figures = line["figures"]?.elements, figures.count == columns.count
            else { return nil }
            read.append(
                Line(
                    key: key, name: line["name"].flatMap { BilingualText(json: $0) }, level: Int(level),
                    figures: zip(columns, figures).map { column, figure in
                        figure.text.flatMap { column.unit.figure($0) }
                    }))
        }
        self.init(id: id, name: name, axis: axis, columns: columns, lines: read)
    }
}

extension ReturnTable.Column {
    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.text, let name = json["name"].flatMap({ BilingualText(json: $0) }),
            let unit = json["unit"]?.text, let sumOf = json["sum_of"]?.elements
        else { return nil }
        self.init(id: id, name: name, unit: ReturnUnit(name: unit), sumOf: sumOf.compactMap(\.text))
    }
}

extension ReturnAdjustment {
    /// - Parameter unit: Of the column that it is about.
    public func json(in unit: ReturnUnit) -> JSONValue {
        [
            "standard": .string(standard), "table": .string(table), "line": .string(line), "column": .string(column),
            "unit": .string(unit.name), "amount": .string(unit.text(amount)), "reason": .string(reason),
        ]
    }

    /// Reads what ``json(in:)`` writes.
    /// - Returns: nil for anything else.
    public init?(json: JSONValue) {
        guard let standard = json["standard"]?.text, let table = json["table"]?.text, let line = json["line"]?.text,
            let column = json["column"]?.text, let unit = json["unit"]?.text,
            let amount = json["amount"]?.text.flatMap({ ReturnUnit(name: unit).figure($0) }),
            let reason = json["reason"]?.text
        else { return nil }
        self.init(standard: standard, table: table, line: line, column: column, amount: amount, reason: reason)
    }
}

extension ReturnTables {
    /// The unit of the cell that an adjustment means; money where there is none such.
    public func unit(of adjustment: ReturnAdjustment) -> ReturnUnit {
        guard let table = edition(adjustment.standard)?.table(adjustment.table),
            let column = table.position(ofColumn: adjustment.column)
        else { return .money }
        return table.columns[column].unit
    }
}

extension ReturnCheckResult {
    public var json: JSONValue {
        [
            "standard": .string(standard), "check": .string(check), "name": name.json,
            "severity": .string(severity.rawValue), "relation": .string(relation.rawValue),
            "unit": .string(unit.name), "compared": .integer(Int64(compared)),
            "failures": .array(
                failures.map { failure in
                    [
                        "line": .string(failure.line), "left": .string(unit.text(failure.left)),
                        "right": .string(unit.text(failure.right)),
                    ]
                }),
        ]
    }

    /// Reads what ``json`` writes.
    /// - Returns: nil for anything else.
    public init?(json: JSONValue) {
        guard let standard = json["standard"]?.text, let check = json["check"]?.text,
            let name = json["name"].flatMap({ BilingualText(json: $0) }),
            let severity = json["severity"]?.text.flatMap({ ReturnCheck.Severity(rawValue: $0) }),
            let relation = json["relation"]?.text.flatMap({ ReturnCheck.Relation(rawValue: $0) }),
            let unit = json["unit"]?.text.map({ ReturnUnit(name: $0) }), let compared = json["compared"]?.integer,
            let failures = json["failures"]?.elements
        else { return nil }
        self.init(
            standard: standard, check: check, name: name, severity: severity, relation: relation, unit: unit,
            compared: Int(compared),
            failures: failures.compactMap { failure in
                guard let line = failure["line"]?.text, let left = failure["left"]?.text.flatMap({ unit.figure($0) }),
                    let right = failure["right"]?.text.flatMap({ unit.figure($0) })
                else { return nil }
                return Failure(line: line, left: left, right: right)
            })
    }
}

extension BilingualText {
    public var json: JSONValue { ["zh": .string(zh), "en": .string(en)] }

    fileprivate init?(json: JSONValue) {
        guard let zh = json["zh"]?.text, let en = json["en"]?.text else { return nil }
        self.init(zh: zh, en: en)
    }
}
