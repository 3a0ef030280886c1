/// An element's or attribute's name without its namespace prefix, valid during one parser event.
struct XMLName {
    private let local: UnsafePointer<CChar>

    /// A name as it is written, with or without a prefix.
    @inline(__always)
    init(qualified: UnsafePointer<CChar>) {
        // Which prefix stands for which namespace differs between writers; the local names don't.
        var start = qualified
        var next = qualified
        while next.pointee != 0 {
            if next.pointee == 0x3A { start = next + 1 }
            next += 1
        }
        local = start
    }

    /// A text that has no prefix.
    @inline(__always)
    init(local: UnsafePointer<CChar>) { self.local = local }

    @inline(__always)
    static func == (name: XMLName, text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        var offset = 0
        while offset < count {
            // The end of the name differs from every character, so that nothing behind it is read.
            guard UInt8(bitPattern: name.local[offset]) == text.utf8Start[offset] else { return false }
            offset += 1
        }
        return name.local[count] == 0
    }
}
