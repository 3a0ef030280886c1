import CZlib

/// Puts ZIP containers together byte by byte, the malicious ones included.
struct ZIPBuilder {
    struct Part {
        var name: String
        var content: [UInt8]
        var method: UInt16 = 8
        var flags: UInt16 = 0
        var declaredSize: UInt32?
        var checksum: UInt32?
        /// Data to store instead of the compressed content.
        var rawData: [UInt8]?
    }

    var parts: [Part] = []
    var comment: [UInt8] = []
    var usesZIP64 = false
    var declaredCount: Int?

    mutating func add(_ name: String, _ content: String, method: UInt16 = 8) {
        parts.append(Part(name: name, content: Array(content.utf8), method: method))
    }

    func bytes() -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let data = part.rawData ?? (part.method == 8 ? Self.deflate(part.content) : part.content)
            let sum = part.checksum ?? UInt32(crc32(0, part.content, UInt32(part.content.count)))
            let size = part.declaredSize ?? UInt32(part.content.count)
            let name = Array(part.name.utf8)
            let offset = UInt32(archive.count)
            archive += Self.little(0x0403_4B50, 4) + Self.little(20, 2) + Self.little(UInt64(part.flags), 2)
            archive += Self.little(UInt64(part.method), 2) + Self.little(0, 4) + Self.little(UInt64(sum), 4)
            archive += Self.little(UInt64(data.count), 4) + Self.little(UInt64(size), 4)
            archive += Self.little(UInt64(name.count), 2) + Self.little(0, 2) + name + data
            let extra: [UInt8] =
                usesZIP64
                ? Self.little(1, 2) + Self.little(24, 2) + Self.little(UInt64(size), 8)
                    + Self.little(UInt64(data.count), 8) + Self.little(UInt64(offset), 8)
                : []
            let mask: UInt64 = 0xFFFF_FFFF
            directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + Self.little(20, 2)
            directory += Self.little(UInt64(part.flags), 2) + Self.little(UInt64(part.method), 2) + Self.little(0, 4)
            directory += Self.little(UInt64(sum), 4) + Self.little(usesZIP64 ? mask : UInt64(data.count), 4)
            directory += Self.little(usesZIP64 ? mask : UInt64(size), 4) + Self.little(UInt64(name.count), 2)
            directory += Self.little(UInt64(extra.count), 2) + Self.little(0, 2) + Self.little(0, 2)
            directory += Self.little(0, 2) + Self.little(0, 4) + Self.little(usesZIP64 ? mask : UInt64(offset), 4)
            directory += name + extra
        }
        let start = UInt64(archive.count)
        archive += directory
        let count = UInt64(declaredCount ?? parts.count)
        if usesZIP64 {
            let record = UInt64(archive.count)
            archive += Self.little(0x0606_4B50, 4) + Self.little(44, 8) + Self.little(45, 2) + Self.little(45, 2)
            archive += Self.little(0, 4) + Self.little(0, 4) + Self.little(count, 8) + Self.little(count, 8)
            archive += Self.little(UInt64(directory.count), 8) + Self.little(start, 8)
            archive += Self.little(0x0706_4B50, 4) + Self.little(0, 4) + Self.little(record, 8) + Self.little(1, 4)
        }
        let short: UInt64 = usesZIP64 ? 0xFFFF : count
        archive += Self.little(0x0605_4B50, 4) + Self.little(0, 2) + Self.little(0, 2) + Self.little(short, 2)
        archive += Self.little(short, 2) + Self.little(usesZIP64 ? 0xFFFF_FFFF : UInt64(directory.count), 4)
        archive += Self.little(usesZIP64 ? 0xFFFF_FFFF : start, 4) + Self.little(UInt64(comment.count), 2) + comment
        return archive
    }

    static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// Raw deflate data: zlib's stream without its two bytes of header and four of checksum.
    static func deflate(_ content: [UInt8]) -> [UInt8] {
        var size = compressBound(UInt(content.count))
        var compressed = [UInt8](repeating: 0, count: Int(size))
        _ = compress2(&compressed, &size, content, UInt(content.count), 9)
        return Array(compressed[2..<(Int(size) - 4)])
    }
}
