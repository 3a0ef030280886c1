import Vocabulary

/// The form of a JSON value: it checks values, and prints itself as JSON Schema 2020-12 for OpenAPI 3.1.
///
///     let loan: Schema = .object([
///         Member("balance", .money), Member("due", .date, isRequired: false),
///     ])
///     loan.faults(in: value)   // where it is wrong and why; empty if it is right
public indirect enum Schema: Sendable, Equatable {
    /// Text of so many characters (Unicode scalars, as JSON Schema counts).
    case text(ClosedRange<Int>, TextFormat)
    case integer(ClosedRange<Int64>)
    case number(ClosedRange<Double>)
    case boolean
    case array(of: Schema, ClosedRange<Int>)
    /// An object of these members and no others.
    case object([Member])
    /// An object whose members bear names that its sender chose, all of one form; so many at most.
    case map(of: Schema, most: Int)
    /// Any of these, told apart by what kind of JSON value it is.
    case either([Schema])
    /// One of these words.
    case choice([String])
    /// The value or null.
    case nullable(Schema)
    /// One of several objects, told apart by the word that a member holds. Each of them lists that member itself.
    case variants(by: String, [String: Schema])
    /// A schema by its name among those of the API.
    case named(String)
    /// Any JSON value, for what is passed through.
    case anything

    /// A member of an object.
    public struct Member: Sendable, Equatable {
        public let name: String
        public let schema: Schema
        public let isRequired: Bool
        /// The key of a phrase that says what it means; nil where the name says it.
        public let note: String?

        public init(_ name: String, _ schema: Schema, isRequired: Bool = true, note: String? = nil) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.note = note
        }
    }
}

/// What a text must be beside its length.
public enum TextFormat: Sendable, Equatable {
    case plain
    /// A day: `2026-11-21`.
    case date
    /// A moment: RFC 3339, such as `2026-11-21T08:30:00.000Z`.
    case moment
    /// An id with this prefix.
    case id(String)
    /// Whole fen: `-?[0-9]+`. Money is never a JSON number: those lose digits on the way.
    case money
}

extension Schema {
    /// Text with bounds on its length.
    public static func text(_ length: ClosedRange<Int>) -> Schema { .text(length, .plain) }
    public static let date = Schema.text(10...10, .date)
    public static let moment = Schema.text(20...35, .moment)
    public static let money = Schema.text(1...20, .money)
    /// Whole fen added up over loans, which may be more than one amount can say.
    public static let sum = Schema.text(1...40, .money)
    /// How many loans, and what they come to.
    public static let loans = Schema.object([.init("rows", .integer(0...Int64.max)), .init("balance", .sum)])
    /// A month, such as 2026-10.
    public static let month = Schema.text(7...7)
    /// The id of a kind of thing.
    public static func id<Subject: Identified>(of kind: Subject.Type) -> Schema {
        .text(Subject.idPrefix.utf8.count + 27...Subject.idPrefix.utf8.count + 27, .id(Subject.idPrefix))
    }
    /// A page of a list, as ``Page`` writes it.
    public static func page(of item: Schema) -> Schema {
        .object([
            Member("items", .array(of: item, 0...PageRequest.mostItems)), Member("next", .nullable(.text(1...2048))),
        ])
    }

    /// The names of other schemas that this one refers to.
    var references: Set<String> {
        switch self {
        case .named(let name): [name]
        case .array(let item, _), .map(let item, _): item.references
        case .either(let schemas): schemas.reduce(into: []) { $0.formUnion($1.references) }
        case .nullable(let schema): schema.references
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.schema.references) }
        case .variants(_, let variants): variants.values.reduce(into: []) { $0.formUnion($1.references) }
        case .text, .integer, .number, .boolean, .choice, .anything: []
        }
    }
}
