import Platform
import Reporting
import Standards
import Vocabulary
import Web

extension PlatformAPI {
    private static let standard = Parameter.path("standard", .text(1...100))

    /// The standards and the dictionary of facts: open to everyone, for they are nobody's secret.
    var standardEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/standards", operation: "listStandards", tag: "standards",
                summary: "api.operation.list-standards",
                security: .anyone, replies: [.init(200, .json(.list(of: .named("Standard"))))]
            ) { _ in .list(platform.library.packs.map(PackLists.jsonValue)) },
            Endpoint(
                .get, "/standards/{standard}", operation: "getStandard", tag: "standards",
                summary: "api.operation.get-standard", security: .anyone, parameters: [Self.standard],
                replies: [.init(200, .json(.named("Standard")))]
            ) { request in .json(PackLists.jsonValue(try pack(request))) },
            Endpoint(
                .get, "/standards/{standard}/items", operation: "listItems", tag: "standards",
                summary: "api.operation.list-items", security: .anyone,
                parameters: [
                    Self.standard, .query("words", .text(1...100), note: "api.note.item-words"),
                    .query("under", .text(1...64), note: "api.note.under"),
                ], replies: [.init(200, .json(.list(of: .named("ListedItem"))))]
            ) { request in .json(["items": PackLists.jsonValue(Self.items(of: try pack(request), request))]) },
            Endpoint(
                .get, "/standards/{standard}/items/{item}", operation: "getItem", tag: "standards",
                summary: "api.operation.get-item", security: .anyone,
                parameters: [
                    Self.standard, .path("item", .text(1...64)),
                    .query("row", .integer(1...100_000), note: "api.note.row"),
                ], replies: [.init(200, .json(.named("Item")))]
            ) { request in
                guard let code = request.text("item").flatMap({ ItemCode($0) }),
                    let account = ItemAccount(
                        ItemReference(code, row: request.parameters["row"]?.integer.flatMap { Int(exactly: $0) }),
                        in: try pack(request), platform.library.packs, platform.library.crosswalks)
                else { throw Problem.notFound }
                return .json(account.jsonValue(platform.library.facts))
            },
            Endpoint(
                .get, "/facts", operation: "listFacts", tag: "standards", summary: "api.operation.list-facts",
                security: .anyone, parameters: [.query("words", .text(1...100), note: "api.note.fact-words")],
                replies: [.init(200, .json(.list(of: .named("FactDefinition"))))]
            ) { request in
                let words = request.text("words")?.lowercased()
                let found = platform.library.facts.all.filter { fact in
                    guard let words else { return true }
                    return "\(fact.id.name) \(fact.label.zh) \(fact.label.en)".lowercased().contains(words)
                }
                return .list(found.map(PackLists.jsonValue))
            },
        ]
    }

    private func pack(_ request: EndpointRequest) throws(Problem) -> StandardPack {
        guard let pack = platform.library.packs.first(where: { $0.id == request.text("standard") }) else {
            throw Problem.notFound
        }
        return pack
    }

    /// Those that hold every word, the best first; without words all.
    private static func items(of pack: StandardPack, _ request: EndpointRequest) -> [FoundItem] {
        let found =
            request.text("words").map { ItemSearch([pack]).items(holding: [$0]) }
            ?? pack.items.map { FoundItem(pack: pack, item: $0, places: []) }
        guard let under = request.text("under") else { return found }
        return found.filter { $0.item.code.text == under || $0.item.code.text.hasPrefix(under + ".") }
    }
}
