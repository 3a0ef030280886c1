import Seeded
import Testing
import Vocabulary

@testable import Access

@Suite("The permission matrix")
struct PermissionMatrixTests {
    static let random = RandomSource { count in Array(repeating: UInt8(7), count: count) }
    static func organisation(_ number: Int64) -> ID<Organisation> {
        ID(at: Timestamp(milliseconds: number), random)
    }
    static let chongqing = RegionCode(500_000)!
    static let yuzhong = RegionCode(500_103)!
    static let sichuan = RegionCode(510_000)!

    static func viewer(
        _ kind: OrganisationKind, _ roles: Set<Role>, _ number: Int64 = 1, region: RegionCode = chongqing,
        credential: Viewer.Credential? = nil
    ) -> Viewer {
        Viewer(
            person: ID(at: Timestamp(milliseconds: number), random), name: "someone", language: .zh,
            memberships: [
                .init(organisation: organisation(number), kind: kind, region: region, roles: roles)
            ],
            credential: credential ?? .session(ID(at: Timestamp(milliseconds: number), random)))
    }

    @Test("Every act has a row, every kind a column, and every cell is understood")
    func complete() {
        #expect(PermissionMatrix.rows.map(\.first) == Act.allCases.map(\.rawValue))
        for row in PermissionMatrix.rows {
            #expect(row.count == OrganisationKind.allCases.count + 1)
            for (text, kind) in zip(row.dropFirst(), PermissionMatrix.kinds) where text != "-" {
                let act = Act(rawValue: row[0])!
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                let reached = PermissionMatrix.reaches(act, kind!, Set(Role.allCases))
                #expect(reached.map(\.rawValue) == parts[1].split(separator: "+").map(String.init))
                let roles = Role.allCases.filter { !PermissionMatrix.reaches(act, kind!, [$0]).isEmpty }
                let letters: [Role: Character] = [
                    .administrator: "a", .officer: "o", .reviewer: "r", .reader: "v",
                ]
                #expect(String(roles.map { letters[$0]! }) == parts[0])
            }
        }
        #expect(Set(PermissionMatrix.kinds.compactMap { $0 }) == Set(OrganisationKind.allCases))
    }

    @Test("No bank, enterprise or verifier reaches what another institution keeps to itself", arguments: Act.allCases)
    func institutionsApart(act: Act) {
        let theirs = Placement(organisation: Self.organisation(2), kind: .lender, region: Self.yuzhong)
        for kind in [OrganisationKind.lender, .enterprise, .verifier, .district] {
            #expect(!Self.viewer(kind, Set(Role.allCases)).may(act, on: theirs))
        }
    }

    @Test("The operator of the platform sees no project")
    func operatorIsBlind() {
        let viewer = Self.viewer(.platformOperator, Set(Role.allCases))
        for act in [Act.readProject, .registerProject, .editProject, .submitProject, .publishProject, .mergeProjects] {
            #expect(viewer.grants(for: act).isEmpty)
        }
    }

    @Test("A regulator sees every record of its jurisdiction, and none beyond")
    func jurisdiction() {
        let viewer = Self.viewer(.regulator, [.reader])
        func place(_ region: RegionCode?) -> Placement {
            Placement(organisation: Self.organisation(2), kind: .lender, region: region)
        }
        #expect(viewer.may(.readProject, on: place(Self.yuzhong)))
        #expect(viewer.may(.readProject, on: place(Self.chongqing)))
        #expect(!viewer.may(.readProject, on: place(Self.sichuan)))
        #expect(!viewer.may(.readProject, on: place(nil)))
        #expect(!viewer.may(.editProject, on: place(Self.yuzhong)))
    }

    @Test("A district sees the projects of its area that it or an enterprise entered, not those of a bank's customers")
    func district() {
        let viewer = Self.viewer(.district, [.officer], region: Self.yuzhong)
        func place(_ kind: OrganisationKind, _ region: RegionCode) -> Placement {
            Placement(organisation: Self.organisation(2), kind: kind, region: region)
        }
        #expect(viewer.may(.readProject, on: place(.enterprise, Self.yuzhong)))
        #expect(!viewer.may(.readProject, on: place(.lender, Self.yuzhong)))
        #expect(!viewer.may(.readProject, on: place(.enterprise, Self.chongqing)))
        #expect(!viewer.may(.editProject, on: place(.enterprise, Self.yuzhong)))
    }

    @Test("A bank sees what is published, what was given to it, and its own")
    func lender() {
        let viewer = Self.viewer(.lender, [.reader])
        let other = Self.organisation(2)
        let own = Self.organisation(1)
        #expect(viewer.may(.readProject, on: Placement(organisation: other, kind: .district, isPublished: true)))
        #expect(viewer.may(.readProject, on: Placement(organisation: other, kind: .enterprise, sharedWith: [own])))
        #expect(viewer.may(.readProject, on: Placement(organisation: own, kind: .lender)))
        #expect(!viewer.may(.readProject, on: Placement(organisation: other, kind: .enterprise)))
        #expect(!viewer.may(.editProject, on: Placement(organisation: own, kind: .lender)))
    }

    @Test("An enterprise sees the project that it owns, whoever entered it")
    func owner() {
        let viewer = Self.viewer(.enterprise, [.reader])
        let place = Placement(organisation: Self.organisation(2), kind: .district, about: Self.organisation(1))
        #expect(viewer.may(.readProject, on: place))
    }

    @Test(
        "A token does nothing beyond its scopes, and nothing that takes a reviewer", arguments: Act.allCases)
    func tokens(act: Act) {
        for kind in OrganisationKind.allCases {
            for scopes in [Set(Scope.allCases), [.projectsRead], []] {
                let token = Viewer.Credential.token(ID(at: Timestamp(milliseconds: 1), Self.random), scopes: scopes)
                let person = Self.viewer(kind, [.administrator, .officer, .reader])
                let program = Self.viewer(kind, Scope.roles, credential: token)
                #expect(Set(program.grants(for: act)).isSubset(of: person.grants(for: act)))
                let mayByScope = act.scope.map(scopes.contains) ?? false
                if !mayByScope { #expect(program.grants(for: act).isEmpty) }
            }
        }
    }

    @Test(
        "Who makes the rules of an organisation is its administrator, who sees no customer",
        arguments: OrganisationKind.allCases)
    func administrators(kind: OrganisationKind) {
        let administrator = Self.viewer(kind, [.administrator])
        let own = Placement(organisation: Self.organisation(1), kind: kind)
        #expect(administrator.may(.invitePeople, on: own))
        #expect(administrator.may(.issueToken, on: own))
        #expect(!administrator.may(.readProject, on: own))
        for role in [Role.officer, .reviewer, .reader] {
            #expect(!Self.viewer(kind, [role]).may(.invitePeople, on: own))
        }
    }

    @Test("Without a membership nobody may do anything")
    func nobody() {
        let viewer = Viewer(
            person: ID(at: Timestamp(milliseconds: 1), Self.random), name: "", language: .zh, memberships: [],
            credential: .session(ID(at: Timestamp(milliseconds: 1), Self.random)))
        for act in Act.allCases { #expect(viewer.grants(for: act).isEmpty) }
    }
}
