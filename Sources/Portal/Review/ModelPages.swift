import Access
import Credit
import Platform
import Reporting
import Store
import Vocabulary

/// The page of a lender's models.
struct ModelPages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }

    static func address(_ lender: ID<Organisation>, _ rest: String = "") -> String {
        "/organisations/\(lender.text)/models\(rest)"
    }

    func list(
        _ lender: Organisation, _ entries: [ModelEntry], _ state: FormState, notice: Message? = nil
    ) -> Page {
        let place = Placement(organisation: lender.id, kind: lender.kind, region: lender.region)
        let (mayTrain, maySwitch) = (
            frame.viewer?.may(.trainModel, on: place) ?? false, frame.viewer?.may(.switchModel, on: place) ?? false
        )
        let table = Table(
            columns: ["model.version", "model.state", "model.asked", "model.learned", "model.held", ""],
            rows: entries.map { entry in
                let model = entry.model
                return [
                    "\(model.version ?? "–")", "\(words(entry.isInUse ? "model.in-use-now" : model.state.phrase))",
                    "\(entry.asker)<br>\(words(model.askedAt))", "\(model.examples.map(String.init) ?? "–")",
                    "\(model.heldBack.map(String.init) ?? "–")",
                    maySwitch && model.state == .ready && !entry.isInUse
                        ? use(lender.id, model.id.text, "model.use") : .none,
                ]
            }, empty: "model.none", numeric: [3, 4])
        let isTraining = entries.contains { $0.model.state == .underWay }
        let isShipped = !entries.contains(where: \.isInUse)
        let train: HTML =
            mayTrain && !isTraining
            ? """
            <form method="post" action="\(Self.address(lender.id))">\(frame.token)<button>\(words("model.train"))</button></form>
            """ : .none
        let examples: HTML =
            frame.viewer?.may(.downloadBook, on: place) ?? false
            ? "<p><a href=\"\(Self.address(lender.id, "/examples"))\">\(words("model.examples"))</a></p>" : .none
        let latest = entries.first { $0.model.comparison != nil }?.model.comparison
        return Page(
            "model.title",
            path: [
                (words("portal.organisations"), "/organisations"), (lender.name, "/organisations/\(lender.id.text)"),
            ], notice: notice,
            """
            <p>\(words("model.what"))</p>
            \(state.summary(words))
            \(isTraining ? "<p role=\"status\">\(words("model.training"))</p>" : .none)
            \(isShipped ? "<p>\(words("model.shipped-in-use"))</p>" : .none)
            \(table.html(words))
            \(!isShipped && maySwitch ? use(lender.id, "", "model.use-shipped") : .none)
            \(train)\(examples)
            \(latest.map(comparison))
            """)
    }

    private func use(_ lender: ID<Organisation>, _ model: String, _ key: String) -> HTML {
        """
        <form method="post" action="\(Self.address(lender, "/in-use"))">\(frame.token)\
        <input type="hidden" name="model" value="\(model)"><button class="quiet">\(words(key))</button></form>
        """
    }

    // MARK: The comparison of the latest one

    private func comparison(_ comparison: JSONValue) -> HTML {
        var body: HTML = "<h2>\(words("model.comparison"))</h2>"
        for (name, key) in [("tests", "model.on-tests"), ("held_back", "model.on-held")] {
            guard let side = comparison[name], let rows = side["rows"]?.integer, rows > 0 else { continue }
            body += "<h3>\(words(key, ["rows": String(rows)]))</h3>"
            body += measures(side, comparison)
        }
        guard let book = comparison["book"], let rows = book["rows"]?.integer else { return body }
        let said = [
            "period": book["period"]?.text ?? "", "rows": String(rows),
            "others": String(book["other_item"]?.integer ?? 0),
        ]
        let moves = Table(
            columns: ["model.from", "model.to", "book.rows", "book.balance-10k"],
            rows: (book["moves"]?.elements ?? []).map { move in
                [
                    "\(decision(move["from"]))", "\(decision(move["to"]))", "\(move["rows"]?.integer ?? 0)",
                    "\(amount(move["balance"]?.text.flatMap { Int128($0) }))",
                ]
            }, empty: "model.no-moves", numeric: [2, 3])
        return body + "<p>\(words("model.on-book", said))</p>\(moves.html(words))"
    }

    private func measures(_ side: JSONValue, _ comparison: JSONValue) -> HTML {
        let names = ["decided_right", "review_share", "first_item_right", "accepted_item_right", "calibration_error"]
        let keys = [
            "model.decided-right", "model.review-share", "model.first-item-right", "model.accepted-item-right",
            "model.calibration-error",
        ]
        let cells: [HTML] = zip(names, keys).map { name, key in
            let values: [HTML] = ["before", "after"].map {
                "<td class=\"number\">\(side[$0]?[name]?.figure.map { CellText.decimal($0, digits: 3, grouped: false) } ?? "–")</td>"
            }
            return "<tr><td>\(words(key))</td>\(values)</tr>"
        }
        let heads: [HTML] = [("model.before", "before"), ("model.after", "after")].map {
            "<th scope=\"col\" class=\"number\">\(words($0.0, ["version": comparison[$0.1]?.text ?? ""]))</th>"
        }
        return """
            <div class="scroll"><table><thead><tr><th scope="col">\(words("model.measure"))</th>\(heads)</tr></thead>
            <tbody>\(cells)</tbody></table></div>
            """
    }

    private func decision(_ value: JSONValue?) -> String {
        value?.text.flatMap(LoanDecision.init(rawValue:)).map { words($0.phrase) } ?? "–"
    }
}

extension ModelState {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .underWay: "model.state-under-way"
        case .ready: "model.state-ready"
        case .failed: "model.state-failed"
        case .cancelled: "model.state-cancelled"
        }
    }
}
