import Crypto
import Vocabulary

/// The six digits of an authenticator app (TOTP, RFC 6238): SHA-1, 30 seconds, as every app has them.
///
///     let factor = TimeBasedCode(.system)
///     factor.address(account: "li@example.cn", issuer: "嘉陵")    // shown as a square code to scan
///     let counter = try factor.accept("287082", at: now, after: lastCounter)   // keep it: no code counts twice
///
/// The secret has to be kept as it is, for codes are made of it: whoever reads the database has the second factor,
/// though not the password.
public struct TimeBasedCode: Sendable, Hashable {
    /// How long a code lasts, in seconds (RFC 6238, section 5.2).
    public static let period: Int64 = 30
    /// How many periods before and after are taken too, for clocks that differ.
    public static let drift: Int64 = 1

    private let secret: [UInt8]

    /// Makes a new secret of 160 bits (RFC 4226, section 4, R6).
    public init(_ random: RandomSource) { secret = random.bytes(20) }

    /// Reads a secret as ``base32`` prints it, in either case and with spaces between; nil if it is none, or of fewer
    /// than 128 bits or more than 512.
    public init?(base32 text: String) {
        guard text.utf8.count <= 256 else { return nil }
        let letters = text.uppercased().filter { $0 != " " }
        let padding = letters.reversed().prefix { $0 == "=" }.count
        guard let secret = DataEncoding.base32.bytes(letters.dropLast(padding)), (16...64).contains(secret.count)
        else { return nil }
        self.secret = secret
    }

    /// The secret as it is kept, and as a person types it who cannot scan.
    public var base32: String { DataEncoding.base32.text(secret) }

    /// The address that apps read from a square code: `otpauth://totp/Issuer:account?secret=…&issuer=Issuer…`.
    public func address(account: String, issuer: String) -> String {
        let issuer = PercentEncoding.encoded(issuer)
        return "otpauth://totp/\(issuer):\(PercentEncoding.encoded(account))?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=6&period=\(Self.period)"
    }

    /// Takes a code if it is one of the periods around a moment and later than the one taken last.
    /// - Parameters:
    ///   - typed: What was typed; spaces are passed over, full-width digits count.
    ///   - last: What this function returned for the code taken last; nil if none was. Keep it with the secret, and
    ///     write it in the transaction that accepts the code: then a code seen over a shoulder is worth nothing.
    /// - Returns: The counter of the code, to be kept.
    /// - Throws: ``AccessFault`` if it is not six digits, or none of the codes that count.
    public func accept(_ typed: String, at now: Timestamp, after last: Int64?) throws(AccessFault) -> Int64 {
        guard let digits = Self.digits(typed) else { throw AccessFault(.secondFactorMalformed) }
        let middle = Self.counter(at: now)
        var accepted: Int64?
        // All are compared, so that time does not tell which.
        for counter in (middle - Self.drift)...(middle + Self.drift) where counter >= 0 {
            let isRight = ConstantTime.equal(digits, Array(code(counter: counter).utf8))
            if isRight, counter > last ?? -1 { accepted = counter }
        }
        guard let accepted else { throw AccessFault(.secondFactorRefused) }
        return accepted
    }

    /// The number of the period in which a moment lies (RFC 6238, section 4.2).
    static func counter(at moment: Timestamp) -> Int64 {
        max(0, moment.milliseconds / 1000 / period)
    }

    /// The code of a counter (RFC 4226, section 5.3).
    func code(counter: Int64) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 0x0F)
        var number: UInt32 = 0
        for byte in mac[offset..<offset + 4] { number = number << 8 | UInt32(byte) }
        let digits = String((number & 0x7FFF_FFFF) % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    private static func digits(_ typed: String) -> [UInt8]? {
        guard typed.utf8.count <= 64 else { return nil }
        var digits: [UInt8] = []
        for scalar in typed.unicodeScalars where scalar.properties.generalCategory != .spaceSeparator {
            switch scalar.value {
            case 0x30...0x39: digits.append(UInt8(scalar.value))
            // Full width, as Chinese input methods type them.
            case 0xFF10...0xFF19: digits.append(UInt8(scalar.value - 0xFF10 + 0x30))
            default: return nil
            }
        }
        return digits.count == 6 ? digits : nil
    }
}
