import Seeded
import Testing

@testable import Identification

@Suite("The words that spoke for a reading")
struct EvidenceTests {
    private func evidence(_ text: LoanText, for item: Int?) -> [Evidence] {
        var identifier = Identifier(model: TinyModel.trained())
        _ = identifier.identify(text)
        return identifier.evidence(for: item, in: text)
    }

    @Test("The word that training met is told, in the bytes of its field")
    func tellsTheWord() {
        let purpose = "用于某县，风电场"
        let pieces = evidence(LoanText(purpose: purpose), for: 0)
        let words = pieces.filter { $0.weight > 0 }.map {
            String(decoding: Array(purpose.utf8)[$0.bytes], as: UTF8.self)
        }
        #expect(words.contains { $0.contains("风电") })
    }

    @Test("Words that speak against come last and weigh less than nothing")
    func order() {
        let pieces = evidence(LoanText(purpose: "风电场，补充流动资金，采购服装"), for: 0)
        let firstAgainst = pieces.firstIndex { $0.weight < 0 } ?? pieces.count
        #expect(pieces[firstAgainst...].allSatisfy { $0.weight < 0 })
        let supporting = pieces[..<firstAgainst].map(\.weight)
        #expect(supporting == supporting.sorted(by: >))
        #expect(supporting.count <= 3)
    }

    @Test("Nothing known gives no evidence")
    func nothing() {
        #expect(evidence(LoanText(purpose: "囍囍囍"), for: 0).isEmpty)
        #expect(evidence(LoanText(), for: nil).isEmpty)
    }

    @Test("Evidence lies within its text and on the borders of characters", arguments: 0..<5)
    func borders(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let words = ["风电场", "光伏", "污水", "５０ＭＷ", "3.5", "，", " ", "電動", "公交", "é", "😀", "补充流动资金", "a", "。。"]
        var identifier = Identifier(model: TinyModel.trained())
        func text() -> String {
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
                .joined()
        }
        for _ in 0..<60 {
            let fields = (purpose: text(), project: text(), borrower: text())
            let loan = LoanText(
                purpose: fields.purpose, project: fields.project, borrower: fields.borrower, industry: 4415)
            let result = identifier.identify(loan)
            for item in [result.candidates.first?.item, nil, 3] {
                for piece in identifier.evidence(for: item, in: loan) {
                    let source: String =
                        switch piece.source {
                        case .purpose: fields.purpose
                        case .project: fields.project
                        case .borrower: fields.borrower
                        case .industry: ""
                        }
                    let bytes = Array(source.utf8)
                    #expect(piece.bytes.upperBound <= bytes.count)
                    for border in [piece.bytes.lowerBound, piece.bytes.upperBound] where border < bytes.count {
                        #expect(bytes[border] & 0xC0 != 0x80)
                    }
                    #expect(piece.weight.isFinite)
                }
            }
        }
    }
}
