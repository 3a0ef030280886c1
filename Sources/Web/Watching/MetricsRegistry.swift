import Synchronization

/// Counts what the server does, for Prometheus. One is made at the start and handed on; nothing is global.
///
/// Labels are a method, a route's template and a status, so the number of series is bounded by the routes, and by
/// ``mostSeries`` whatever happens.
public final class MetricsRegistry: Sendable {
    /// Series of requests that are kept apart; further ones are counted together as `other`.
    public static let mostSeries = 2000
    /// Upper bounds of the buckets of the latency histogram, in seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Series: Hashable, Comparable {
        let method: String
        let route: String
        let status: Int

        static func < (left: Series, right: Series) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
    }

    private struct Histogram {
        var counts = Array(repeating: 0, count: bounds.count + 1)
        var sum = 0.0
    }

    private struct State {
        var running = 0
        var requests: [Series: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// A request begins.
    /// - Returns: How many run now, this one among them.
    func requestBegan() -> Int {
        state.withLock { state in
            state.running += 1
            return state.running
        }
    }

    func requestEnded(method: String, route: String, status: Int, seconds: Double, bytes: Int) {
        state.withLock { state in
            state.running -= 1
            var series = Series(method: method, route: route, status: status)
            if state.requests[series] == nil && state.requests.count >= Self.mostSeries {
                series = Series(method: "other", route: "other", status: 0)
            }
            state.requests[series, default: 0] += 1
            state.bytes += bytes
            let index = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.latencies[series.route, default: Histogram()].counts[index] += 1
            state.latencies[series.route]?.sum += seconds
        }
    }

    /// The requests in work.
    public var running: Int { state.withLock { $0.running } }

    /// The Prometheus text format, version 0.0.4.
    /// - Parameter gauges: Further values by the names of their metrics.
    public func text(gauges: [(name: String, value: Double)]) -> String {
        let state = state.withLock { $0 }
        var text = "# TYPE http_requests_total counter\n"
        for (series, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            text += "http_requests_total{method=\"\(series.method)\",route=\"\(Self.escaped(series.route))\","
            text += "status=\"\(series.status)\"} \(count)\n"
        }
        text += "# TYPE http_request_duration_seconds histogram\n"
        for (route, histogram) in state.latencies.sorted(by: { $0.key < $1.key }) {
            let label = "route=\"\(Self.escaped(route))\""
            var total = 0
            for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
                total += count
                text += "http_request_duration_seconds_bucket{\(label),le=\"\(bound)\"} \(total)\n"
            }
            text += "http_request_duration_seconds_sum{\(label)} \(histogram.sum)\n"
            text += "http_request_duration_seconds_count{\(label)} \(total)\n"
        }
        text += "# TYPE http_response_bytes_total counter\nhttp_response_bytes_total \(state.bytes)\n"
        text += "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight \(state.running)\n"
        for gauge in gauges {
            text += "# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n"
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
