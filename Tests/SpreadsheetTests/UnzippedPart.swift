@testable import Spreadsheet

/// One part of a written workbook, inflated.
struct UnzippedPart {
    let text: String

    init(of bytes: [UInt8], named name: String) throws {
        var spool = try SpooledFile(name: "test", limit: .max)
        try spool.append(bytes.span)
        let limits = WorkbookLimits()
        let archive = try ZIPArchive(file: spool.file, size: spool.size, name: "test", limits: limits)
        guard let entry = archive.entry(named: name) else {
            text = ""
            return
        }
        let budget = InflationBudget(limit: .max, name: "test")
        let reader = try ZIPEntryReader(entry, of: archive, limits: limits, budget: budget)
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = try chunk.withUnsafeMutableBytes { try reader.read(into: $0) }
            if count == 0 { break }
            content += chunk[..<count]
        }
        text = String(decoding: content, as: UTF8.self)
    }
}
