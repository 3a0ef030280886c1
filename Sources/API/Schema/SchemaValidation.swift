import Vocabulary
import Web

extension Schema {
    /// What is wrong with a value, each fault with its JSON pointer (RFC 6901); at most ``Problem/mostDetails``.
    /// - Parameters:
    ///   - pointer: Where the value stands.
    ///   - schemas: The schemas that ``named(_:)`` refers to.
    public func faults(
        in value: JSONValue, at pointer: String = "", schemas: [String: Schema] = [:]
    ) -> [FieldFault] {
        var check = SchemaCheck(schemas: schemas)
        check.check(value, self, at: pointer, references: 0)
        return check.faults
    }
}

private struct SchemaCheck {
    let schemas: [String: Schema]
    var faults: [FieldFault] = []

    private mutating func add(_ pointer: String, _ key: APIKey, _ arguments: [String: String] = [:]) {
        guard faults.count < Problem.mostDetails else { return }
        faults.append(FieldFault(pointer, Message(key, arguments)))
    }

    /// - Parameter references: How many names were followed without going deeper into the value.
    mutating func check(_ value: JSONValue, _ schema: Schema, at pointer: String, references: Int) {
        guard faults.count < Problem.mostDetails else { return }
        switch schema {
        case .anything: break
        case .nullable(let inner):
            if value != .null { check(value, inner, at: pointer, references: references) }
        case .named(let name):
            // A name that leads to itself, or nowhere, is found by the check of the endpoints; here it must only end.
            guard references < 8, let found = schemas[name] else { return add(pointer, .notObject) }
            check(value, found, at: pointer, references: references + 1)
        case .boolean:
            if value.bool == nil { add(pointer, .notBoolean) }
        case .integer(let range):
            guard let integer = value.integer else { return add(pointer, .notInteger) }
            if integer < range.lowerBound { add(pointer, .tooSmall, ["limit": String(range.lowerBound)]) }
            if integer > range.upperBound { add(pointer, .tooLarge, ["limit": String(range.upperBound)]) }
        case .number(let range):
            let number: Double
            switch value {
            case .integer(let integer): number = Double(integer)
            case .number(let double): number = double
            default: return add(pointer, .notNumber)
            }
            if number < range.lowerBound { add(pointer, .tooSmall, ["limit": "\(range.lowerBound)"]) }
            if number > range.upperBound { add(pointer, .tooLarge, ["limit": "\(range.upperBound)"]) }
        case .choice(let words):
            guard let text = value.text else { return add(pointer, .notText) }
            if !words.contains(text) { add(pointer, .notOneOf, ["values": words.joined(separator: ", ")]) }
        case .text(let length, let format): checkText(value, length, format, at: pointer)
        case .array(let item, let count):
            guard let elements = value.elements else { return add(pointer, .notArray) }
            if elements.count < count.lowerBound { add(pointer, .tooFew, ["limit": String(count.lowerBound)]) }
            if elements.count > count.upperBound {
                return add(pointer, .tooMany, ["limit": String(count.upperBound)])
            }
            for (index, element) in elements.enumerated() {
                check(element, item, at: "\(pointer)/\(index)", references: 0)
            }
        case .object(let members): checkObject(value, members, at: pointer)
        case .map(let item, let most):
            guard case .object(let members) = value else { return add(pointer, .notObject) }
            if members.count > most { return add(pointer, .tooMany, ["limit": String(most)]) }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                check(member, item, at: Self.place(String(name.prefix(64)), in: pointer), references: 0)
            }
        case .either(let alternatives):
            guard let alternative = alternatives.first(where: { $0.takesKind(of: value) }) else {
                return add(pointer, .notOfKind)
            }
            check(value, alternative, at: pointer, references: references + 1)
        case .variants(let member, let variants):
            guard case .object = value else { return add(pointer, .notObject) }
            let place = Self.place(member, in: pointer)
            guard let tag = value[member] else { return add(place, .required) }
            guard let word = tag.text, let variant = variants[word] else {
                return add(place, .notOneOf, ["values": variants.keys.sorted().joined(separator: ", ")])
            }
            check(value, variant, at: pointer, references: references + 1)
        }
    }

    private mutating func checkObject(_ value: JSONValue, _ members: [Schema.Member], at pointer: String) {
        guard case .object(let given) = value else { return add(pointer, .notObject) }
        for member in members {
            let place = Self.place(member.name, in: pointer)
            if let value = given[member.name] {
                check(value, member.schema, at: place, references: 0)
            } else if member.isRequired {
                add(place, .required)
            }
        }
        let known = Set(members.map(\.name))
        for name in given.keys.filter({ !known.contains($0) }).sorted() {
            // The name is the sender's: it is shown, but not at any length.
            add(Self.place(String(name.prefix(64)), in: pointer), .unknownMember)
        }
    }

    private mutating func checkText(
        _ value: JSONValue, _ length: ClosedRange<Int>, _ format: TextFormat, at pointer: String
    ) {
        guard let text = value.text else { return add(pointer, .notText) }
        let count = text.unicodeScalars.count
        switch format {
        case .plain:
            if count < length.lowerBound { add(pointer, .tooShort, ["limit": String(length.lowerBound)]) }
            if count > length.upperBound { add(pointer, .tooLong, ["limit": String(length.upperBound)]) }
        case .date:
            if TextForms.date(text) == nil { add(pointer, .notADate) }
        case .moment:
            if !TextForms.isMoment(text) { add(pointer, .notAMoment) }
        case .id(let prefix):
            if !TextForms.isID(text, prefix: prefix) { add(pointer, .notAnID, ["prefix": prefix]) }
        case .money:
            if !TextForms.isMoney(text) { add(pointer, .notMoney) }
        }
    }

    /// The place of a member of the object at a place, which may begin with the name of a parameter.
    private static func place(_ name: String, in pointer: String) -> String {
        pointer + JSONPointer.root.appending(name).description
    }
}

extension Schema {
    /// Whether a value is at least of the right kind: what tells alternatives apart.
    fileprivate func takesKind(of value: JSONValue) -> Bool {
        switch (self, value) {
        case (.text, .string), (.choice, .string), (.integer, .integer), (.number, .integer), (.number, .number),
            (.boolean, .bool), (.array, .array), (.object, .object), (.map, .object), (.variants, .object),
            (.nullable, .null), (.anything, _):
            true
        case (.nullable(let inner), _): inner.takesKind(of: value)
        case (.either(let schemas), _): schemas.contains { $0.takesKind(of: value) }
        default: false
        }
    }
}

/// The forms of text that schemas know.
enum TextForms {
    /// A day exactly as `2026-11-21`.
    static func date(_ text: some StringProtocol) -> CalendarDate? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// RFC 3339, 5.6, with a `T` and, for UTC, a `Z`; leap seconds are refused.
    static func isMoment(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (20...35).contains(bytes.count), date(text.prefix(10)) != nil, bytes[10] == 0x54, bytes[13] == 0x3A,
            bytes[16] == 0x3A, let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return false }
        var rest = bytes[19...]
        if rest.first == 0x2E {
            let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count) else { return false }
            rest = rest.dropFirst(1 + digits.count)
        }
        if Array(rest) == [0x5A] { return true }
        let offset = Array(rest)
        guard offset.count == 6, offset[0] == 0x2B || offset[0] == 0x2D, offset[3] == 0x3A,
            let hours = number(offset[1..<3]), let minutes = number(offset[4..<6])
        else { return false }
        return hours < 24 && minutes < 60
    }

    /// As ``ID`` reads it: strict, so that one thing has one id.
    static func isID(_ text: String, prefix: String) -> Bool {
        let bytes = Array(text.utf8)
        let start = Array(prefix.utf8) + [0x5F]
        guard bytes.count == start.count + 26, bytes.starts(with: start) else { return false }
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        return bytes[start.count...].allSatisfy(digits.contains) && bytes[start.count] <= 0x37
    }

    /// Whole fen that fit Int64.
    static func isMoney(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int64(text) != nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
