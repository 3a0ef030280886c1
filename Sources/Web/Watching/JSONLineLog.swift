import Foundation
import Logging
import Vocabulary

/// A log for programs: one JSON object a line, with no more than the fields listed here.
///
/// Anything else that a library adds to its messages is dropped, for nobody can promise what stands in it.
public struct JSONLineLog: LogHandler {
    /// What may be written beside time, level and message.
    public static let fields: Set<String> = [
        "request", "method", "route", "status", "ms", "bytes", "error", "detail", "job", "seconds", "count", "address",
    ]

    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]
    private let clock: @Sendable () -> Timestamp
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - clock: The moment that is written.
    ///   - write: Takes one line with its line end. Called from any thread.
    public init(clock: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.clock = clock
        self.write = write
    }

    /// To standard error, with the time of the operating system.
    public static func standardError() -> JSONLineLog {
        JSONLineLog(
            clock: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            write: { line in FileHandle.standardError.write(Data(line)) })
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members: [String: JSONValue] = [
            "time": .string(clock().description), "level": .string(event.level.rawValue),
            "message": .string(String(event.message.description.prefix(500))),
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
        where Self.fields.contains(key) {
            members[key] = Self.value(value)
        }
        write(JSONBytes.write(.object(members)) + [0x0A])
    }

    private static func value(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(String(text.prefix(500)))
        case .stringConvertible(let convertible):
            let text = convertible.description
            return Int64(text).map(JSONValue.integer) ?? Double(text).map(JSONValue.number) ?? .string(text)
        default: return .string("?")
        }
    }
}
