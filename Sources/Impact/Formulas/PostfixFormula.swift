/// A formula as a list of steps over numbered slots, for millions of rows. NaN stands for a value that is not known and
/// makes every result that needs it NaN; so does division by zero.
struct PostfixFormula: Sendable {
    private enum Step: Sendable {
        case number(Double)
        case slot(Int)
        case negate, add, subtract, multiply, divide, smaller, larger
    }

    private let steps: [Step]
    /// The slots that it reads.
    let slots: [Int]

    /// - Parameter slot: The number of a name; all names were checked before.
    init(_ expression: Expression, slot: (String) -> Int?) {
        var steps: [Step] = []
        var slots: [Int] = []
        func append(_ expression: Expression) {
            func both(_ a: Expression, _ b: Expression, _ step: Step) {
                append(a)
                append(b)
                steps.append(step)
            }
            switch expression {
            case .number(let value): steps.append(.number(value))
            case .name(let name):
                guard let number = slot(name) else {
                    steps.append(.number(.nan))
                    return
                }
                steps.append(.slot(number))
                if !slots.contains(number) { slots.append(number) }
            case .negated(let part):
                append(part)
                steps.append(.negate)
            case .sum(let a, let b): both(a, b, .add)
            case .difference(let a, let b): both(a, b, .subtract)
            case .product(let a, let b): both(a, b, .multiply)
            case .quotient(let a, let b): both(a, b, .divide)
            case .smaller(let a, let b): both(a, b, .smaller)
            case .larger(let a, let b): both(a, b, .larger)
            }
        }
        append(expression)
        self.steps = steps
        self.slots = slots
    }

    func value(_ values: borrowing [Double], _ stack: inout [Double]) -> Double {
        stack.removeAll(keepingCapacity: true)
        for step in steps {
            switch step {
            case .number(let value): stack.append(value)
            case .slot(let number): stack.append(values[number])
            case .negate: stack.append(-stack.removeLast())
            case .add, .subtract, .multiply, .divide, .smaller, .larger:
                let b = stack.removeLast()
                let a = stack.removeLast()
                if a.isNaN || b.isNaN {
                    stack.append(.nan)
                    continue
                }
                switch step {
                case .add: stack.append(a + b)
                case .subtract: stack.append(a - b)
                case .multiply: stack.append(a * b)
                case .divide: stack.append(b == 0 ? .nan : a / b)
                case .smaller: stack.append(min(a, b))
                default: stack.append(max(a, b))
                }
            }
        }
        return stack.last ?? .nan
    }
}
