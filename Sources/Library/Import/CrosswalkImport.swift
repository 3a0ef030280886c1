import Spreadsheet
import Standards
import Vocabulary

/// A mistake in a table: where it stands and what it is.
public struct TableFault: Sendable, Hashable {
    /// The line of a text, or the row of a sheet.
    public let line: Int
    /// The header of the column; nil where the whole line is at fault.
    public let column: String?
    /// What is wrong.
    public let message: Message

    /// `file:line: column “X”: reason` in the language asked for.
    public func text(file: String, _ phrasebook: Phrasebook, in language: Language) -> String {
        let reason = phrasebook.text(message, in: language)
        guard let column else { return "\(file):\(line): \(reason)" }
        let place = phrasebook.text(Message(key: "import.column", arguments: ["name": column]), in: language)
        return "\(file):\(line): \(place)\(reason)"
    }
}

/// Reads a table of links between the items of two standards, e.g. of a common ground taxonomy.
///
/// Each line links each code of its first column with each of its second; several codes stand parted by commas, semicolons or
/// line breaks, and words may stand behind a code.
public struct CrosswalkImport {
    /// How to read the table.
    public struct Options: Sendable {
        /// The headers of the columns.
        public var columns = CrosswalkColumns()
        /// What the table calls the relations.
        public var words = RelationWords()
        /// The relation where a line states none; nil where every line has to.
        public var relation: ScopeRelation?
        /// The sheet of a workbook; nil for the first.
        public var sheet: String?

        /// Columns and relations by their own names, a relation in every line, the first sheet.
        public init() {}
    }

    private let from: StandardPack
    private let to: StandardPack
    private let options: Options
    /// The links of the good lines, in order.
    public private(set) var links: [CrosswalkLink] = []
    /// Every line that was left out, in order.
    public private(set) var faults: [TableFault] = []
    private var pairs: Set<[ItemReference]> = []

    /// A header stands within the first lines, below titles at most.
    private static let deepestHeader = 20
    /// Far more than any two standards have links.
    private static let mostLines = 50_000
    /// Each code of a cell goes with each of its neighbour: long lists would multiply.
    private static let mostCodes = 100

    /// - Throws: `LibraryFault` where the table cannot be read, has no header with the columns that are needed, or has more than
    ///   50,000 lines. What is wrong with single lines is in `faults`.
    public init(
        table: String, from: StandardPack, to: StandardPack, options: Options = Options()
    ) throws(LibraryFault) {
        self.from = from
        self.to = to
        self.options = options
        do {
            try read(table)
        } catch let fault as SpreadsheetFault {
            throw LibraryFault(
                file: table, line: nil, message: Message(key: fault.code.rawValue, arguments: fault.arguments))
        } catch let fault as LibraryFault {
            throw fault
        } catch {
            throw LibraryFault("library.unreadable", file: table, ["problem": "\(error)"])
        }
    }

    private mutating func read(_ table: String) throws {
        var reading = RecordReader.Options()
        reading.sheet = options.sheet
        var reader = try RecordReader(path: table, options: reading)
        var cursor = FieldCursor(delimiter: reader.delimiter)
        var places: [CrosswalkColumn: Int] = [:]
        var headers: [String] = []
        var fewest: [String]?
        var count = 0
        while let batch = try reader.next() {
            for record in batch.records {
                count += 1
                guard count <= Self.mostLines else {
                    throw LibraryFault(
                        "import.too-long", file: table, line: record.line, ["count": "\(Self.mostLines)"])
                }
                let bytes = batch.text.span.extracting(record.byteRange)
                cursor.split(bytes)
                let fields = (0..<cursor.count).map { cursor.text(at: $0, in: bytes).trimmedOfSpace }
                guard !places.isEmpty else {
                    let (found, missing) = options.columns.places(in: fields, needsRelation: options.relation == nil)
                    if missing.isEmpty {
                        places = found
                        headers = fields
                    } else if count == Self.deepestHeader {
                        throw Self.noHeader(table, fewest ?? missing)
                    } else if missing.count < fewest?.count ?? .max {
                        fewest = missing
                    }
                    continue
                }
                guard !cursor.hasDamagedQuotes, record.flags.isDisjoint(with: [.unterminatedQuote, .tooLong]) else {
                    note(record.line, nil, "import.damaged")
                    continue
                }
                take(Line(number: record.line, fields: fields, places: places, headers: headers))
            }
        }
        if places.isEmpty {
            throw Self.noHeader(table, fewest ?? options.columns.places(in: [], needsRelation: true).missing)
        }
    }

    private static func noHeader(_ table: String, _ missing: [String]) -> LibraryFault {
        LibraryFault("import.no-header", file: table, ["names": missing.joined(separator: ", ")])
    }

    /// One line of the table.
    private struct Line {
        let number: Int
        let fields: [String]
        let places: [CrosswalkColumn: Int]
        let headers: [String]

        func cell(_ column: CrosswalkColumn) -> String {
            guard let place = places[column], place < fields.count else { return "" }
            return fields[place]
        }

        func header(_ column: CrosswalkColumn) -> String? { places[column].map { headers[$0] } }
    }

    private mutating func note(_ line: Int, _ column: String?, _ key: String, _ arguments: [String: String] = [:]) {
        faults.append(TableFault(line: line, column: column, message: Message(key: key, arguments: arguments)))
    }

    private mutating func take(_ line: Line) {
        if line.fields.allSatisfy(\.isEmpty) { return }
        let before = faults.count
        let first = references(line, .from, from)
        let second = references(line, .to, to)
        let relation = relation(line)
        let confidence = confidence(line)
        guard faults.count == before, let relation else { return }
        let because = because(line)
        for one in first {
            for other in second {
                guard pairs.insert([one, other]).inserted else {
                    note(line.number, nil, "import.twice", ["item": "\(one) → \(other)"])
                    continue
                }
                links.append(
                    CrosswalkLink(from: one, to: other, relation: relation, confidence: confidence, because: because))
            }
        }
    }

    private mutating func references(_ line: Line, _ column: CrosswalkColumn, _ pack: StandardPack) -> [ItemReference] {
        let cell = line.cell(column)
        guard !cell.isEmpty else {
            note(line.number, line.header(column), "import.empty")
            return []
        }
        var found: [ItemReference] = []
        let parts = cell.split(whereSeparator: { ",，;；、\n\r".contains($0) })
        guard parts.count <= Self.mostCodes else {
            note(line.number, line.header(column), "import.too-many", ["count": "\(Self.mostCodes)"])
            return []
        }
        for part in parts {
            // Words may stand behind the code.
            guard let text = part.split(whereSeparator: \.isWhitespace).first.map({ String($0) }) else { continue }
            if let reference = ItemReference(text), pack.has(reference) {
                if !found.contains(reference) { found.append(reference) }
            } else {
                let nearest = pack.nearestCodes(to: text).map(\.text).joined(separator: ", ")
                note(
                    line.number, line.header(column), "import.unknown-code",
                    ["value": String(text.prefix(40)), "standard": pack.id, "nearest": nearest])
            }
        }
        return found
    }

    private mutating func relation(_ line: Line) -> ScopeRelation? {
        let cell = line.cell(.relation)
        if cell.isEmpty, let relation = options.relation { return relation }
        if let relation = options.words[cell] { return relation }
        if cell.isEmpty {
            note(line.number, line.header(.relation), "import.empty")
        } else {
            let known = ScopeRelation.allCases.map(\.rawValue).joined(separator: ", ")
            let arguments = ["value": String(cell.prefix(40)), "known": known]
            note(line.number, line.header(.relation), "import.unknown-relation", arguments)
        }
        return nil
    }

    private mutating func confidence(_ line: Line) -> Double? {
        let cell = line.cell(.confidence)
        guard !cell.isEmpty else { return nil }
        if let value = Double(cell), (0...1).contains(value) { return value }
        note(line.number, line.header(.confidence), "import.not-a-confidence", ["value": String(cell.prefix(40))])
        return nil
    }

    /// The reason; where the table gives it in one language only, it stands in both as it was given.
    private func because(_ line: Line) -> BilingualText? {
        let chinese = line.cell(.becauseChinese)
        let english = line.cell(.becauseEnglish)
        if chinese.isEmpty, english.isEmpty { return nil }
        return BilingualText(
            zh: chinese.isEmpty ? english : chinese, en: english.isEmpty ? chinese : english)
    }
}

extension String {
    /// Without white space at its ends, and with every run of it inside as one space.
    fileprivate var trimmedOfSpace: String {
        // Line breaks part codes and are kept.
        split(separator: "\n").map { line in
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
