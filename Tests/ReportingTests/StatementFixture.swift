import LedgerFixtures
import Library
import Reporting
import Standards
import Testing

/// A statement made from a small ledger.
struct StatementFixture {
    let ledger: AssessedLedger
    let statement: Statement

    init(_ rows: [[String: String]]) async throws {
        ledger = try await AssessedLedger(Ledger(rows))
        statement = StatementBuilder(book: ledger.book, library: try RealLibrary.loaded()).statement()
    }

    init(generated rows: Int, seed: UInt64) async throws {
        ledger = try await AssessedLedger(
            try AssessedLedger.generated(rows: rows, seed: seed), in: try TemporaryFolder())
        statement = StatementBuilder(book: ledger.book, library: try RealLibrary.loaded()).statement()
    }

    func table(_ id: String) throws -> StatementTable {
        try #require((statement.tables + [statement.summary]).first { $0.id == id })
    }

    /// A single figure.
    func figure(_ id: String) throws -> StatementCell {
        let row = try #require(try table("summary").rows.first { $0[0] == .text(id) })
        return row[2]
    }

    /// A wind farm of 100 MWh a year, financed whole by the loan.
    static func windFarm(_ id: String, region: String, borrower: String = "某某风电有限公司") -> [String: String] {
        Ledger.loan(
            id, "风电场建设", balance: "1000000.00",
            [
                "借款人名称": borrower, "项目名称": "\(id)风电场", "项目总投资": "1000000.00", "行政区划代码": region,
                "fact:annual_electricity_supplied": "100",
            ])
    }
}

extension StatementTable {
    func column(_ id: String) throws -> [StatementCell] {
        let index = try #require(columns.firstIndex { $0.id == id })
        return rows.map { $0[index] }
    }

    /// The sum of a column of whole numbers or amounts; empty cells count nothing.
    func sum(_ id: String) throws -> Int128 {
        try column(id).reduce(0) { sum, cell in
            switch cell {
            case .integer(let number): sum + Int128(number)
            case .money(let fen): sum + fen
            default: sum
            }
        }
    }

    func decimalSum(_ id: String) throws -> Double {
        try column(id).reduce(0) { sum, cell in
            switch cell {
            case .decimal(let value, _): sum + value
            case .percent(let value): sum + value
            default: sum
            }
        }
    }
}

extension StatementCell {
    var wholeNumber: Int128? {
        switch self {
        case .integer(let number): Int128(number)
        case .money(let fen): fen
        default: nil
        }
    }

    var text: String? {
        switch self {
        case .text(let text): text
        case .bilingual(let text): text.zh
        default: nil
        }
    }
}
