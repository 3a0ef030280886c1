import HTTPTypes

/// The header fields that tell a browser what our pages never do. A handler's own value stands.
enum SecurityHeaders {
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    static func apply(to headers: inout HTTPFields, settings: WebSettings) {
        for (name, value) in fields where headers[name] == nil { headers[name] = value }
        if settings.isHTTPS { headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    }

    private static let fields: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, policy),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name(checked: "Referrer-Policy"), "same-origin"),
        (HTTPField.Name(checked: "Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPField.Name(checked: "Cross-Origin-Resource-Policy"), "same-origin"),
        (
            HTTPField.Name(checked: "Permissions-Policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
        ),
        (.vary, "Accept-Language, Cookie, Authorization"),
    ]
}
