import Seeded
import Testing

@testable import Identification

@Suite("The model as bytes")
struct ModelFileTests {
    private let texts = [
        LoanText(purpose: "风电", project: "污水", borrower: "钢材", industry: 4415), LoanText(purpose: "钢材风"),
        LoanText(),
    ]

    @Test("A model read back is the model written")
    func roundTrip() throws {
        let model = TinyModel.trained()
        let bytes = model.encoded()
        let again = try IdentificationModel(decoding: bytes)
        #expect(again.encoded() == bytes)
        #expect(again.items == model.items)
        #expect(again.version == "tiny")
        #expect(again.calibration == model.calibration)
        var first = Identifier(model: model)
        var second = Identifier(model: again)
        for loan in TinyModel.loans {
            let a = first.identify(loan.text)
            let b = second.identify(loan.text)
            #expect(a.greenProbability == b.greenProbability)
            #expect(a.candidates == b.candidates)
        }
    }

    @Test("A model cut short anywhere is refused")
    func truncated() {
        let bytes = TinyModel.smallest().encoded()
        for count in 0..<bytes.count {
            #expect(throws: ModelFileFault.self) { _ = try IdentificationModel(decoding: Array(bytes[..<count])) }
        }
        #expect(throws: ModelFileFault(problem: "trailing bytes")) {
            _ = try IdentificationModel(decoding: bytes + [0])
        }
    }

    @Test("A model with any byte flipped is refused or harmless", arguments: [UInt8(0xFF), 0x80, 0x01])
    func flipped(_ mask: UInt8) {
        let bytes = TinyModel.smallest().encoded()
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= mask
            use(damaged)
        }
    }

    @Test("A model with random bytes in it is refused or harmless", arguments: 0..<4)
    func mutated(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = TinyModel.smallest().encoded()
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                damaged[.random(in: damaged.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            use(damaged)
            use((0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    /// Whatever can be read must also answer.
    private func use(_ bytes: [UInt8]) {
        guard let model = try? IdentificationModel(decoding: bytes) else { return }
        var identifier = Identifier(model: model)
        for text in texts {
            let result = identifier.identify(text)
            #expect(result.candidates.count <= 5)
            #expect(result.candidates.allSatisfy { model.items.indices.contains($0.item) })
            for piece in identifier.evidence(for: result.candidates.first?.item, in: text) {
                #expect(piece.bytes.lowerBound >= 0)
            }
        }
    }

    @Test("Counts larger than the file reserve nothing", arguments: [UInt32.max, 0x7FFF_FFFF, 1_000_000])
    func hugeCounts(_ count: UInt32) {
        var bytes = Array("JLIDENT2".utf8) + [0, 0]
        withUnsafeBytes(of: count.littleEndian) { bytes += $0 }
        #expect(throws: ModelFileFault(problem: "items")) { _ = try IdentificationModel(decoding: bytes) }
        bytes = Array("JLIDENT2".utf8) + [0, 0, 1, 0, 0, 0, 1, 0, UInt8(ascii: "1")]
        bytes += [UInt8](repeating: 0, count: 8 * 4)
        for _ in 0..<2 { withUnsafeBytes(of: count.littleEndian) { bytes += $0 } }
        #expect(throws: ModelFileFault(problem: "counts")) { _ = try IdentificationModel(decoding: bytes) }
    }

    @Test("An item's code with thousands of levels is refused, not built into a tower of families")
    func deepItem() {
        let name = Array(String(repeating: "1.", count: 20_000).utf8)
        var bytes = Array("JLIDENT2".utf8) + [0, 0, 1, 0, 0, 0]
        withUnsafeBytes(of: UInt16(name.count).littleEndian) { bytes += $0 }
        bytes += name
        bytes += [UInt8](repeating: 0, count: 8 * 4)
        // No features, no postings, one start.
        bytes += [UInt8](repeating: 0, count: 12)
        #expect(throws: ModelFileFault(problem: "items")) { _ = try IdentificationModel(decoding: bytes) }
    }

    @Test("A file of another kind is refused by its first bytes")
    func otherKind() {
        #expect(throws: ModelFileFault(problem: "magic")) {
            _ = try IdentificationModel(decoding: Array("PK\u{3}\u{4} something else altogether".utf8))
        }
        #expect(throws: ModelFileFault.self) { _ = try IdentificationModel(decoding: []) }
    }
}
