/// An element's attributes, valid during one parser event.
struct XMLAttributes {
    private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.list = list }

    /// The C text of an attribute, by its name without prefix.
    @inline(__always)
    func text(_ name: StaticString) -> UnsafePointer<CChar>? {
        guard var pair = list else { return nil }
        while let attribute = pair[0], let value = pair[1] {
            if XMLName(qualified: attribute) == name { return value }
            pair += 2
        }
        return nil
    }

    func string(_ name: StaticString) -> String? {
        text(name).map { String(cString: $0) }
    }

    /// A number without sign, nil if there is none or it is not one of at most nine digits.
    func number(_ name: StaticString) -> Int? {
        guard var digit = text(name), digit.pointee != 0 else { return nil }
        var value = 0
        var count = 0
        while digit.pointee != 0 {
            guard (0x30...0x39).contains(digit.pointee), count < 9 else { return nil }
            value = value * 10 + Int(digit.pointee - 0x30)
            count += 1
            digit += 1
        }
        return value
    }

    /// An XML boolean (1, true), false if it is missing.
    func flag(_ name: StaticString) -> Bool {
        let value = string(name)
        return value == "1" || value == "true"
    }
}
