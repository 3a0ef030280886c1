import Access
import Store
import Vocabulary

extension Viewer {
    /// The grants for an act.
    /// - Throws: `forbidden` if there are none, whatever the record.
    func requireGrants(for act: Act) throws(PlatformFault) -> [Grant] {
        let grants = grants(for: act)
        guard !grants.isEmpty else { throw PlatformFault.forbidden(act) }
        return grants
    }

    /// Lets through who may do an act to a record. Who may do it to others only learns no more than that there is none.
    func require(_ act: Act, on place: Placement) throws(PlatformFault) {
        guard try requireGrants(for: act).contains(where: { $0.covers(place) }) else { throw PlatformFault.notFound }
    }
}

extension Organisation {
    /// An organisation stands where it itself is: it is its own record.
    var placement: Placement { Placement(organisation: id, kind: kind, region: region) }
}

extension Viewer {
    /// A record, if there is one and the viewer may do an act to it.
    /// - Throws: `forbidden` where the viewer may not do it to any; `notFound` if there is none, or none that the viewer may do it to.
    func covered<Record>(
        by act: Act, at place: (Record) -> Placement, _ find: () throws -> Record?
    ) throws -> Record {
        let grants = try requireGrants(for: act)
        guard let record = try find(), grants.contains(where: { $0.covers(place(record)) }) else {
            throw PlatformFault.notFound
        }
        return record
    }
}

extension Transaction {
    /// An organisation that the viewer may do an act to: see `Viewer.covered`.
    func organisation(_ id: ID<Organisation>, for act: Act, by viewer: Viewer) throws -> Organisation {
        try viewer.covered(by: act, at: \.placement) { try organisations.find(id) }
    }
}
