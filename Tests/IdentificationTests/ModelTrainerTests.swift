import Testing

@testable import Identification

@Suite("Training")
struct ModelTrainerTests {
    @Test("A tiny set of loans is learnt by heart")
    func learns() {
        var identifier = Identifier(model: TinyModel.trained())
        for loan in TinyModel.loans {
            let result = identifier.identify(loan.text)
            if loan.label == 0 {
                #expect(result.greenProbability < 0.5)
            } else {
                #expect(result.greenProbability > 0.5)
                #expect(result.candidates.first?.item == loan.label - 1)
            }
        }
    }

    @Test("Words met in training carry over to a purpose that was not")
    func generalises() {
        var identifier = Identifier(model: TinyModel.trained())
        #expect(identifier.identify(LoanText(purpose: "某县风电场三期")).candidates.first?.item == 0)
        #expect(identifier.identify(LoanText(purpose: "污水处理设备")).candidates.first?.item == 2)
        #expect(identifier.identify(LoanText(purpose: "补充流动资金，采购钢材")).greenProbability < 0.5)
    }

    @Test("The same seed gives the same bytes, another seed others")
    func deterministic() {
        let bytes = TinyModel.trained(seed: 7).encoded()
        #expect(bytes == TinyModel.trained(seed: 7).encoded())
        #expect(bytes != TinyModel.trained(seed: 8).encoded())
    }

    @Test("The mean loss falls from the first epoch to the last")
    func lossFalls() {
        var losses: [Double] = []
        let trainer = ModelTrainer(items: TinyModel.items, settings: TinyModel.settings())
        _ = trainer.train(TinyModel.loans) { _, loss in losses.append(loss) }
        #expect(losses.count == 20)
        #expect((losses.last ?? 1) < (losses.first ?? 0) * 0.2)
        #expect(losses.allSatisfy { $0.isFinite && $0 >= 0 })
    }

    /// Trade in two of three kinds of goods is of chapter 8, the making of all three of chapter 4.
    @Test("A trade word seen with two items of a group helps a third that it was never seen with")
    func families() {
        let items = ["4.1.1", "4.1.2", "4.1.3", "8.5.1", "8.5.2", "8.5.3"]
        func loan(_ text: String, _ label: Int) -> LabelledText { TinyModel.loan(text, label) }
        let loans = [
            loan("风机制造", 1), loan("生产风机", 1), loan("光伏板制造", 2), loan("生产光伏板", 2),
            loan("电池制造", 3), loan("生产电池", 3), loan("经销风机", 4), loan("风机经销商进货", 4),
            loan("经销光伏板", 5), loan("光伏板经销商进货", 5), loan("电池店进货", 6), loan("钢材采购", 0),
            loan("酒店装修", 0), loan("流动资金", 0),
        ]
        let trainer = ModelTrainer(items: items, settings: TinyModel.settings())
        let model = IdentificationModel(
            trainer.train(loans), items: items, version: "", calibration: Calibration(), threshold: 0.01)
        var identifier = Identifier(model: model)
        func probability(_ text: String, _ item: Int) -> Double {
            identifier.identify(LoanText(purpose: text)).candidates.first { $0.item == item }?.probability ?? 0
        }
        #expect(probability("经销电池", 5) > probability("电池", 5))
        #expect(probability("经销电池", 5) > probability("经销电池", 2))
    }

    @Test("A word of the lexicon tells which item, not that a loan is green")
    func lexiconOnlyAmongItems() {
        let word = LabelledText(
            text: LoanText(purpose: "垃圾焚烧"), label: 3, weight: 1, amongItemsOnly: true)
        var without = Identifier(model: TinyModel.trained())
        var with = Identifier(model: TinyModel.trained(TinyModel.loans + [word]))
        let text = LoanText(purpose: "钢材采购备货")
        #expect(abs(with.identify(text).greenProbability - without.identify(text).greenProbability) < 0.1)
        #expect(with.identify(LoanText(purpose: "垃圾焚烧")).candidates.first?.item == 2)
    }

    @Test("No examples, or one, give a model that answers")
    func fewExamples() {
        for loans in [[], [TinyModel.loan("风电", 1)], [TinyModel.loan("", 0)]] {
            var identifier = Identifier(model: TinyModel.trained(loans))
            let result = identifier.identify(LoanText(purpose: "风电场", borrower: "某公司", industry: 4415))
            #expect(result.greenProbability.isFinite)
            #expect(result.candidates.count <= 5)
        }
    }

    @Test("Families: every item belongs to its group, its chapter and the green ones; not green to none")
    func familyNumbers() {
        let families = ItemFamilies(items: ["1.1.1", "1.1.2", "1.2.1", "2.1.1"])
        #expect(families.count == 6, "all green, chapters 1 and 2, groups 1.1, 1.2 and 2.1")
        #expect(families.ofClass[0].isEmpty)
        #expect(families.ofClass[1] == families.ofClass[2])
        #expect(Set(families.ofClass[1]).intersection(families.ofClass[3]).count == 2)
        #expect(Set(families.ofClass[1]).intersection(families.ofClass[4]).count == 1)
    }
}
