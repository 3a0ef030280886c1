/// One file in a ZIP container, as the central directory describes it.
struct ZIPEntry {
    enum Method: UInt16 {
        case stored = 0
        case deflated = 8
    }

    let name: String
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let compressedSize: Int
    let inflatedSize: Int
    let headerOffset: Int
}
