/// A cell's place as a sheet writes it, such as `BC12`.
enum CellReference {
    /// A sheet has the columns A to XFD.
    static let columnLimit = 16_384
    /// A sheet has the rows 1 to 1,048,576.
    static let rowLimit = 1_048_576

    /// The column of a reference counted from 0; nil if it doesn't begin with a column of a sheet.
    static func column(of reference: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var letter = reference
        while (0x41...0x5A).contains(letter.pointee & ~0x20), letter.pointee & 0x40 != 0 {
            column = column * 26 + Int(letter.pointee & ~0x20) - 0x40
            guard column <= columnLimit else { return nil }
            letter += 1
        }
        return column > 0 ? column - 1 : nil
    }

    /// The letters of a column counted from 0.
    static func letters(ofColumn column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column + 1
        while rest > 0 {
            letters.append(UInt8(0x41 + (rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}
