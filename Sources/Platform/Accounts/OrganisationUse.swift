import Access
import Store
import Vocabulary

/// What somebody enters of an organisation.
public struct OrganisationDraft: Sendable {
    public var name: String
    public var englishName: String?
    public var creditCode: String?
    public var region: RegionCode

    public init(name: String, englishName: String? = nil, creditCode: String? = nil, region: RegionCode) {
        self.name = name
        self.englishName = englishName
        self.creditCode = creditCode
        self.region = region
    }
}

/// An organisation with its version, for changing it later.
public struct OrganisationView: Sendable, Equatable {
    public let organisation: Organisation
    public let version: Int64
}

extension Platform {
    /// Takes an organisation in.
    /// - Throws: `conflict` if one with the same credit code is there.
    public func createOrganisation(
        _ kind: OrganisationKind, _ draft: OrganisationDraft, by viewer: Viewer
    ) async throws -> Organisation {
        _ = try viewer.requireGrants(for: .createOrganisation)
        let organisation = try Self.filled(
            Organisation(id: newID(), kind: kind, name: "", region: draft.region), from: draft)
        let moment = now
        try await database.write { transaction in
            do {
                try transaction.organisations.insert(organisation, at: moment)
            } catch StoreFault.constraint {
                throw PlatformFault.conflict("organisation.credit-code-taken")
            }
            try transaction.record(
                Deed(
                    .createOrganisation, on: organisation.id.text, by: viewer, for: organisation.id,
                    Self.detail(organisation)), at: moment)
        }
        return organisation
    }

    /// One organisation.
    public func organisation(_ id: ID<Organisation>, by viewer: Viewer) async throws -> OrganisationView {
        try await database.read { transaction in
            let organisation = try transaction.organisation(id, for: .readOrganisation, by: viewer)
            return OrganisationView(
                organisation: organisation, version: try transaction.organisations.version(of: id) ?? 0)
        }
    }

    /// The organisations that the viewer may see, by name.
    public func organisations(
        kind: OrganisationKind? = nil, after: (name: String, id: ID<Organisation>)? = nil, limit: Int,
        by viewer: Viewer
    ) async throws -> [Organisation] {
        let grants = try viewer.requireGrants(for: .readOrganisation)
        return try await database.read {
            try $0.organisations.list(grants, kind: kind, after: after, limit: limit)
        }
    }

    /// Changes an organisation, if it still is the version that the viewer looked at.
    /// - Parameter version: That version; nil for whichever it is.
    public func editOrganisation(
        _ id: ID<Organisation>, _ draft: OrganisationDraft, version: Int64?, by viewer: Viewer
    ) async throws -> OrganisationView {
        let moment = now
        return try await database.write { transaction in
            let before = try transaction.organisation(id, for: .editOrganisation, by: viewer)
            guard before.closedAt == nil else { throw PlatformFault.conflict("organisation.closed") }
            // The region decides what a regulator or district sees: only who may take organisations in may move one.
            if draft.region != before.region, viewer.grants(for: .createOrganisation).isEmpty {
                throw PlatformFault.invalid("/region", "organisation.region-fixed")
            }
            let after = try Self.filled(before, from: draft)
            let version = try transaction.organisations.present(version, of: id)
            do {
                guard try transaction.organisations.update(after, from: version) else {
                    throw PlatformFault.changedMeanwhile
                }
            } catch StoreFault.constraint {
                throw PlatformFault.conflict("organisation.credit-code-taken")
            }
            if after.region != before.region {
                try transaction.cube.move(id, from: before.region, to: after.region)
            }
            try transaction.record(
                Deed(
                    .editOrganisation, on: id.text, by: viewer, for: id,
                    ["before": .object(Self.detail(before)), "after": .object(Self.detail(after))]), at: moment)
            return OrganisationView(organisation: after, version: version + 1)
        }
    }

    /// Closes an organisation: nobody acts for it any more, its records stay.
    /// - Parameter version: The version that the viewer looked at; nil for whichever it is.
    public func closeOrganisation(_ id: ID<Organisation>, version: Int64?, by viewer: Viewer) async throws {
        let moment = now
        try await database.write { transaction in
            var organisation = try transaction.organisation(id, for: .closeOrganisation, by: viewer)
            guard organisation.closedAt == nil else { throw PlatformFault.conflict("organisation.closed") }
            if viewer.memberships.contains(where: { $0.organisation == id }) {
                throw PlatformFault.conflict("organisation.own")
            }
            organisation.closedAt = moment
            let version = try transaction.organisations.present(version, of: id)
            guard try transaction.organisations.update(organisation, from: version) else {
                throw PlatformFault.changedMeanwhile
            }
            try transaction.record(Deed(.closeOrganisation, on: id.text, by: viewer, for: id), at: moment)
        }
    }

    private static func filled(
        _ organisation: Organisation, from draft: OrganisationDraft
    ) throws(PlatformFault) -> Organisation {
        var organisation = organisation
        var faults: [FieldFault] = []
        organisation.name = draft.name.trimmingSpaces()
        if let fault = nameFault(organisation.name) { faults.append(fault) }
        let english = draft.englishName?.trimmingSpaces() ?? ""
        organisation.englishName = english.isEmpty ? nil : english
        if let fault = organisation.englishName.flatMap({ nameFault($0, field: "/english_name") }) {
            faults.append(fault)
        }
        organisation.region = draft.region
        let code = draft.creditCode?.trimmingSpaces() ?? ""
        do {
            organisation.creditCode = code.isEmpty ? nil : try UnifiedSocialCreditCode.parse(code)
        } catch {
            faults.append(.init("/credit_code", error.message))
        }
        guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
        return organisation
    }

    private static func detail(_ organisation: Organisation) -> [String: JSONValue] {
        [
            "kind": .string(organisation.kind.rawValue), "name": .string(organisation.name),
            "english_name": JSONValue(organisation.englishName),
            "credit_code": JSONValue(organisation.creditCode?.description),
            "region": .integer(Int64(organisation.region.number)),
        ]
    }
}

extension Organisations {
    /// The version that a change is made to; where none is stated, the one that is there.
    fileprivate func present(_ version: Int64?, of id: ID<Organisation>) throws -> Int64 {
        if let version { return version }
        return try self.version(of: id) ?? 0
    }
}
