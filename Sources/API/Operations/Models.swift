import Access
import Credit
import Hummingbird
import Platform
import Store
import Vocabulary
import Web

extension PlatformAPI {
    private static let model = Parameter.path("model", .id(of: ModelRecord.self))
    private static let examples = "text/tab-separated-values; charset=utf-8"

    private static let measures = Schema.nullable(
        .object(
            ["decided_right", "review_share", "first_item_right", "accepted_item_right", "calibration_error"].map {
                .init($0, .number(0...1))
            }))
    private static let side = Schema.object([
        .init("rows", .integer(0...Int64.max)), .init("before", measures), .init("after", measures),
    ])

    static let modelSchemas: [String: Schema] = [
        "Model": .object([
            .init("id", .id(of: ModelRecord.self)), .init("organisation", .id(of: Organisation.self)),
            .init("state", .words(ModelState.self)), .init("asked_by", .text(1...400)), .init("asked_at", .moment),
            .init("in_use", .boolean), .init("version", .nullable(.text(1...200))),
            .init("examples", .nullable(.integer(0...Int64.max)), note: "api.note.model-examples"),
            .init("held_back", .nullable(.integer(0...Int64.max)), note: "api.note.model-held-back"),
            .init("progress", .named("JobProgress")),
            .init("comparison", .nullable(.named("ModelComparison")), note: "api.note.model-comparison"),
        ]),
        "ModelComparison": .object([
            .init("before", .text(1...200)), .init("after", .text(1...200)),
            .init("tests", side, note: "api.note.model-tests"), .init("held_back", side),
            .init(
                "book",
                .nullable(
                    .object([
                        .init("id", .id(of: BookRecord.self)), .init("period", .month),
                        .init("rows", .integer(0...Int64.max)), .init("other_item", .integer(0...Int64.max)),
                        .init(
                            "moves",
                            .array(
                                of: .object([
                                    .init("from", .words(LoanDecision.self)), .init("to", .words(LoanDecision.self)),
                                    .init("rows", .integer(1...Int64.max)), .init("balance", .text(1...40, .money)),
                                ]), 0...16)),
                    ])), note: "api.note.model-book"),
        ]),
        "ModelInUse": .object([.init("model", .nullable(.id(of: ModelRecord.self)), note: "api.note.model-in-use")]),
    ]

    var modelEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations/{organisation}/models", operation: "listModels", tag: "review",
                summary: "api.operation.list-models", security: .scope(.booksRead), parameters: [Self.organisation],
                replies: [.init(200, .json(.list(of: .named("Model"))))]
            ) { request in
                .list(
                    try await platform.models(of: try request.id("organisation"), by: try request.signedIn())
                        .map(Self.model))
            },
            Endpoint(
                .post, "/organisations/{organisation}/models", operation: "trainModel", tag: "review",
                summary: "api.operation.train-model", security: .session, parameters: [Self.organisation],
                replies: [.init(202, .json(.named("Model")), headers: ["Location": "api.note.location"])]
            ) { request in
                let entry = try await platform.trainModel(
                    for: try request.id("organisation"), by: try request.signedIn())
                return EndpointResponse(
                    status: 202, .json(Self.model(entry)),
                    headers: [.location: "\(APISite.root)/models/\(entry.model.id.text)"])
            },
            Endpoint(
                .get, "/models/{model}", operation: "getModel", tag: "review", summary: "api.operation.get-model",
                security: .scope(.booksRead), parameters: [Self.model], replies: [.init(200, .json(.named("Model")))]
            ) { request in
                .json(Self.model(try await platform.model(try request.id("model"), by: try request.signedIn())))
            },
            Endpoint(
                .put, "/organisations/{organisation}/model-in-use", operation: "useModel", tag: "review",
                summary: "api.operation.use-model", security: .session, parameters: [Self.organisation],
                body: .json(.named("ModelInUse")), replies: [.init(200, .json(.named("ModelInUse")))]
            ) { request in
                let model = try request.json()["model"]?.text.flatMap { ID<ModelRecord>($0) }
                try await platform.useModel(
                    model, for: try request.id("organisation"), by: try request.signedIn())
                return .json(["model": JSONValue(model?.text)])
            },
            Endpoint(
                .get, "/organisations/{organisation}/examples", operation: "getLabelledExamples", tag: "review",
                summary: "api.operation.get-labelled-examples", security: .scope(.booksRead),
                parameters: [Self.organisation], replies: [.init(200, .bytes(mediaType: Self.examples))]
            ) { request in
                let bytes = try await platform.labelledExamples(
                    of: try request.id("organisation"), by: try request.signedIn())
                return .download(
                    .init(byteBuffer: ByteBuffer(bytes: bytes)), fileName: "examples.tsv", mediaType: Self.examples)
            },
        ]
    }

    private static func model(_ entry: ModelEntry) -> JSONValue {
        let model = entry.model
        return [
            "id": .string(model.id.text), "organisation": .string(model.organisation.text),
            "state": .string(model.state.rawValue), "asked_by": .string(entry.asker),
            "asked_at": .string(model.askedAt.description), "in_use": .bool(entry.isInUse),
            "version": JSONValue(model.version), "examples": JSONValue(model.examples.map(Int64.init)),
            "held_back": JSONValue(model.heldBack.map(Int64.init)), "progress": progress(entry.job),
            "comparison": model.comparison ?? .null,
        ]
    }
}
