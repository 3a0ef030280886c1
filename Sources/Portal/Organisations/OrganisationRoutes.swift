import Access
import HTTPTypes
import Hummingbird
import Platform
import Store
import Vocabulary
import Web

extension PortalSite {
    /// How many rows a list shows on a page.
    static let rowsOnPage = 50

    /// Organisations, their people, tokens and trail.
    func addOrganisations(to router: WebRouter) {
        router.get("/organisations") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(organisationList(visit, .empty, notice: visit.notice))
        }
        router.post("/organisations") { request, context in
            try await submit(request, context) { visit, fields in
                guard let kind = fields["kind"].flatMap(OrganisationKind.init(rawValue:)) else {
                    throw PlatformFault.invalid([FieldFault("/kind", "json.bad-value")])
                }
                let organisation = try await platform.createOrganisation(
                    kind, Self.draft(fields), by: try visit.viewer())
                return visit.redirect(
                    to: "/organisations/\(organisation.id.text)/people", done: "organisation.created")
            } again: { visit, state in
                try await organisationList(visit, state)
            }
        }
        router.get("/organisations/{id}") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(organisationPage(visit, .empty, notice: visit.notice))
        }
        router.post("/organisations/{id}") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                _ = try await platform.editOrganisation(
                    id, Self.draft(fields), version: Self.version(fields), by: try visit.viewer())
                return visit.redirect(to: "/organisations/\(id.text)", done: "portal.saved")
            } again: { visit, state in
                try await organisationPage(visit, state)
            }
        }
        router.post("/organisations/{id}/review") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                let text = (fields["second_above"] ?? "").trimmingSpaces()
                var limit: Money?
                if !text.isEmpty {
                    do throws(ParseFault) {
                        limit = try Money.parse(text, unit: .tenThousandYuan)
                    } catch {
                        throw PlatformFault.invalid([FieldFault("/second_above", error.message)])
                    }
                }
                try await platform.setReviewLimit(limit, of: id, by: try visit.viewer())
                return visit.redirect(to: "/organisations/\(id.text)", done: "portal.saved")
            } again: { visit, state in
                try await organisationPage(visit, .empty, limitForm: state)
            }
        }
        router.post("/organisations/{id}/close") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                try await platform.closeOrganisation(id, version: Self.version(fields), by: try visit.viewer())
                return visit.redirect(to: "/organisations/\(id.text)", done: "portal.saved")
            } again: { visit, state in
                // The form for closing has no fields: the page shows the organisation as it is, with what is wrong.
                try await organisationPage(visit, FormState(fault: state.fault))
            }
        }
        addPeople(to: router)
        addTokens(to: router)
        router.get("/organisations/{id}/audit") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let id: ID<Organisation> = try visit.id("id")
            let entries = try await platform.auditTrail(
                of: id, before: visit.asked("before").flatMap { Int64($0) }, limit: Self.rowsOnPage + 1, by: viewer)
            let (shown, next) = visit.split(entries, "before") { "\($0.number)" }
            let organisation = try await platform.organisation(id, by: viewer).organisation
            return visit.page(pages(visit).audit(organisation, shown, next: next))
        }
    }

    private func addPeople(to router: WebRouter) {
        router.get("/organisations/{id}/people") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(peoplePage(visit, .empty, notice: visit.notice))
        }
        router.post("/organisations/{id}/invitations") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                let invited = try await platform.invite(
                    email: fields["email"] ?? "", roles: try Self.roles(fields), to: id, by: try visit.viewer())
                let link =
                    "\(settings.origin ?? "http://\(settings.host):\(settings.port)")/invitation/\(invited.key.text)"
                return visit.page(
                    pages(visit).secret(
                        "invitation.link-title", "invitation.link", link, back: "/organisations/\(id.text)/people"))
            } again: { visit, state in
                try await peoplePage(visit, state)
            }
        }
        router.post("/invitations/{id}/withdraw") { request, context in
            let visit = Visit(self, request, context)
            let organisation = try await platform.withdraw(try visit.id("id"), by: try visit.viewer())
            return visit.redirect(to: "/organisations/\(organisation.text)/people", done: "portal.saved")
        }
        router.post("/organisations/{id}/people/{person}/roles") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                try await platform.setRoles(
                    try Self.roles(fields), of: try visit.id("person"), in: id, by: try visit.viewer())
                return visit.redirect(to: "/organisations/\(id.text)/people", done: "portal.saved")
            } again: { visit, state in
                try await peoplePage(visit, state.onlyFaults)
            }
        }
        router.post("/organisations/{id}/people/{person}/end") { request, context in
            try await submit(request, context) { visit, _ in
                let id: ID<Organisation> = try visit.id("id")
                try await platform.endMembership(of: try visit.id("person"), in: id, by: try visit.viewer())
                return visit.redirect(to: "/organisations/\(id.text)/people", done: "portal.saved")
            } again: { visit, state in
                try await peoplePage(visit, state.onlyFaults)
            }
        }
    }

    private func addTokens(to router: WebRouter) {
        router.get("/organisations/{id}/tokens") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(tokensPage(visit, .empty, notice: visit.notice))
        }
        router.post("/organisations/{id}/tokens") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Organisation> = try visit.id("id")
                let issued = try await platform.issueToken(
                    name: fields["name"] ?? "", scopes: Set(fields.values("scopes").compactMap(Scope.init(rawValue:))),
                    days: Int(fields["days"] ?? "") ?? 0, for: id, by: try visit.viewer())
                return visit.page(
                    pages(visit).secret(
                        "token.key-title", "token.key", issued.key.text, back: "/organisations/\(id.text)/tokens"))
            } again: { visit, state in
                try await tokensPage(visit, state)
            }
        }
        router.post("/tokens/{id}/revoke") { request, context in
            let visit = Visit(self, request, context)
            let organisation = try await platform.revokeToken(try visit.id("id"), by: try visit.viewer())
            return visit.redirect(to: "/organisations/\(organisation.text)/tokens", done: "portal.saved")
        }
    }

    // MARK: Pages

    private func pages(_ visit: Visit) -> OrganisationPages {
        OrganisationPages(frame: visit.frame, regions: platform.library.regions)
    }

    private func organisationList(_ visit: Visit, _ state: FormState, notice: Message? = nil) async throws -> Page {
        let after = visit.asked("after").flatMap { text -> (name: String, id: ID<Organisation>)? in
            // `id name`: an id holds no blank.
            let parts = text.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let id = ID<Organisation>(String(parts[0])) else { return nil }
            return (String(parts[1]), id)
        }
        let found = try await platform.organisations(
            kind: visit.asked("kind").flatMap(OrganisationKind.init(rawValue:)), after: after,
            limit: Self.rowsOnPage + 1, by: try visit.viewer())
        let (shown, next) = visit.split(found, "after") { "\($0.id.text) \($0.name)" }
        return pages(visit).list(shown, next: next, state, notice: notice)
    }

    private func organisationPage(
        _ visit: Visit, _ state: FormState, limitForm: FormState = .empty, notice: Message? = nil
    ) async throws -> Page {
        let viewer = try visit.viewer()
        let view = try await platform.organisation(try visit.id("id"), by: viewer)
        let limit =
            view.organisation.kind == .lender
            ? try await platform.reviewLimit(of: view.organisation.id, by: viewer) : nil
        return pages(visit).organisation(view, state, limit: limit, limitForm: limitForm, notice: notice)
    }

    private func peoplePage(_ visit: Visit, _ state: FormState, notice: Message? = nil) async throws -> Page {
        let viewer = try visit.viewer()
        let id: ID<Organisation> = try visit.id("id")
        let organisation = try await platform.organisation(id, by: viewer).organisation
        let members = try await platform.members(of: id, by: viewer)
        let place = Placement(organisation: id, kind: organisation.kind, region: organisation.region)
        let invitations =
            viewer.may(.invitePeople, on: place) ? try await platform.invitations(of: id, by: viewer) : nil
        return pages(visit).people(
            organisation, members, invitations, state, at: platform.surroundings.now(), notice: notice)
    }

    private func tokensPage(_ visit: Visit, _ state: FormState, notice: Message? = nil) async throws -> Page {
        let viewer = try visit.viewer()
        let id: ID<Organisation> = try visit.id("id")
        let tokens = try await platform.tokens(of: id, by: viewer)
        let organisation = try await platform.organisation(id, by: viewer).organisation
        var filled = state
        if filled.values["days"] == nil { filled.values["days"] = "90" }
        return pages(visit).tokens(organisation, tokens, filled, at: platform.surroundings.now(), notice: notice)
    }

    // MARK: Forms

    /// Reads a form and carries out what it asks; where a use case refuses, its page comes back filled.
    func submit(
        _ original: Request, _ context: WebContext,
        _ body: @Sendable (Visit, FormFields) async throws -> Response,
        again: @Sendable (Visit, FormState) async throws -> Page
    ) async throws -> Response {
        var request = original
        let visit = Visit(self, request, context)
        let fields = try await FormFields.read(&request)
        do {
            return try await body(visit, fields)
        } catch let fault as PlatformFault {
            let state = try FormState(fields, refused: fault)
            return try await visit.page(again(visit, state), status: .unprocessableContent)
        }
    }

    private static func draft(_ fields: FormFields) throws(PlatformFault) -> OrganisationDraft {
        let region: RegionCode
        do {
            region = try RegionCode.parse(fields["region"] ?? "")
        } catch {
            throw PlatformFault.invalid([FieldFault("/region", error.message)])
        }
        return OrganisationDraft(
            name: fields["name"] ?? "", englishName: fields["english_name"], creditCode: fields["credit_code"],
            region: region)
    }

    static func version(_ fields: FormFields) throws(PlatformFault) -> Int64 {
        guard let version = fields["version"].flatMap({ Int64($0) }) else { throw .changedMeanwhile }
        return version
    }

    private static func roles(_ fields: FormFields) throws(PlatformFault) -> Set<Role> {
        var roles: Set<Role> = []
        for word in fields.values("roles") {
            guard let role = Role(rawValue: word) else { throw .invalid([FieldFault("/roles", "json.bad-value")]) }
            roles.insert(role)
        }
        return roles
    }
}

extension FormState {
    /// What is wrong, without what was sent: for forms that are small parts of a page with another form.
    var onlyFaults: FormState { FormState(values: [:], faults: faults, fault: fault) }
}
