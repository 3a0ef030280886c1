/// Where a form brings its ``CrossSiteToken``.
public enum FormTokens {
    /// The name of the hidden field, which must be the first of a multipart form.
    public static let field = "form_token"
    /// The header in which a script sends the token.
    public static let header = "X-Form-Token"
}
