import Standards
import Testing

@Suite("How the subjects of items stand to each other")
struct ScopeRelationTests {
    private let all = ScopeRelation.allCases

    @Test("Read from the other side and back, a relation is the same again")
    func involution() {
        for relation in all { #expect(relation.inverse.inverse == relation) }
        #expect(ScopeRelation.wider.inverse == .narrower)
        #expect(all.filter { $0.inverse == $0 } == [.equal, .partial])
    }

    @Test("A relation through an equal item is the relation itself")
    func neutral() {
        for relation in all {
            #expect(relation.then(.equal) == relation)
            #expect(ScopeRelation.equal.then(relation) == relation)
        }
    }

    @Test("Of three links it does not matter which two are taken together first")
    func associative() {
        for first in all {
            for second in all {
                for third in all {
                    #expect(first.then(second).then(third) == first.then(second.then(third)))
                }
            }
        }
    }

    @Test("The way back is the links read from the other side, last first")
    func reversed() {
        for first in all {
            for second in all { #expect(first.then(second).inverse == second.inverse.then(first.inverse)) }
        }
    }

    @Test("What lies within what lies within lies within; no other way is sure to")
    func within() {
        for first in all {
            for second in all { #expect(first.then(second).isWithin == (first.isWithin && second.isWithin)) }
        }
    }

    /// How two sets that overlap stand to each other.
    private func relation(_ first: Set<Int>, _ second: Set<Int>) -> ScopeRelation? {
        if first == second { return .equal }
        if first.isSuperset(of: second) { return .wider }
        if first.isSubset(of: second) { return .narrower }
        return first.isDisjoint(with: second) ? nil : .partial
    }

    @Test("A chain that says more than an overlap is right for every three subjects")
    func sets() {
        // The subjects are the non-empty sets of four things: every way in which three can lie is among them.
        let subjects = (1..<16).map { bits in Set((0..<4).filter { bits >> $0 & 1 == 1 }) }
        for first in subjects {
            for second in subjects {
                guard let one = relation(first, second) else { continue }
                for third in subjects {
                    guard let other = relation(second, third) else { continue }
                    let chain = one.then(other)
                    if chain != .partial { #expect(relation(first, third) == chain) }
                }
            }
        }
    }
}
