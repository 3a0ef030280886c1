import Platform
import Reporting
import Standards
import Vocabulary

/// The pages on which anybody asks whether a project is green.
struct CheckPages: Sendable {
    let frame: Frame
    let dictionary: FactDictionary

    private var words: Words { frame.words }

    /// How many questions are asked at a time: the easiest first.
    static let mostQuestions = 8

    func start(_ question: CheckQuestion) -> Page {
        Page("check.title", "<p>\(words("check.what"))</p>\(describe(question))")
    }

    private func describe(_ question: CheckQuestion) -> HTML {
        """
        <form method="get" action="/check">
        <div class="field"><label for="about">\(words("check.about"))</label>
        <p class="hint" id="about-hint">\(words("check.about-hint"))</p>
        <textarea id="about" name="about" rows="3" maxlength="500" required aria-describedby="about-hint">\(question.about)</textarea></div>
        <div class="field"><label for="name">\(words("check.name"))</label>
        <input id="name" name="name" maxlength="200" value="\(question.name)"></div>
        <button>\(words("check.ask"))</button></form>
        """
    }

    /// What the words may mean, for choosing one.
    func candidates(_ question: CheckQuestion, _ reading: WordReading) -> Page {
        let outcome =
            switch reading.outcome {
            case .accepted: words("check.read-clearly")
            case .review: words("check.read-unclearly")
            case .notGreen: words("check.read-not-green")
            }
        let items: [HTML] = reading.candidates.map { candidate in
            """
            <li><a href="/check?\(question.query(item: candidate.item))">\(candidate.item.description) \
            \(candidate.name[words.language])</a> <span class="quiet">\(Self.percent(candidate.probability))</span></li>
            """
        }
        return Page(
            "check.title",
            """
            <p>\(outcome)</p>
            \(items.isEmpty ? .none : "<p>\(words("check.choose"))</p><ol>\(items)</ol>" as HTML)
            <h2>\(words("check.again"))</h2>\(describe(question))
            """)
    }

    /// The verdicts, with the questions that matter next.
    func verdicts(
        _ question: CheckQuestion, _ lines: [VerdictLine], questions: [FactID], changes: [String],
        _ faults: [FieldFault]
    ) -> Page {
        let table = VerdictLine.table(lines, words)
        let given = question.answers.map(\.fact)
        let asked = given + questions.filter { !given.contains($0) }.prefix(Self.mostQuestions)
        let fields: [HTML] = asked.compactMap { field($0, question, faults) }
        let hidden: HTML = """
            <input type="hidden" name="about" value="\(question.about)"><input type="hidden" name="name" value="\(question.name)">\
            <input type="hidden" name="item" value="\(question.item?.description ?? "")">
            """
        let changed: [HTML] = changes.map { "<li>\($0)</li>" }
        return Page(
            "check.title",
            """
            <p>\(question.about)</p>
            \(table.html(words))
            \(changed.isEmpty ? .none : "<h2>\(words("check.changes"))</h2><ul>\(changed)</ul>" as HTML)
            \(fields.isEmpty ? .none : "<h2>\(words("check.questions"))</h2><p class=\"hint\">\(words("check.questions-hint"))</p><form method=\"get\" action=\"/check\">\(hidden)\(fields)<button>\(words("check.answer"))</button></form>" as HTML)
            <h2>\(words("check.keep"))</h2>
            <p>\(words("check.keep-hint"))</p>
            <ul><li><a href="/check/passport?\(question.query())">\(words("check.page"))</a></li>
            <li><a href="/check/passport.json?\(question.query())">JSON</a></li></ul>
            <p><a href="/check?\(Self.withoutItem(question))">\(words("check.other"))</a></p>
            """)
    }

    private static func withoutItem(_ question: CheckQuestion) -> String {
        var question = question
        question.item = nil
        question.answers = []
        return question.query()
    }

    /// One question: a fact of the dictionary, with what proves it.
    private func field(_ fact: FactID, _ question: CheckQuestion, _ faults: [FieldFault]) -> HTML? {
        guard let definition = dictionary[fact] else { return nil }
        let name = CheckQuestion.field(fact)
        let value = question.answers.first { $0.fact == fact }?.text ?? ""
        let wrong = faults.filter { $0.pointer == "/" + name }.map { words($0.message) }
        let fault: HTML =
            wrong.isEmpty ? .none : "<p class=\"fault\" id=\"\(name)-fault\">\(wrong.joined(separator: " "))</p>"
        let invalid: HTML = wrong.isEmpty ? .none : " aria-invalid=\"true\""
        let input: HTML =
            switch definition.kind {
            case .number:
                """
                <input id="\(name)" name="\(name)" inputmode="decimal" value="\(value)"\(invalid) \
                aria-describedby="\(name)-hint \(name)-fault">
                """
            case .yesNo:
                select(name, [("是", words("check.yes")), ("否", words("check.no"))], value)
            case .choice(let choices):
                select(name, choices.map { ($0.id, $0.label[words.language]) }, value)
            }
        let unit = definition.unit.map { words("check.unit", ["unit": $0.symbol]) } ?? ""
        return """
            <div class="field"><label for="\(name)">\(definition.label[words.language])</label>
            <p class="hint" id="\(name)-hint">\(unit)\(words("check.proof", ["document": definition.evidence[words.language]]))</p>
            \(input)\(fault)</div>
            """
    }

    private func select(_ name: String, _ choices: [(value: String, word: String)], _ value: String) -> HTML {
        let options: [HTML] = choices.map {
            .option($0.value, $0.word, isChosen: $0.value == value)
        }
        return
            "<select id=\"\(name)\" name=\"\(name)\"><option value=\"\">\(words("check.unknown"))</option>\(options)</select>"
    }

    private static func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded())) %" }
}
