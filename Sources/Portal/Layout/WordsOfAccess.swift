import Access
import Platform

extension OrganisationKind {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .platformOperator: "organisation.kind-operator"
        case .regulator: "organisation.kind-regulator"
        case .district: "organisation.kind-district"
        case .lender: "organisation.kind-lender"
        case .enterprise: "organisation.kind-enterprise"
        case .verifier: "organisation.kind-verifier"
        }
    }
}

extension Role {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .administrator: "role.administrator"
        case .officer: "role.officer"
        case .reviewer: "role.reviewer"
        case .reader: "role.reader"
        }
    }
}

extension ProjectStep {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .submit: "project.step-submit"
        case .publish: "project.step-publish"
        case .return: "project.step-return"
        case .withdraw: "project.step-withdraw"
        }
    }
}

extension Words {
    /// Roles by their names, in the order of the list of roles.
    func callAsFunction(_ roles: Set<Role>) -> String {
        Role.allCases.filter(roles.contains).map { self($0.phrase) }.joined(separator: language == .zh ? "、" : ", ")
    }

    /// What scopes allow, as programs write them.
    func callAsFunction(_ scopes: Set<Scope>) -> String {
        Scope.allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ")
    }

    func callAsFunction(_ kind: OrganisationKind) -> String { self(kind.phrase) }
}
