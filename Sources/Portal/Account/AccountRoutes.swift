import Access
import HTTPTypes
import Hummingbird
import Platform
import Vocabulary
import Web

extension PortalSite {
    /// Signing in and out, the own account, and the page that an invitation leads to.
    func addAccount(to router: WebRouter) {
        router.get("/sign-in") { request, context in
            let visit = Visit(self, request, context)
            return visit.page(
                AccountPages(frame: visit.frame).signIn(
                    FormState(fault: visit.notice), asksForCode: false, back: visit.asked("back") ?? ""))
        }
        router.post("/sign-in") { request, context in try await signIn(request, context) }
        router.post("/sign-out") { request, context in
            guard let viewer = context.viewer, case .session(let session) = viewer.credential else {
                return Response.redirect(to: "/")
            }
            try await platform.signOut(session, by: viewer)
            return signedOut()
        }
        router.get("/invitation/{key}") { request, context in
            let visit = Visit(self, request, context)
            let key = try invitationKey(context)
            let (invitation, organisation) = try await platform.invitation(key: key)
            return visit.page(
                AccountPages(frame: visit.frame).invitation(
                    invitation, organisation, link: "/invitation/\(key.text)", .empty))
        }
        router.post("/invitation/{key}") { request, context in try await accept(request, context) }
        addOwnAccount(to: router)
    }

    private func invitationKey(_ context: WebContext) throws -> Secret {
        guard let text = context.parameters.get("key"), let key = try? Secret(.invitation, reading: text) else {
            throw Problem.notFound
        }
        return key
    }

    private func signIn(_ original: Request, _ context: WebContext) async throws -> Response {
        var request = original
        let visit = Visit(self, request, context)
        let fields = try await FormFields.read(&request)
        let back = Visit.localPath(fields["back"])
        do {
            let signedIn = try await platform.signIn(
                email: fields["email"] ?? "", password: fields["password"] ?? "", code: fields["code"],
                from: Origin(address: context.peer, agent: request.headers[.userAgent] ?? ""))
            var response = visit.redirect(to: back)
            response.headers[values: .setCookie] = [
                SessionCookie(settings: settings).set(signedIn.key, seconds: nil),
                LanguageChoice.setCookie(signedIn.viewer.language, isHTTPS: settings.isHTTPS),
            ]
            return response
        } catch let fault as PlatformFault {
            let asksForCode = fault == .secondFactorNeeded || fields["code"] != nil
            let page = AccountPages(frame: visit.frame).signIn(
                try FormState(fields, refused: fault), asksForCode: asksForCode, back: back == "/" ? "" : back)
            return visit.page(page, status: fault == .secondFactorNeeded ? .ok : .unprocessableContent)
        }
    }

    private func signedOut() -> Response {
        var response = Response.redirect(to: "/")
        response.headers[.setCookie] = SessionCookie(settings: settings).clear
        return response
    }

    private func accept(_ original: Request, _ context: WebContext) async throws -> Response {
        var request = original
        let visit = Visit(self, request, context)
        let key = try invitationKey(context)
        let fields = try await FormFields.read(&request)
        do {
            _ = try await platform.accept(
                Acceptance(
                    email: fields["email"] ?? "", name: fields["name"] ?? "", language: context.language,
                    password: fields["password"] ?? ""), key: key)
            return visit.redirect(to: "/sign-in", done: "invitation.welcome")
        } catch let fault as PlatformFault {
            let state = try FormState(fields, refused: fault)
            let (invitation, organisation) = try await platform.invitation(key: key)
            return visit.page(
                AccountPages(frame: visit.frame).invitation(
                    invitation, organisation, link: "/invitation/\(key.text)", state), status: .unprocessableContent)
        }
    }

    // MARK: The own account

    private func addOwnAccount(to router: WebRouter) {
        router.get("/account") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(accountPage(visit, notice: visit.notice))
        }
        router.post("/account/profile") { request, context in
            try await change(request, context, shown: \.profile, done: "portal.saved") { fields, viewer in
                let language = fields["language"].flatMap(Language.init(rawValue:)) ?? viewer.language
                try await platform.changeProfile(name: fields["name"] ?? "", language: language, by: viewer)
            }
        }
        router.post("/account/password") { request, context in
            try await change(request, context, shown: \.password, done: "account.password-changed") { fields, viewer in
                try await platform.changePassword(
                    from: fields["old_password"] ?? "", to: fields["new_password"] ?? "", by: viewer)
            }
        }
        router.post("/account/authenticator/remove") { request, context in
            try await change(request, context, shown: \.factor, done: "authenticator.removed") { fields, viewer in
                try await platform.removeAuthenticator(password: fields["password"] ?? "", by: viewer)
            }
        }
        router.post("/account/authenticator") { request, context in
            var request = request
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let fields = try await FormFields.read(&request)
            do {
                let proposal = try await platform.proposeAuthenticator(
                    password: fields["password"] ?? "", by: viewer)
                return visit.page(AccountPages(frame: visit.frame).authenticator(proposal, .empty))
            } catch let fault as PlatformFault {
                let forms = AccountForms(factor: try FormState(fields, refused: fault))
                return try await visit.page(accountPage(visit, forms), status: .unprocessableContent)
            }
        }
        router.post("/account/authenticator/confirm") { request, context in
            var request = request
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let fields = try await FormFields.read(&request)
            let pages = AccountPages(frame: visit.frame)
            do {
                let codes = try await platform.confirmAuthenticator(code: fields["code"] ?? "", by: viewer)
                return visit.page(pages.recoveryCodes(codes))
            } catch let fault as PlatformFault {
                return visit.page(
                    pages.authenticatorAgain(try FormState(fields, refused: fault)), status: .unprocessableContent)
            }
        }
        router.post("/account/sessions/end-all") { request, context in
            let visit = Visit(self, request, context)
            try await platform.signOutEverywhere(try visit.viewer())
            return signedOut()
        }
        router.post("/account/sessions/{session}/end") { request, context in
            let visit = Visit(self, request, context)
            try await platform.signOut(try visit.id("session"), by: try visit.viewer())
            return visit.redirect(to: "/account", done: "account.session-ended")
        }
    }

    /// The forms of the account's page as they were filled.
    struct AccountForms {
        var profile = FormState.empty
        var password = FormState.empty
        var factor = FormState.empty
    }

    private func accountPage(
        _ visit: Visit, _ forms: AccountForms = AccountForms(), notice: Message? = nil
    ) async throws -> Page {
        let viewer = try visit.viewer()
        let account = try await platform.account(of: viewer)
        let sessions = try await platform.sessions(of: viewer)
        var current: ID<Session>?
        if case .session(let id) = viewer.credential { current = id }
        return AccountPages(frame: visit.frame).account(
            account, sessions: sessions, current: current, profile: forms.profile, password: forms.password,
            factor: forms.factor, notice: notice)
    }

    /// Carries out what a form of the account's page asks; where it cannot, the page comes back with that form as it was filled.
    private func change(
        _ original: Request, _ context: WebContext, shown form: WritableKeyPath<AccountForms, FormState> & Sendable,
        done: String, _ body: (FormFields, Viewer) async throws -> Void
    ) async throws -> Response {
        var request = original
        let visit = Visit(self, request, context)
        let viewer = try visit.viewer()
        let fields = try await FormFields.read(&request)
        do {
            try await body(fields, viewer)
            return visit.redirect(to: "/account", done: done)
        } catch let fault as PlatformFault {
            var forms = AccountForms()
            forms[keyPath: form] = try FormState(fields, refused: fault)
            return try await visit.page(accountPage(visit, forms), status: .unprocessableContent)
        }
    }
}
