import Access
import Platform
import Store
import Vocabulary

/// The pages by which a person comes in, and keeps the own account.
struct AccountPages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }

    /// - Parameter asksForCode: Whether the password was right and a code is wanted too.
    func signIn(_ state: FormState, asksForCode: Bool, back: String) -> Page {
        var fields = [
            Field(
                name: "email", label: "account.email", kind: .line(type: "email", autocomplete: "username")),
            Field(
                name: "password", label: "account.password",
                kind: .line(type: "password", autocomplete: "current-password")),
        ]
        if asksForCode {
            fields.append(
                Field(
                    name: "code", label: "account.code", hint: "account.code-hint",
                    kind: .line(type: "text", autocomplete: "one-time-code")))
        }
        let form = Form(
            action: "/sign-in", fields: fields, button: "portal.sign-in",
            hidden: back.isEmpty ? [] : [("back", back)])
        return Page("portal.sign-in", form.html(state, frame))
    }

    /// The page that an invitation's link leads to.
    func invitation(
        _ invitation: Invitation, _ organisation: Organisation, link: String, _ state: FormState
    ) -> Page {
        var fields: [Field] = []
        if invitation.email == nil {
            fields.append(
                Field(name: "email", label: "account.email", kind: .line(type: "email", autocomplete: "username")))
        }
        fields += [
            Field(
                name: "name", label: "account.name", hint: "account.name-hint",
                kind: .line(type: "text", autocomplete: "name"), isRequired: false),
            Field(
                name: "password", label: "account.password", hint: "account.password-hint",
                kind: .line(type: "password", autocomplete: "new-password")),
        ]
        let intro: HTML = """
            <dl><dt>\(words("organisation.one"))</dt><dd>\(organisation.name)</dd>
            \(invitation.email.map { "<dt>\(words("account.email"))</dt><dd>\($0.text)</dd>" as HTML })
            <dt>\(words("account.roles"))</dt><dd>\(words(invitation.roles))</dd>
            <dt>\(words("invitation.until"))</dt><dd>\(words(invitation.expiresAt))</dd></dl>
            """
        return Page(
            "invitation.title",
            intro + Form(action: link, fields: fields, button: "invitation.accept").html(state, frame))
    }

    /// The account with its sign-ins; `profile` and `password` are the forms as they were filled.
    func account(
        _ account: Platform.Account, sessions: [SessionRecord], current: ID<Session>?, profile: FormState,
        password: FormState, factor: FormState, notice: Message?
    ) -> Page {
        let person = account.person
        var filled = profile
        if filled.values.isEmpty { filled.values = ["name": person.name, "language": person.language.rawValue] }
        let rows: [[HTML]] = sessions.map { session in
            [
                "\(words(session.createdAt))", "\(words(session.seenAt))", "\(session.address)",
                "\(session.agent)",
                session.id == current
                    ? "\(words("account.this-session"))"
                    : "<form method=\"post\" action=\"/account/sessions/\(session.id.text)/end\">\(frame.token)<button class=\"quiet\">\(words("account.end-session"))</button></form>",
            ]
        }
        let table = Table(
            columns: ["account.signed-in-at", "account.seen-at", "account.address", "account.agent", ""], rows: rows,
            empty: "account.no-sessions")
        let factorPart: HTML =
            account.hasSecondFactor
            ? """
            <p>\(words("authenticator.on", ["count": String(account.recoveryCodesLeft)]))</p>
            \(Form(action: "/account/authenticator/remove", fields: [Self.passwordField], button: "authenticator.remove").html(factor, frame))
            """
            : """
            <p>\(words("authenticator.off"))</p>
            \(Form(action: "/account/authenticator", fields: [Self.passwordField], button: "authenticator.propose").html(factor, frame))
            """
        return Page(
            "account.title", notice: notice,
            """
            <dl><dt>\(words("account.email"))</dt><dd>\(person.email.text)</dd></dl>
            <h2>\(words("account.profile"))</h2>
            \(Form(action: "/account/profile", fields: [
                Field(name: "name", label: "account.name", kind: .line(type: "text", autocomplete: "name")),
                Field(name: "language", label: "account.language", kind: .choice([("zh", "中文"), ("en", "English")])),
            ], button: "portal.save").html(filled, frame))
            <h2>\(words("account.change-password"))</h2>
            \(Form(action: "/account/password", fields: [
                Field(name: "old_password", label: "account.old-password", kind: .line(type: "password", autocomplete: "current-password")),
                Field(name: "new_password", label: "account.new-password", hint: "account.password-hint", kind: .line(type: "password", autocomplete: "new-password")),
            ], button: "account.change-password").html(password, frame))
            <h2>\(words("authenticator.title"))</h2>
            \(factorPart)
            <h2>\(words("account.sessions"))</h2>
            \(table.html(words))
            <form method="post" action="/account/sessions/end-all">\(frame.token)<button class="quiet">\(words("account.end-all"))</button></form>
            """)
    }

    /// The secret for the app, and the field for the first code of it.
    func authenticator(_ proposal: Platform.AuthenticatorProposal, _ state: FormState) -> Page {
        Page(
            "authenticator.title", path: [(words("account.title"), "/account")],
            """
            <p>\(words("authenticator.how"))</p>
            <p class="secret" id="authenticator-secret">\(proposal.secret)</p>
            <p><a href="\(proposal.address)">\(words("authenticator.open"))</a></p>
            \(confirmation(state))
            """)
    }

    /// The field for the first code alone, after a wrong one: the secret is shown only once.
    func authenticatorAgain(_ state: FormState) -> Page {
        Page("authenticator.title", path: [(words("account.title"), "/account")], confirmation(state))
    }

    private func confirmation(_ state: FormState) -> HTML {
        Form(
            action: "/account/authenticator/confirm",
            fields: [
                Field(
                    name: "code", label: "account.code", hint: "authenticator.first-code",
                    kind: .line(type: "text", autocomplete: "one-time-code"))
            ], button: "authenticator.confirm"
        ).html(state, frame)
    }

    /// The recovery codes, which are shown once.
    func recoveryCodes(_ codes: [String]) -> Page {
        let items: [HTML] = codes.map { "<li><code>\($0)</code></li>" }
        return Page(
            "authenticator.recovery-title", path: [(words("account.title"), "/account")],
            """
            <p>\(words("authenticator.recovery"))</p><ol class="secret">\(items)</ol>
            <p><a href="/account">\(words("authenticator.kept"))</a></p>
            """)
    }

    private static let passwordField = Field(
        name: "password", label: "account.password", kind: .line(type: "password", autocomplete: "current-password"))
}
