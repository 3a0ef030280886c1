import Crypto
import CryptoExtras
import Vocabulary

/// What is kept of a password: scrypt (RFC 7914) of it with a salt of its own.
///
///     let hash = try PasswordHash(of: "correct horse battery staple", .system)
///     hash.text                                              // "$scrypt$ln=15,r=8,p=1$…$…"
///     PasswordHash.verify(typed, against: stored?.hash)      // takes as long for an account that does not exist
///
/// It takes some 32 MiB and a tenth of a second, by intent: run few at a time and throttle before
/// (``SignInThrottle``).
public struct PasswordHash: Sendable, Hashable {
    /// How dear a guess is made.
    public struct Cost: Sendable, Hashable {
        /// The binary logarithm of N, the number of rounds.
        public let logarithm: Int
        /// r: memory is 128 · N · r bytes.
        public let blockSize: Int
        /// p: how often it is all done again.
        public let parallelism: Int

        /// N = 2^15, r = 8, p = 1: 32 MiB. OWASP's minimum is N = 2^17 with p = 1, or N = 2^15 with p = 3; a platform
        /// of few people that throttles sign-ins may spend less, and raise it here: see ``PasswordHash/needsRehash(_:)``.
        public static let current = Cost(unchecked: 15, 8, 1)

        private init(unchecked logarithm: Int, _ blockSize: Int, _ parallelism: Int) {
            self.logarithm = logarithm
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// States a cost; nil beyond N = 2^20, r = 32, p = 16, 256 MiB or four times the work of N = 2^17, r = 8, p = 1:
        /// a stored text must not be able to stop the server.
        public init?(logarithm: Int, blockSize: Int, parallelism: Int) {
            guard (1...20).contains(logarithm), (1...32).contains(blockSize), (1...16).contains(parallelism),
                blockSize << logarithm <= 1 << 21, blockSize * parallelism << logarithm <= 1 << 22
            else { return nil }
            self.init(unchecked: logarithm, blockSize, parallelism)
        }
    }

    public let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a password with a new salt of 16 bytes.
    /// - Throws: ``AccessFault`` if the password is empty or has more than 1,024 bytes, or if there is no memory.
    ///   Whether it is a good one is asked of ``PasswordRule``.
    public init(of password: String, cost: Cost = .current, _ random: RandomSource) throws(AccessFault) {
        let prepared = try PasswordText(password)
        self.cost = cost
        salt = random.bytes(16)
        guard let key = Self.derive(Array(prepared.text.utf8), salt: salt, cost: cost) else {
            throw AccessFault(.passwordNotHashed)
        }
        self.key = key
    }

    /// Reads what ``text`` wrote; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= 256 else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = Self.cost(parts[2]),
            let salt = DataEncoding.base64.bytes(parts[3]), (8...64).contains(salt.count),
            let key = DataEncoding.base64.bytes(parts[4]), key.count == 32
        else { return nil }
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// The form in which it is kept: that of the password hashing competition,
    /// `$scrypt$ln=15,r=8,p=1$salt$hash` in base64 without padding.
    public var text: String {
        let numbers = "ln=\(cost.logarithm),r=\(cost.blockSize),p=\(cost.parallelism)"
        return "$scrypt$\(numbers)$\(DataEncoding.base64.text(salt))$\(DataEncoding.base64.text(key))"
    }

    /// Whether a password is the one that was hashed.
    ///
    /// For an account that does not exist (`nil`) the same work is done in vain, so that time does not tell which
    /// addresses have an account. A hash of an older, cheaper cost is told apart until its owner signs in again.
    /// - Parameter cost: What is spent in vain; that of new hashes.
    public static func verify(
        _ password: String, against stored: PasswordHash?, cost: Cost = .current
    ) -> Bool {
        // Too long a password is refused before anything is looked up, for every account alike.
        guard let prepared = try? PasswordText(password) else { return false }
        let bytes = Array(prepared.text.utf8)
        guard let stored else {
            _ = derive(bytes, salt: Array(repeating: 0, count: 16), cost: cost)
            return false
        }
        guard let key = derive(bytes, salt: stored.salt, cost: stored.cost) else { return false }
        return ConstantTime.equal(key, stored.key)
    }

    /// Whether the cost has been raised since: then the password, just typed and verified, is to be hashed anew.
    public func needsRehash(_ current: Cost = .current) -> Bool {
        cost.logarithm < current.logarithm || cost.blockSize < current.blockSize
            || cost.parallelism < current.parallelism
    }

    public static func == (left: PasswordHash, right: PasswordHash) -> Bool {
        left.cost == right.cost && left.salt == right.salt && ConstantTime.equal(left.key, right.key)
    }

    /// scrypt; nil if there is no memory for it.
    static func derive(_ password: [UInt8], salt: [UInt8], cost: Cost, count: Int = 32) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logarithm,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key?.withUnsafeBytes { Array($0) }
    }

    /// Reads `ln=15,r=8,p=1`, each number as it is printed.
    private static func cost(_ text: Substring) -> Cost? {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        var numbers: [Int] = []
        for (field, name) in zip(fields, ["ln=", "r=", "p="]) {
            guard field.hasPrefix(name), let number = Int(field.dropFirst(name.count)), field == "\(name)\(number)"
            else { return nil }
            numbers.append(number)
        }
        return Cost(logarithm: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
    }
}
