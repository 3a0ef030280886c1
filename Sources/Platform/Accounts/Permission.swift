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

extension Transaction {
    /// An organisation that the viewer may do an act to.
    /// - Throws: `notFound` if there is none, or none that the viewer may do it to.
    func organisation(_ id: ID<Organisation>, for act: Act, by viewer: Viewer) throws -> Organisation {
        let grants = try viewer.requireGrants(for: act)
        guard let organisation = try organisations.find(id),
            grants.contains(where: { $0.covers(organisation.placement) })
        else { throw PlatformFault.notFound }
        return organisation
    }
}
