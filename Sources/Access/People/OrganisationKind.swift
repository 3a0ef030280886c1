/// What an organisation is to the platform. It decides, with a person's role in it, what that person may do.
public enum OrganisationKind: String, Sendable, Hashable, CaseIterable {
    /// 平台运营方: runs the platform, sets up organisations, sees no customer's data.
    case platformOperator = "operator"
    /// 监管机构: a central bank's branch or a financial regulator; sees what lies in its jurisdiction.
    case regulator
    /// 区县: the government of a district, county or prefecture; pushes and follows the projects of its area.
    case district
    /// 金融机构: a bank or another lender.
    case lender
    /// 企业: the owner of projects.
    case enterprise
    /// 第三方机构: examines, certifies and rates what it is asked to.
    case verifier
}

/// What a person does in an organisation. One person may hold several roles.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// 管理员: people, invitations, tokens and settings of the organisation.
    case administrator
    /// 经办: enters, imports and edits.
    case officer
    /// 复核: decides, approves, submits; the second pair of eyes.
    case reviewer
    /// 查看: reads.
    case reader
}
