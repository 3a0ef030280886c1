/// A language in which the platform speaks to people.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// Chinese in simplified characters, the first language of the product.
    case zh
    /// English.
    case en
}
