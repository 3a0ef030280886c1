/// What may be done on the platform. Every use case names the one that it is; the permission matrix says who may.
public enum Act: String, Sendable, Hashable, CaseIterable {
    case createOrganisation = "organisation.create"
    case readOrganisation = "organisation.read"
    case editOrganisation = "organisation.edit"
    case closeOrganisation = "organisation.close"

    case readPeople = "people.read"
    case invitePeople = "people.invite"
    case editPeople = "people.edit"

    case readTokens = "token.read"
    case issueToken = "token.issue"
    case revokeToken = "token.revoke"

    case readProject = "project.read"
    case registerProject = "project.register"
    case editProject = "project.edit"
    case submitProject = "project.submit"
    case publishProject = "project.publish"
    case withdrawProject = "project.withdraw"
    case mergeProjects = "project.merge"

    case readBook = "book.read"
    case sendBook = "book.send"
    case cancelBook = "book.cancel"
    case downloadBook = "book.download"
    case reassessBook = "book.reassess"
    case readFacility = "facility.read"
    case decideFacility = "facility.decide"
    case confirmDecision = "decision.confirm"
    case setReviewLimit = "review.set-limit"
    case trainModel = "model.train"
    case switchModel = "model.switch"

    case readStatistics = "statistics.read"
    case publishStatistics = "statistics.publish"

    case readReturn = "return.read"
    case prepareReturn = "return.prepare"
    case adjustReturn = "return.adjust"
    case discardReturn = "return.discard"
    case submitReturn = "return.submit"

    case readAudit = "audit.read"

    /// What a token needs to be used for it; nil where no token will do and a person has to be signed in.
    public var scope: Scope? {
        switch self {
        case .readOrganisation, .readPeople: .peopleRead
        case .invitePeople: .peopleWrite
        case .readProject: .projectsRead
        case .registerProject, .editProject, .submitProject, .publishProject, .withdrawProject, .mergeProjects:
            .projectsWrite
        case .readBook, .downloadBook, .readFacility, .readStatistics, .readReturn: .booksRead
        case .sendBook, .cancelBook, .reassessBook, .decideFacility, .prepareReturn, .adjustReturn, .discardReturn:
            .booksWrite
        case .createOrganisation, .editOrganisation, .closeOrganisation, .editPeople, .readTokens, .issueToken,
            .revokeToken, .confirmDecision, .setReviewLimit, .trainModel, .switchModel, .publishStatistics,
            .submitReturn,
            .readAudit:
            nil
        }
    }
}
