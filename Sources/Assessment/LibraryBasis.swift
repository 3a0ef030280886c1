import Credit
import Library
import Standards
import Vocabulary

extension RuleLibrary {
    /// What loans are judged by.
    /// - Parameters:
    ///   - standard: The standard that the identification model reads for.
    ///   - asOf: The reporting date.
    ///   - further: Further standards to judge every accepted loan by.
    ///   - earlierBusiness: What becomes of loans from before the standard, where the operator knows better than the pack.
    ///   - published: The day of its publication, likewise.
    ///   - decisions: What people decided, by the loans' numbers.
    /// - Throws: `AssessmentFault.unknownStandard`, `standardNotRead`.
    public func assessmentBasis(
        _ standard: String, asOf: CalendarDate, further: [String] = [],
        earlierBusiness: Transition.EarlierBusiness? = nil, published: CalendarDate? = nil,
        decisions: [String: PersonDecision] = [:]
    ) throws(AssessmentFault) -> AssessmentBasis {
        guard let pack = pack(standard) else { throw .unknownStandard(standard, packs.map(\.id)) }
        guard isRead(pack) else { throw .standardNotRead(pack.id) }
        var others: [StandardPack] = []
        for id in further {
            guard let other = self.pack(id) else { throw .unknownStandard(id, packs.map(\.id)) }
            others.append(other)
        }
        var transition = pack.header.transition
        if let earlierBusiness { transition.earlierBusiness = earlierBusiness }
        if let published { transition.published = published }
        return AssessmentBasis(
            pack: pack, catalogue: pack.header.overlayOf.flatMap { self.pack($0) }, transition: transition,
            model: model,
            methods: methods.filter(\.method.forStatements), asOf: asOf, decisions: decisions,
            predecessor: pack.header.predecessor.flatMap { self.pack($0) }, further: others, crosswalks: crosswalks)
    }
}
