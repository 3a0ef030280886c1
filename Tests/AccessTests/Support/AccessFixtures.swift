import Seeded
import Synchronization
import Vocabulary

@testable import Access

/// A moment of the tests.
let noon = Timestamp(milliseconds: 1_795_233_600_000)

extension RandomSource {
    /// Bytes that depend on a seed alone; each draw continues the last.
    static func seeded(_ seed: UInt64) -> RandomSource {
        let generator = Mutex(SeededGenerator(seed: seed))
        let box = SeededBox(generator)
        return RandomSource { count in box.bytes(count) }
    }
}

private final class SeededBox: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(_ generator: consuming Mutex<SeededGenerator>) { self.generator = generator }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
    }
}

/// The bytes that hexadecimal digits stand for, spaces aside.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// The code with which something is refused, or nil if it is not.
func refusal(_ body: () throws(AccessFault) -> Void) -> AccessFault.Code? {
    do throws(AccessFault) {
        try body()
        return nil
    } catch {
        return error.code
    }
}
