import Access
import Crypto
import Identification
import Library
import Store
import Vocabulary

/// The use cases: who may do what, in one transaction, with its act in the audit trail. The only room that joins the domain and the
/// store; the pages and the API call nothing else.
///
/// Every use case takes the viewer, asks the permission matrix, and throws a ``PlatformFault`` that says what to do.
public struct Platform: Sendable {
    /// What the platform asks of the world around it.
    public struct Surroundings: Sendable {
        public let now: @Sendable () -> Timestamp
        public let random: RandomSource
        /// The key of the installation: seals what has to be read again, such as the secrets of authenticator apps.
        public let key: SymmetricKey
        /// Passwords that everybody tries first.
        public let commonPasswords: Set<String>
        /// What hashing a password costs.
        public let passwordCost: PasswordHash.Cost
        /// The examples that models are trained from, and those that are set aside for testing; nil for the library's own.
        public let examples: (training: TrainingData, tests: [TrainingExample])?

        public init(
            now: @escaping @Sendable () -> Timestamp, random: RandomSource, key: SymmetricKey,
            commonPasswords: Set<String>, passwordCost: PasswordHash.Cost = .current,
            examples: (training: TrainingData, tests: [TrainingExample])? = nil
        ) {
            self.now = now
            self.random = random
            self.key = key
            self.commonPasswords = commonPasswords
            self.passwordCost = passwordCost
            self.examples = examples
        }
    }

    public let database: any Database
    public let library: RuleLibrary
    public let surroundings: Surroundings
    let passwordWork: PasswordWork
    let readTrail: ReadTrail
    let projectIndex: ProjectIndex
    let models = ModelShelf()
    let statisticsMemory = StatisticsMemory()
    let returnMemory = ReturnMemory()
    let itemIndex: ItemIndex

    public init(database: any Database, library: RuleLibrary, surroundings: Surroundings) {
        self.database = database
        self.library = library
        self.surroundings = surroundings
        passwordWork = PasswordWork(random: surroundings.random, cost: surroundings.passwordCost)
        readTrail = ReadTrail(database)
        projectIndex = ProjectIndex(database, library)
        itemIndex = ItemIndex(library)
    }

    var now: Timestamp { surroundings.now() }

    func newID<Subject: Identified>(_ type: Subject.Type = Subject.self) -> ID<Subject> {
        ID(at: now, surroundings.random)
    }
}
