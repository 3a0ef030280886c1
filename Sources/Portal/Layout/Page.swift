import Access
import Vocabulary

/// A page: what stands in the frame, and the frame around it.
struct Page: Sendable {
    /// The key of the title's phrase.
    let title: String
    /// Where the page is in the house: names and addresses from the top down.
    var path: [(name: String, address: String)] = []
    /// What has just been done, such as a saved change; shown on top.
    var notice: Message?
    let body: HTML

    init(_ title: String, path: [(name: String, address: String)] = [], notice: Message? = nil, _ body: HTML) {
        self.title = title
        self.path = path
        self.notice = notice
        self.body = body
    }
}

/// What the frame around a page shows: who looks at it, in which language, and where else to go.
struct Frame: Sendable {
    let words: Words
    let viewer: Viewer?
    /// Proves that a form was made for this sign-in; empty where nobody is signed in.
    let formToken: String
    /// The address of the page, for the link to the other language.
    let address: String
    /// Whether the data are invented.
    let isDemonstration: Bool

    func html(_ page: Page) -> HTML {
        let tag = words.language == .zh ? "zh-CN" : "en"
        let title = words(page.title)
        return """
            <!doctype html>
            <html lang="\(tag)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) · \(words("portal.name"))</title>
            <link rel="stylesheet" href="/assets/style.css">
            </head>
            <body>
            <a class="skip" href="#main">\(words("portal.skip"))</a>
            <header>
            <a class="brand" href="/">\(words("portal.name"))</a>
            <nav aria-label="\(words("portal.navigation"))">\(navigation)</nav>
            <div class="who">\(who)</div>
            </header>
            \(isDemonstration ? "<p class=\"demonstration\">\(words("portal.demonstration"))</p>" as HTML : .none)
            <main id="main">
            \(trail(page))
            <h1>\(title)</h1>
            \(page.notice.map { "<p class=\"notice\" role=\"status\">\(words($0))</p>" as HTML })
            \(page.body)
            </main>
            <footer><p>\(words("portal.footer"))</p></footer>
            </body>
            </html>

            """
    }

    private var navigation: HTML {
        var links: HTML = "<a href=\"/check\">\(words("check.title"))</a>"
        guard let viewer else { return links + "<a href=\"/sign-in\">\(words("portal.sign-in"))</a>" }
        links += "<a href=\"/search\">\(words("search.title"))</a>"
        if !viewer.grants(for: .readProject).isEmpty {
            links += "<a href=\"/projects\">\(words("portal.projects"))</a>"
        }
        if !viewer.grants(for: .readBook).isEmpty {
            links += "<a href=\"/books\">\(words("portal.books"))</a>"
        }
        if !viewer.grants(for: .readFacility).isEmpty {
            links += "<a href=\"/decisions\">\(words("review.title"))</a>"
        }
        if !viewer.grants(for: .readStatistics).isEmpty {
            links += "<a href=\"/statistics\">\(words("statistics.title"))</a>"
        }
        if !viewer.grants(for: .readReturn).isEmpty {
            links += "<a href=\"/returns\">\(words("return.title"))</a>"
        }
        if !viewer.grants(for: .readOrganisation).isEmpty {
            links += "<a href=\"/organisations\">\(words("portal.organisations"))</a>"
        }
        return links
    }

    private var who: HTML {
        let other: Language = words.language == .zh ? .en : .zh
        let switcher: HTML = """
            <form method="post" action="/language">\(token)<input type="hidden" name="language" value="\(other.rawValue)">\
            <input type="hidden" name="back" value="\(address)">\
            <button class="link" lang="\(other == .zh ? "zh-CN" : "en")">\(other == .zh ? "中文" : "English")</button></form>
            """
        guard let viewer else { return switcher }
        return """
            \(switcher)<a href="/notices">\(words("notice.title"))</a><a href="/account">\(viewer.name)</a>\
            <form method="post" action="/sign-out">\(token)<button class="link">\(words("portal.sign-out"))</button></form>
            """
    }

    /// The hidden field of every form.
    var token: HTML { formToken.isEmpty ? .none : "<input type=\"hidden\" name=\"form_token\" value=\"\(formToken)\">" }

    private func trail(_ page: Page) -> HTML {
        guard !page.path.isEmpty else { return .none }
        let links: [HTML] = page.path.map { "<li><a href=\"\($0.address)\">\($0.name)</a></li>" }
        return "<nav class=\"trail\" aria-label=\"\(words("portal.trail"))\"><ol>\(links)</ol></nav>"
    }
}
