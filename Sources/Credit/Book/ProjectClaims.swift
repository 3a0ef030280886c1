import Impact
import Vocabulary

/// What the loans of each project have claimed of its benefit so far, so that the shares of one project never pass 1
/// over all rows. Loans claim in the order of the ledger: the one that reaches the whole bears the cut, with a flag.
public struct ProjectClaims: Sendable {
    private var claimed: [UInt64: Int32] = [:]

    public init() {}

    /// The key of a row's project: its national code, else borrower and project name. A loan without either is a
    /// project of its own.
    ///
    /// Held as a 64-bit hash; among a million projects two fall together with probability 3 × 10^-8, and the
    /// consequence is a share that is too small, never too large.
    public static func key(_ row: LoanRow, in bytes: Span<UInt8>) -> UInt64? {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        if let code = row.projectCode {
            for byte in code.description.utf8 { mix(byte) }
            return hash
        }
        guard !row.projectName.isEmpty else { return nil }
        for index in row.borrower { mix(bytes[index]) }
        mix(0)
        for index in row.projectName { mix(bytes[index]) }
        return hash
    }

    /// The share of one more loan.
    public mutating func claim(_ key: UInt64?, balance: Money, totalInvestment: Money?) -> LoanShare? {
        let already = key.flatMap { claimed[$0] } ?? 0
        guard let share = LoanShare(balance: balance, totalInvestment: totalInvestment, alreadyClaimed: Int64(already))
        else { return nil }
        if let key, share.millionths > 0 { claimed[key] = already + Int32(share.millionths) }
        return share
    }
}
