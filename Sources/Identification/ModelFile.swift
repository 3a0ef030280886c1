/// The model as bytes: little-endian, sized, checked on reading. A damaged or hostile file is refused, never trusted with
/// a size or an index.
extension IdentificationModel {
    private static let magic: [UInt8] = Array("JLIDENT2".utf8)
    private static let longestItem = 64

    public func encoded() -> [UInt8] {
        var out = ByteAppender()
        out.bytes += Self.magic
        out.text(version)
        out.integer(UInt32(items.count))
        for item in items { out.text(item) }
        for value in [
            calibration.slope, calibration.offset, calibration.sharpness, calibration.acceptAt, calibration.rejectAt,
            calibration.itemAt,
        ] { out.integer(value.bitPattern) }
        for value in bias { out.integer(value.bitPattern) }
        out.integer(UInt32(keys.count))
        out.integer(UInt32(classes.count))
        for key in keys { out.integer(key) }
        for scale in scales { out.integer(scale.bitPattern) }
        for step in steps { out.integer(step.bitPattern) }
        for start in starts { out.integer(start) }
        for column in classes { out.integer(column) }
        out.bytes += weights.map { UInt8(bitPattern: $0) }
        return out.bytes
    }

    /// - Throws: `ModelFileFault` saying what is wrong with the bytes.
    public init(decoding bytes: [UInt8]) throws(ModelFileFault) {
        var input = ByteTaker(bytes: bytes)
        guard try input.take(Self.magic.count).elementsEqual(Self.magic) else { throw ModelFileFault(problem: "magic") }
        let version = try input.text()
        let itemCount = Int(try input.integer(UInt32.self))
        guard (1...5_000).contains(itemCount) else { throw ModelFileFault(problem: "items") }
        var items: [String] = []
        for _ in 0..<itemCount {
            let item = try input.text()
            // A code has a few levels; thousands of them would make families by the square of their number.
            guard item.utf8.count <= Self.longestItem else { throw ModelFileFault(problem: "items") }
            items.append(item)
        }
        var values: [Float] = []
        for _ in 0..<6 { values.append(try input.float()) }
        let calibration = Calibration(
            slope: values[0], offset: values[1], sharpness: values[2], acceptAt: values[3], rejectAt: values[4],
            itemAt: values[5])
        var bias: [Float] = []
        for _ in 0...itemCount { bias.append(try input.float()) }
        let featureCount = Int(try input.integer(UInt32.self))
        let postingCount = Int(try input.integer(UInt32.self))
        // 20 bytes a feature and three a posting must be there before anything is reserved for them.
        guard featureCount <= input.left / 20, postingCount <= input.left / 3 else {
            throw ModelFileFault(problem: "counts")
        }
        let keys = try input.integers(UInt64.self, featureCount)
        guard Set(keys).count == keys.count else { throw ModelFileFault(problem: "duplicate feature") }
        var scales: [Float] = []
        for _ in 0..<featureCount { scales.append(try input.float()) }
        var steps: [Float] = []
        for _ in 0..<featureCount { steps.append(try input.float()) }
        let starts = try input.integers(UInt32.self, featureCount + 1)
        guard starts.first == 0, Int(starts.last ?? 0) == postingCount,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw ModelFileFault(problem: "starts") }
        let classes = try input.integers(UInt16.self, postingCount)
        let columns = itemCount + 1 + ItemFamilies(items: items).count
        guard classes.allSatisfy({ Int($0) < columns }) else { throw ModelFileFault(problem: "column") }
        let weights = try input.take(postingCount).map { Int8(bitPattern: $0) }
        guard input.left == 0 else { throw ModelFileFault(problem: "trailing bytes") }
        self.init(
            items: items, version: version, calibration: calibration, keys: keys, scales: scales, starts: starts,
            classes: classes, weights: weights, steps: steps, bias: bias)
    }
}

/// Why bytes are not a model.
public struct ModelFileFault: Error, Sendable, Hashable {
    /// The part of the file that does not hold.
    public let problem: String
}

private struct ByteAppender {
    var bytes: [UInt8] = []

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func text(_ text: String) {
        let utf8 = Array(text.utf8.prefix(65_535))
        integer(UInt16(utf8.count))
        bytes += utf8
    }
}

private struct ByteTaker {
    let bytes: [UInt8]
    var position = 0

    var left: Int { bytes.count - position }

    mutating func take(_ count: Int) throws(ModelFileFault) -> ArraySlice<UInt8> {
        guard count >= 0, count <= left else { throw ModelFileFault(problem: "cut short at \(position)") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(ModelFileFault) -> Value {
        var value: Value = 0
        for (index, byte) in try take(Value.bitWidth / 8).enumerated() {
            value |= Value(truncatingIfNeeded: byte) << (8 * index)
        }
        return value
    }

    /// Many at once, without a loop over bytes.
    mutating func integers<Value: FixedWidthInteger>(
        _: Value.Type, _ count: Int
    ) throws(ModelFileFault) -> [Value] {
        let slice = try take(count * (Value.bitWidth / 8))
        return slice.withUnsafeBytes { raw in
            (0..<count).map {
                Value(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * (Value.bitWidth / 8), as: Value.self))
            }
        }
    }

    mutating func float() throws(ModelFileFault) -> Float {
        let value = Float(bitPattern: try integer(UInt32.self))
        guard value.isFinite else { throw ModelFileFault(problem: "not a number at \(position)") }
        return value
    }

    mutating func text() throws(ModelFileFault) -> String {
        let count = Int(try integer(UInt16.self))
        return String(decoding: try take(count), as: UTF8.self)
    }
}
