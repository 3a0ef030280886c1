import Access
import Platform
import Store
import Vocabulary

/// The pages of organisations: who is a member of the platform, their people, tokens and trail.
struct OrganisationPages: Sendable {
    let frame: Frame
    let regions: RegionTable

    private var words: Words { frame.words }
    private var viewer: Viewer? { frame.viewer }

    private func may(_ act: Act, _ organisation: Organisation) -> Bool {
        viewer?.may(
            act, on: Placement(organisation: organisation.id, kind: organisation.kind, region: organisation.region))
            ?? false
    }

    private func address(_ id: ID<Organisation>, _ rest: String = "") -> String { "/organisations/\(id.text)\(rest)" }

    private var top: (name: String, address: String) { (words("portal.organisations"), "/organisations") }

    private func region(_ code: RegionCode) -> String {
        regions.region(code).map { "\($0.name) \(code)" } ?? code.description
    }

    /// The list, with the form for another where the viewer may take one in.
    /// - Parameter next: The address of the page after this; nil if this is the last.
    func list(_ organisations: [Organisation], next: String?, _ state: FormState, notice: Message? = nil) -> Page {
        let table = Table(
            columns: ["organisation.name", "organisation.kind", "organisation.region", "organisation.credit-code"],
            rows: organisations.map { organisation in
                [
                    """
                    <a href="\(address(organisation.id))">\(organisation.name)</a>\
                    \(organisation.closedAt == nil ? .none : " <span class=\"quiet\">\(words("organisation.is-closed"))</span>" as HTML)
                    """,
                    "\(words(organisation.kind))", "\(region(organisation.region))",
                    "\(organisation.creditCode?.description ?? "–")",
                ]
            }, empty: "organisation.none")
        let mayCreate = !(viewer?.grants(for: .createOrganisation).isEmpty ?? true)
        let kinds = OrganisationKind.allCases.map { (value: $0.rawValue, word: words($0)) }
        let form = Form(
            action: "/organisations",
            fields: [Field(name: "kind", label: "organisation.kind", kind: .choice(kinds))] + Self.fields,
            button: "organisation.create")
        return Page(
            "portal.organisations", notice: notice,
            """
            \(table.html(words))
            \(words.next(next))
            \(mayCreate ? "<h2>\(words("organisation.create"))</h2>\(form.html(state, frame))" : .none)
            """)
    }

    private static let fields = [
        Field(name: "name", label: "organisation.name"),
        Field(name: "english_name", label: "organisation.english-name", isRequired: false),
        Field(
            name: "credit_code", label: "organisation.credit-code", hint: "organisation.credit-code-hint",
            isRequired: false),
        Field(name: "region", label: "organisation.region", hint: "organisation.region-hint"),
    ]

    /// - Parameters:
    ///   - limit: Of a lender, above which balance a second person must agree to its decisions; nil where one always must.
    ///   - limitForm: The form for it, as it is filled.
    func organisation(
        _ view: OrganisationView, _ state: FormState, limit: Money? = nil, limitForm: FormState = .empty,
        notice: Message? = nil
    ) -> Page {
        let organisation = view.organisation
        var filled = state
        if filled.values.isEmpty {
            filled.values = [
                "name": organisation.name, "english_name": organisation.englishName ?? "",
                "credit_code": organisation.creditCode?.description ?? "",
                "region": organisation.region.description,
            ]
        }
        var links: [HTML] = []
        if may(.readPeople, organisation) {
            links.append(
                "<li><a href=\"\(address(organisation.id, "/people"))\">\(words("organisation.people"))</a></li>")
        }
        if may(.readTokens, organisation) {
            links.append("<li><a href=\"\(address(organisation.id, "/tokens"))\">\(words("token.title"))</a></li>")
        }
        if may(.readAudit, organisation) {
            links.append("<li><a href=\"\(address(organisation.id, "/audit"))\">\(words("audit.title"))</a></li>")
        }
        let version = [(name: "version", value: String(view.version))]
        let edit = Form(
            action: address(organisation.id), fields: Self.fields, button: "portal.save", hidden: version)
        let close = Form(
            action: address(organisation.id, "/close"), fields: [], button: "organisation.close", hidden: version)
        let isOpen = organisation.closedAt == nil
        return Page(
            "organisation.one", path: [top], notice: notice,
            """
            <dl><dt>\(words("organisation.name"))</dt><dd>\(organisation.name)</dd>
            <dt>\(words("organisation.english-name"))</dt><dd>\(organisation.englishName ?? "–")</dd>
            <dt>\(words("organisation.kind"))</dt><dd>\(words(organisation.kind))</dd>
            <dt>\(words("organisation.region"))</dt><dd>\(region(organisation.region))</dd>
            <dt>\(words("organisation.credit-code"))</dt><dd>\(organisation.creditCode?.description ?? "–")</dd>
            <dt>\(words("portal.id"))</dt><dd><code>\(organisation.id.text)</code></dd>
            \(organisation.closedAt.map { "<dt>\(words("organisation.is-closed"))</dt><dd>\(words($0))</dd>" as HTML })</dl>
            <ul>\(links)</ul>
            \(organisation.kind == .lender ? review(organisation, limit, limitForm) : .none)
            \(isOpen && may(.editOrganisation, organisation) ? "<h2>\(words("portal.edit"))</h2>\(edit.html(filled, frame))" : .none)
            \(isOpen && may(.closeOrganisation, organisation) ? "<h2>\(words("organisation.close"))</h2><p>\(words("organisation.close-hint"))</p>\(close.html(.empty, frame))" : .none)
            """)
    }

    /// How a lender decides of loans in doubt.
    private func review(_ organisation: Organisation, _ limit: Money?, _ state: FormState) -> HTML {
        let said = limit.map { words("review.limit-is", ["amount": amount($0)]) } ?? words("review.limit-none")
        var filled = state
        if filled.values.isEmpty {
            filled.values = ["second_above": limit.map { $0.formatted(in: .tenThousandYuan, fractionDigits: 6) } ?? ""]
        }
        let field = Field(name: "second_above", label: "review.limit", hint: "review.limit-hint", isRequired: false)
        let form = Form(action: address(organisation.id, "/review"), fields: [field], button: "portal.save")
        let mayEdit = organisation.closedAt == nil && may(.setReviewLimit, organisation)
        let models: HTML =
            may(.readBook, organisation)
            ? "<p><a href=\"\(ModelPages.address(organisation.id))\">\(words("model.title"))</a></p>" : .none
        return "<h2>\(words("review.title"))</h2><p>\(said)</p>\(models)\(mayEdit ? form.html(filled, frame) : .none)"
    }

    func people(
        _ organisation: Organisation, _ members: [Member], _ invitations: [Invitation]?, _ state: FormState,
        at moment: Timestamp, notice: Message? = nil
    ) -> Page {
        let mayEdit = may(.editPeople, organisation)
        let choices = Role.allCases.map { (value: $0.rawValue, word: words($0.phrase)) }
        let rows: [[HTML]] = members.map { member in
            let isCurrent = member.endedAt == nil
            let base = address(organisation.id, "/people/\(member.person.id.text)")
            let boxes: [HTML] = Role.allCases.map { role in
                let checked: HTML = member.roles.contains(role) ? " checked" : .none
                return """
                    <label class="check"><input type="checkbox" name="roles" value="\(role.rawValue)"\(checked)> \
                    \(words(role.phrase))</label>
                    """
            }
            let forms: HTML = """
                <form method="post" action="\(base)/roles">\(frame.token)\(boxes)<button class="quiet">\(words("portal.save"))</button></form>\
                <form method="post" action="\(base)/end">\(frame.token)<button class="quiet">\(words("account.end-membership"))</button></form>
                """
            return [
                "\(member.person.name)", "\(member.person.email.text)",
                isCurrent && mayEdit ? forms : "\(words(member.roles))",
                "\(words(member.since))",
                isCurrent
                    ? "\(words(member.hasSecondFactor ? "account.with-second-factor" : "account.without-second-factor"))"
                    : "\(words("account.left")) \(words(member.endedAt))",
            ]
        }
        let table = Table(
            columns: ["account.name", "account.email", "account.roles", "account.since", "account.state"], rows: rows,
            empty: "account.nobody")
        let form = Form(
            action: address(organisation.id, "/invitations"),
            fields: [
                Field(name: "email", label: "account.email", kind: .line(type: "email", autocomplete: "off")),
                Field(
                    name: "roles", label: "account.roles", hint: "role.hint", kind: .checks(choices), isRequired: false),
            ], button: "invitation.send")
        let inviting: HTML? = invitations.map { invitations in
            """
            <h2>\(words("invitation.list"))</h2>
            \(invitationTable(invitations, at: moment).html(words))
            \(organisation.closedAt == nil ? "<h2>\(words("invitation.send"))</h2>\(form.html(state, frame))" : .none)
            """
        }
        return Page(
            "organisation.people", path: [top, (organisation.name, address(organisation.id))], notice: notice,
            "\(table.html(words))\(inviting)")
    }

    private func invitationTable(_ invitations: [Invitation], at moment: Timestamp) -> Table {
        Table(
            columns: ["account.email", "account.roles", "invitation.until", "account.state", ""],
            rows: invitations.map { invitation in
                let state =
                    invitation.acceptedAt != nil
                    ? "invitation.accepted"
                    : invitation.withdrawnAt != nil
                        ? "invitation.withdrawn"
                        : moment < invitation.expiresAt ? "invitation.open" : "invitation.expired"
                let withdraw: HTML =
                    "<form method=\"post\" action=\"/invitations/\(invitation.id.text)/withdraw\">\(frame.token)<button class=\"quiet\">\(words("invitation.withdraw"))</button></form>"
                return [
                    "\(invitation.email?.text ?? "–")", "\(words(invitation.roles))",
                    "\(words(invitation.expiresAt))", "\(words(state))",
                    invitation.isOpen(at: moment) ? withdraw : .none,
                ]
            }, empty: "invitation.none")
    }

    /// What is shown once: a link or a key.
    func secret(_ title: String, _ explanation: String, _ secret: String, back: String) -> Page {
        Page(
            title, path: [top],
            """
            <p>\(words(explanation))</p><p class="secret">\(secret)</p>
            <p><a href="\(back)">\(words("portal.back"))</a></p>
            """)
    }

    func tokens(
        _ organisation: Organisation, _ tokens: [TokenRecord], _ state: FormState, at moment: Timestamp,
        notice: Message? = nil
    ) -> Page {
        let rows: [[HTML]] = tokens.map { token in
            let isOver = token.revokedAt != nil || token.expiresAt <= moment
            let revoke: HTML =
                "<form method=\"post\" action=\"/tokens/\(token.id.text)/revoke\">\(frame.token)<button class=\"quiet\">\(words("token.revoke"))</button></form>"
            return [
                "\(token.name)", "\(words(token.scopes))", "\(words(token.createdAt))", "\(words(token.expiresAt))",
                "\(words(token.usedAt))",
                isOver ? "\(words(token.revokedAt == nil ? "token.expired" : "token.revoked"))" : revoke,
            ]
        }
        let table = Table(
            columns: ["token.name", "token.scopes", "token.created", "token.expires", "token.used", ""], rows: rows,
            empty: "token.none")
        let form = Form(
            action: address(organisation.id, "/tokens"),
            fields: [
                Field(name: "name", label: "token.name", hint: "token.name-hint"),
                Field(
                    name: "scopes", label: "token.scopes",
                    kind: .checks(Scope.allCases.map { (value: $0.rawValue, word: $0.rawValue) }), isRequired: false),
                Field(
                    name: "days", label: "token.days-label", kind: .line(type: "number", autocomplete: "off")),
            ], button: "token.issue")
        let isOpen = organisation.closedAt == nil && may(.issueToken, organisation)
        return Page(
            "token.title", path: [top, (organisation.name, address(organisation.id))], notice: notice,
            """
            \(table.html(words))
            \(isOpen ? "<h2>\(words("token.issue"))</h2>\(form.html(state, frame))" : .none)
            """)
    }

    /// The trail of what was done for an organisation.
    func audit(_ organisation: Organisation, _ entries: [AuditEntry], next: String?) -> Page {
        let table = Table(
            columns: ["audit.number", "audit.at", "audit.act", "audit.person", "audit.subject", "audit.digest"],
            rows: entries.map { entry in
                [
                    "\(entry.number)", "\(words(entry.at))", "\(words(entry.act))",
                    "<code>\(entry.person?.text ?? words("audit.platform"))</code>",
                    "<code>\(entry.subject)</code>",
                    "<details><summary><code>\(String(entry.digest.hexadecimal.prefix(12)))</code></summary><code>\(entry.body)</code></details>",
                ]
            }, empty: "audit.none", numeric: [0])
        return Page(
            "audit.title", path: [top, (organisation.name, address(organisation.id))],
            """
            <p>\(words("audit.hint"))</p>\(table.html(words))
            \(words.next(next, "audit.earlier"))
            """)
    }
}
