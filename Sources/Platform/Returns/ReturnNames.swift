import Library
import Standards
import Statistics
import Vocabulary

extension Platform {
    /// What a line of a return is called.
    /// - Parameter standard: The edition whose tables it stands in.
    public func name(
        of line: ReturnTable.Line, in table: ReturnTable, under standard: String, in language: Language
    ) -> String {
        if line.level == 0 { return library.phrasebook.text(Message(key: "statistics.total"), in: language) }
        if let name = line.name?[language] { return name }
        let by: CubeGrouping =
            switch table.axis {
            case .group, .chapter, .kind: .chapter
            case .industry: .industry
            case .quality: .quality
            case .mark: .mark
            }
        return name(of: line.key, standard: standard, by: by, in: language) ?? line.key
    }

    /// What an edition is called.
    public func name(ofEdition standard: String, in language: Language) -> String {
        library.pack(standard)?.name[language] ?? standard
    }
}
