import Vocabulary

/// A form as it is filled: what stands in its fields, and what is wrong with them, beside each.
struct FormState: Sendable {
    var values: [String: String] = [:]
    var faults: [FieldFault] = []
    /// What is wrong with the whole of it.
    var fault: Message?

    static let empty = FormState()

    /// What is wrong with the whole and with fields that the form does not show, told on top so that none is lost.
    /// - Parameter shown: The names of the fields that show their own faults.
    func summary(besides shown: [String] = [], _ words: Words) -> HTML {
        let told =
            [fault].compactMap { $0 } + faults.filter { !shown.contains(String($0.pointer.dropFirst())) }.map(\.message)
        let items: [HTML] = told.map { "<li>\(words($0))</li>" }
        return items.isEmpty ? .none : "<ul class=\"fault\" role=\"alert\">\(items)</ul>"
    }
}

/// For which of several organisations a form is; where there is but one, it goes with the form unseen.
/// - Parameter label: The key of the choice's label.
func organisationChoice(
    _ organisations: [(value: String, word: String)], label: String, _ state: FormState, _ words: Words
) -> HTML {
    guard organisations.count > 1 else {
        return "<input type=\"hidden\" name=\"organisation\" value=\"\(organisations.first?.value ?? "")\">"
    }
    return Field(name: "organisation", label: label, kind: .choice(organisations)).html(state, words)
}

/// One field of a form.
struct Field: Sendable {
    enum Kind: Sendable {
        /// A line of text: the `type` and `autocomplete` of HTML.
        case line(type: String, autocomplete: String)
        case lines
        /// One of several; the value and its word.
        case choice([(value: String, word: String)])
        /// Any of several.
        case checks([(value: String, word: String)])
    }

    let name: String
    /// The key of its label.
    let label: String
    var hint: String?
    var kind: Kind = .line(type: "text", autocomplete: "off")
    var isRequired = true

    func html(_ state: FormState, _ words: Words) -> HTML {
        let value = state.values[name] ?? ""
        let faults = state.faults.filter { $0.pointer == "/\(name)" }.map(\.message)
        let described = (hint == nil ? [] : ["\(name)-hint"]) + (faults.isEmpty ? [] : ["\(name)-fault"])
        let attributes: HTML = """
            \(described.isEmpty ? .none : " aria-describedby=\"\(described.joined(separator: " "))\"" as HTML)\
            \(faults.isEmpty ? .none : " aria-invalid=\"true\"" as HTML)\(isRequired ? " required" as HTML : .none)
            """
        let hintLine = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\(words($0))</p>" as HTML }
        let faultLine =
            faults.isEmpty
            ? HTML.none
            : "<p class=\"fault\" id=\"\(name)-fault\">\(faults.map { words($0) }.joined(separator: " "))</p>"
        let label: HTML = "<label for=\"\(name)\">\(words(label))</label>"
        switch kind {
        case .line(let type, let autocomplete):
            // A password is never sent back to the page.
            let shown = type == "password" ? "" : value
            return """
                <div class="field">\(label)\(hintLine)<input id="\(name)" name="\(name)" type="\(type)" \
                autocomplete="\(autocomplete)" value="\(shown)"\(attributes)>\(faultLine)</div>
                """
        case .lines:
            return """
                <div class="field">\(label)\(hintLine)<textarea id="\(name)" name="\(name)" rows="4"\(attributes)>\
                \(value)</textarea>\(faultLine)</div>
                """
        case .choice(let choices):
            let options: [HTML] = choices.map {
                .option($0.value, $0.word, isChosen: $0.value == value)
            }
            return """
                <div class="field">\(label)\(hintLine)<select id="\(name)" name="\(name)"\(attributes)>\(options)</select>\
                \(faultLine)</div>
                """
        case .checks(let choices):
            let chosen = Set(value.split(separator: " ").map(String.init))
            let boxes: [HTML] = choices.map {
                """
                <label class="check"><input type="checkbox" name="\(name)" value="\($0.value)"\
                \(chosen.contains($0.value) ? " checked" as HTML : .none)> \($0.word)</label>
                """
            }
            return """
                <fieldset class="field"><legend>\(words(self.label))</legend>\(hintLine)\(boxes)\(faultLine)</fieldset>
                """
        }
    }
}

/// A form with its fields, its button and its token.
struct Form: Sendable {
    let action: String
    let fields: [Field]
    /// The key of the button's word.
    let button: String
    /// Values that the form carries without showing them.
    var hidden: [(name: String, value: String)] = []

    func html(_ state: FormState, _ frame: Frame) -> HTML {
        let words = frame.words
        let hidden: [HTML] = hidden.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
        return """
            <form method="post" action="\(action)">\(frame.token)\(hidden)
            \(state.summary(besides: fields.map(\.name), words))\(fields.map { $0.html(state, words) })
            <button>\(words(button))</button>
            </form>
            """
    }
}

extension HTML {
    /// One value of a list to choose from.
    static func option(_ value: String, _ word: String, isChosen: Bool) -> HTML {
        "<option value=\"\(value)\"\(isChosen ? " selected" as HTML : .none)>\(word)</option>"
    }
}
