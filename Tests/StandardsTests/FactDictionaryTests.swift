import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Values of facts as cells give them")
struct FactDictionaryTests {
    private let dictionary: FactDictionary

    init() throws {
        dictionary = try Examples.dictionary()
    }

    private func fault(_ id: FactID, _ text: String) -> FactFault.Reason? {
        do throws(FactFault) {
            _ = try dictionary.value(of: id, from: text)
            return nil
        } catch {
            #expect(error.fact == id)
            #expect(error.message.key == error.reason.rawValue)
            #expect(error.message.arguments["fact"] == id.name)
            return error.reason
        }
    }

    @Test(
        "A number is in the unit of the fact unless it carries its own",
        arguments: [
            ("5000", 5_000.0), ("5,000", 5_000), ("５０００", 5_000), (" 5000 ", 5_000), ("\u{3000}5000", 5_000),
            ("5 MW", 5_000), ("5MW", 5_000), ("5兆瓦", 5_000), ("0.5万千瓦", 5_000), ("5e3", 5_000), ("0", 0),
        ])
    func numbers(text: String, value: Double) throws {
        guard case .number(let found) = try dictionary.value(of: Examples.capacity, from: text) else {
            Issue.record("\(text) is no number")
            return
        }
        #expect(Comparison.equal.holds(found, value), "\(text)")
    }

    @Test("A percent sign is a unit: 5 % of a fact in per cent is 5, of a pure number 0.05")
    func percent() throws {
        #expect(try dictionary.value(of: FactID("share"), from: "5%") == .number(5))
        #expect(try dictionary.value(of: FactID("share"), from: "5") == .number(5))
        guard case .number(let stars) = try dictionary.value(of: Examples.stars, from: "5%") else {
            Issue.record("no number")
            return
        }
        #expect(Comparison.equal.holds(stars, 0.05))
    }

    @Test("Words, another dimension, values beyond the range and beyond all numbers are told apart")
    func refusedNumbers() {
        #expect(fault(Examples.capacity, "很大") == .notANumber)
        #expect(fault(Examples.capacity, "") == .notANumber)
        #expect(fault(Examples.capacity, "12 12") == .notANumber)
        #expect(fault(Examples.capacity, "5 t") == .wrongUnit)
        #expect(fault(Examples.capacity, "5 MWh") == .wrongUnit)
        #expect(fault(Examples.capacity, "-1") == .outOfRange)
        #expect(fault(Examples.stars, "4") == .outOfRange)
        #expect(fault(Examples.stars, "3") == nil)
        #expect(fault(FactID("power"), "1e999") == .notANumber)
        #expect(fault(Examples.capacity, "1e306 GW") == .outOfRange)
    }

    @Test("Yes and no are read in both languages and as 1 and 0")
    func yesNo() throws {
        for text in ["是", "有", "符合", "达到", "y", "Y", "yes", "YES", "true", "True", "1", " 是 "] {
            #expect(try dictionary.value(of: Examples.permitted, from: text) == .yesNo(true), "\(text)")
        }
        for text in ["否", "无", "不符合", "未达到", "n", "N", "no", "No", "false", "FALSE", "0", "\u{3000}否"] {
            #expect(try dictionary.value(of: Examples.permitted, from: text) == .yesNo(false), "\(text)")
        }
        for text in ["", "maybe", "2", "是否", "不是"] {
            #expect(fault(Examples.permitted, text) == .notYesNo, "\(text)")
        }
    }

    @Test("A choice is named by its identifier or by its label in either language")
    func choices() throws {
        for text in ["offshore", "海上", "at sea", " 海上 "] {
            #expect(try dictionary.value(of: Examples.technology, from: text) == .choice("offshore"), "\(text)")
        }
        #expect(fault(Examples.technology, "屋顶") == .notAChoice)
        #expect(fault(Examples.technology, "") == .notAChoice)
    }

    @Test("A fact that the dictionary does not have is unknown, and one that stands twice is refused")
    func unknownAndDouble() throws {
        #expect(fault(FactID("colour"), "green") == .unknownFact)
        #expect(dictionary[FactID("colour")] == nil)
        let twice = Examples.definition(Examples.permitted, .yesNo)
        #expect(throws: PackFault(.duplicate, subject: "permitted")) { try FactDictionary([twice, twice]) }
    }

    @Test("The dictionary lists its facts in order and knows the units of numbers")
    func listing() {
        #expect(dictionary.count == 6)
        #expect(dictionary.all.map(\.id) == dictionary.all.map(\.id).sorted())
        #expect(dictionary[Examples.capacity]?.unit?.symbol == "kW")
        #expect(dictionary[Examples.permitted]?.unit == nil)
    }

    @Test("What is absent from a sheet is unknown, neither nothing nor no")
    func sheets() {
        var sheet = Examples.sheet([Examples.capacity: .number(5), Examples.permitted: .yesNo(false)])
        #expect(sheet.number(Examples.capacity) == 5)
        #expect(sheet.number(Examples.permitted) == nil)
        #expect(sheet.number(Examples.stars) == nil)
        #expect(!sheet.isEmpty)
        sheet[Examples.capacity] = nil
        sheet[Examples.permitted] = nil
        #expect(sheet.isEmpty && sheet[Examples.capacity] == nil)
    }

    @Test("Any text gives a finite number in range, a value of the kind, or a fault that names the fact")
    func fuzz() {
        var generator = SeededGenerator(seed: 31)
        let seeds = ["5000", "5 MW", "是", "offshore", "1,234.5e3 kW", "3%", "０．５万千瓦", "否"]
        let characters = Array("0123456789.,eE+-%％ kWMt万千瓦是否yn/·^()\u{0}\u{FFFD}")
        for _ in 0..<6_000 {
            var text = Array(seeds.randomElement(using: &generator) ?? "")
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                let place = Int.random(in: 0...text.count, using: &generator)
                text.insert(characters.randomElement(using: &generator) ?? "0", at: place)
            }
            for definition in dictionary.all {
                do throws(FactFault) {
                    switch (definition.kind, try dictionary.value(of: definition.id, from: String(text))) {
                    case (.number(_, let minimum, let maximum), .number(let value)):
                        #expect(value.isFinite && value >= minimum ?? value && value <= maximum ?? value)
                    case (.yesNo, .yesNo), (.choice, .choice): break
                    default: Issue.record("\(definition.id) from \(String(text))")
                    }
                } catch {
                    #expect(error.fact == definition.id)
                }
            }
        }
    }
}
