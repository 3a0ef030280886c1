import Seeded
import Testing
import Vocabulary

@testable import Impact

@Suite("Formulas")
struct FormulaTests {
    private func value(_ formula: String, _ names: [String: Double] = [:]) throws -> Double? {
        try Expression(parsing: formula).value { names[$0] }
    }

    private func reason(_ formula: String) -> FormulaFault.Reason? {
        do {
            _ = try Expression(parsing: formula)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("Multiplication binds before addition, and operators of one rank go from left to right")
    func precedence() throws {
        #expect(try value("2 + 3 * 4") == 14)
        #expect(try value("(2 + 3) * 4") == 20)
        #expect(try value("10 - 4 - 3") == 3)
        #expect(try value("100 / 5 / 2") == 10)
        #expect(try value("44 / 12 * 3") == 11)
        #expect(try value("-2 * 3 + 1") == -5)
        #expect(try value("2 * -3") == -6)
        #expect(try value("- - 2") == 2)
        #expect(try value("1.5e3 - 1e-1") == 1499.9)
        #expect(try value("min(3, 2) + max(3, 2) * 10") == 32)
        #expect(try value("max(min(1, 2), 0 - 5)") == 1)
    }

    @Test("Names are looked up, each once in order of appearance")
    func names() throws {
        let expression = try Expression(parsing: "output * (before - after) / before + max(output, a_1)")
        #expect(expression.names == ["output", "before", "after", "a_1"])
        #expect(try value("output * (before - after)", ["output": 3, "before": 5, "after": 1]) == 12)
    }

    @Test("A missing name or a zero divisor gives no value instead of a wrong one")
    func unknown() throws {
        #expect(try value("a + b", ["a": 1]) == nil)
        #expect(try value("min(a, b)", ["b": 1]) == nil)
        #expect(try value("a / b", ["a": 1, "b": 0]) == nil)
        #expect(try value("a / (b - b)", ["a": 1, "b": 7]) == nil)
        #expect(try value("0 * a") == nil)
    }

    @Test(
        "What is not a formula is refused with its place",
        arguments: [
            "", " ", "+", "1 +", "1 2", "(1", "1)", "a b", "a +* b", "min(1)", "min(1, 2, 3)", "min 1", "max", "1..2",
            "1e", "0x1F", "A", "a.b", "a^2", "a; b", "电量", "1e999", "nan", "2a", "()", ",",
        ])
    func refused(_ formula: String) {
        if formula == "nan" {
            #expect(reason(formula) == nil)  // a name like any other, not a number
        } else {
            #expect(reason(formula) == .syntax)
        }
    }

    @Test("The fault tells the place in characters from 1")
    func place() {
        #expect(throws: FormulaFault(.syntax, "1 + * 2 @ 5")) { try Expression(parsing: "1 + * 2") }
    }

    @Test("Depth and length are bounded")
    func bounds() throws {
        #expect(reason(String(repeating: "(", count: 19) + "1" + String(repeating: ")", count: 19)) == nil)
        #expect(reason(String(repeating: "(", count: 21) + "1" + String(repeating: ")", count: 21)) == .tooDeep)
        #expect(reason(String(repeating: "-", count: 500) + "1") == .tooDeep)
        #expect(reason(String(repeating: "min(1,", count: 300) + "1") == .tooDeep)
        #expect(reason(String(repeating: "1+", count: 999) + "1") == nil)
        #expect(reason(String(repeating: "1+", count: 1000) + "1") == .tooDeep)
        let long = try Expression(parsing: String(repeating: "1+", count: 999) + "1")
        #expect(long.value { _ in nil } == 1000)
    }

    @Test("Units of a formula: electricity times grid factor is carbon dioxide, and unlike things are not added")
    func units() throws {
        let units = [
            "electricity": try Unit.parse("MWh").dimension, "grid": try Unit.parse("kgCO2/kWh").dimension,
            "loss": Dimension.one, "coal": try Unit.parse("tce").dimension, "capacity": try Unit.parse("MW").dimension,
            "hours": Dimension.time,
        ]
        func dimension(_ formula: String) throws -> Dimension {
            try Expression(parsing: formula).dimension { units[$0] }
        }
        #expect(try dimension("electricity * grid / (1 - loss)") == .mass(of: .carbonDioxideEquivalent))
        #expect(try dimension("capacity * hours") == .energy)
        #expect(try dimension("-electricity / electricity") == .one)
        func reason(_ formula: String) -> FormulaFault.Reason? {
            do throws(FormulaFault) {
                let expression = try Expression(parsing: formula)
                _ = try expression.dimension { units[$0] }
                return nil
            } catch {
                return error.reason
            }
        }
        for formula in [
            "electricity + capacity", "electricity - 1", "min(coal, electricity)", "max(1, hours)",
            "electricity * grid + coal",
        ] {
            #expect(reason(formula) == .mixedDimensions, "\(formula)")
        }
        #expect(reason("electricity * tariff") == .unknownName)
    }

    @Test("A formula written out reads back with the same value")
    func writtenOut() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let expression = Self.random(depth: 5, &generator)
            let again = try Expression(parsing: expression.description)
            let names = ["a": 3.0, "b": -0.5, "c_2": 7.25]
            let first = expression.value { names[$0] }
            let second = again.value { names[$0] }
            if let first, let second, first.isFinite, abs(first) < 1e12 {
                #expect(abs(first - second) <= 1e-9 * max(1, abs(first)), "\(expression)")
            }
            #expect(expression.names.sorted() == again.names.sorted())
        }
    }

    @Test("Random and mutated text never crashes the parser, and what it accepts can be evaluated")
    func fuzz() {
        var generator = SeededGenerator(seed: 42)
        let seeds = [
            "electricity * grid_factor - project_emissions", "min(a, max(b, 1.5e-3)) / (1 - loss)",
            "area * growth * density * (1 + roots) * 44 / 12", "((((1))))", "-(-(-a))",
        ]
        let alphabet = Array("abz_09.e+-*/(), \n\t\u{0}%^电🌱".utf8) + [0xFF, 0xC0, 0x80]
        for round in 0..<20_000 {
            var bytes: [UInt8]
            if round.isMultiple(of: 2), let seed = seeds.randomElement(using: &generator) {
                bytes = Array(seed.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                    case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 32, at: place)
                    default: if bytes.count > 1 { bytes.remove(at: place) }
                    }
                }
            } else {
                bytes = (0..<Int.random(in: 0...80, using: &generator))
                    .map { _ in alphabet.randomElement(using: &generator) ?? 32 }
            }
            guard let expression = try? Expression(parsing: String(decoding: bytes, as: UTF8.self)) else { continue }
            _ = expression.value { _ in 1 }
            _ = try? expression.dimension { _ in .one }
            _ = expression.description
        }
    }

    private static func random(depth: Int, _ generator: inout SeededGenerator) -> Expression {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 2), using: &generator) {
        case 0: return .number(Double(Int.random(in: 0...1_000, using: &generator)) / 8)
        case 1: return .name(["a", "b", "c_2"].randomElement(using: &generator) ?? "a")
        case 2: return .negated(random(depth: depth - 1, &generator))
        case 3: return .sum(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        case 4: return .difference(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        case 5: return .product(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        case 6: return .quotient(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        case 7: return .smaller(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        default: return .larger(random(depth: depth - 1, &generator), random(depth: depth - 1, &generator))
        }
    }
}
