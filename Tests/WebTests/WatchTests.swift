import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import Vocabulary
import WebFixtures

@testable import Web

@Suite("What is told of the running server")
struct WatchTests {
    @Test("Health says that it lives, ready why it cannot work")
    func health() async throws {
        let site = try TestSite()
        let watch = WatchRoutes(reasonsNotReady: { [Message(key: "problem.busy")] })
        try await site.serving { watch.add(to: $0, site.dependencies) }.test { client in
            try await client.execute(uri: "/health", method: .get) { #expect($0.text == #"{"status":"ok"}"#) }
            try await client.execute(uri: "/ready", method: .get, headers: [.acceptLanguage: "en"]) { answer in
                #expect(answer.status == .serviceUnavailable)
                let value = try answer.json()
                #expect(value["reasons"]?.elements?.first?["code"] == "problem.busy")
                #expect(value["reasons"]?.elements?.first?["message"] == "The system is busy; please try again soon.")
            }
        }
        try await site.serving { WatchRoutes().add(to: $0, site.dependencies) }.test { client in
            try await client.execute(uri: "/ready", method: .get) { #expect($0.status == .ok) }
        }
    }

    @Test("Metrics count by route template and status, and only the addresses allowed may read them")
    func metrics() async throws {
        var settings = WebSettings()
        settings.metricsAddresses = ["local"]
        let site = try TestSite(settings: settings)
        let watch = WatchRoutes(gauges: { [(name: "jobs_waiting", value: 4)] })
        try await site.serving { router in
            watch.add(to: router, site.dependencies)
            router.get("/loans/{id}") { _, _ in "loan" }
        }.test { client in
            for id in 1...3 { try await client.execute(uri: "/loans/\(id)?q=secret", method: .get) }
            try await client.execute(uri: "/nowhere/secret", method: .get)
            try await client.execute(uri: "/metrics", method: .get) { answer in
                #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(answer.text.contains(#"http_requests_total{method="GET",route="/loans/{id}",status="200"} 3"#))
                #expect(answer.text.contains(#"route="unmatched",status="404"} 1"#))
                #expect(answer.text.contains(#"http_request_duration_seconds_bucket{route="/loans/{id}",le="+Inf"} 3"#))
                #expect(answer.text.contains("http_requests_in_flight 1\n"))
                #expect(answer.text.contains("jobs_waiting 4.0\n"))
                #expect(answer.text.contains("process_resident_memory_bytes "))
                #expect(!answer.text.contains("secret"))
            }
        }
        try await site.serving { watch.add(to: $0, site.dependencies) }.test { client in
            let forwarded: HTTPFields = [HTTPField.Name(checked: "X-Forwarded-For"): "6.6.6.6"]
            try await client.execute(uri: "/metrics", method: .get, headers: forwarded) {
                #expect($0.status == .notFound, "behind a proxy that nobody named, anybody seems to be local")
            }
        }
        let closed = try TestSite()
        try await closed.serving { WatchRoutes().add(to: $0, closed.dependencies) }.test { client in
            try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test("Buckets add up, and series stay bounded")
    func registry() {
        let metrics = MetricsRegistry()
        for seconds in [0.001, 0.005, 0.3, 100] {
            _ = metrics.requestBegan()
            metrics.requestEnded(method: "GET", route: "/a", status: 200, seconds: seconds, bytes: 10)
        }
        let text = metrics.text(gauges: [])
        #expect(text.contains(#"bucket{route="/a",le="0.005"} 2"#))
        #expect(text.contains(#"bucket{route="/a",le="0.5"} 3"#))
        #expect(text.contains(#"bucket{route="/a",le="10.0"} 3"#))
        #expect(text.contains(#"bucket{route="/a",le="+Inf"} 4"#))
        #expect(text.contains("http_response_bytes_total 40\n"))
        for index in 0..<5000 {
            metrics.requestEnded(method: "GET", route: "/\(index)", status: 200, seconds: 0, bytes: 0)
        }
        let lines = metrics.text(gauges: []).split(separator: "\n").filter { $0.hasPrefix("http_requests_total{") }
        #expect(lines.count == MetricsRegistry.mostSeries + 1)
    }

    @Test("One line a request tells method, template, status, time and bytes")
    func accessLog() async throws {
        let site = try TestSite()
        let clock = site.clock
        try await site.serving { router in
            router.get("/loans/{id}") { _, _ in
                clock.advance(seconds: 0.0125)
                return "loan"
            }
            router.get("/stream") { _, _ in
                Response(
                    status: .ok,
                    body: .init { writer in
                        try await writer.write(ByteBuffer(string: "12345"))
                        try await writer.write(ByteBuffer(string: "678"))
                        try await writer.finish(nil)
                    })
            }
        }.test { client in
            try await client.execute(uri: "/loans/7", method: .get)
            try await client.execute(uri: "/stream", method: .get) { #expect($0.text == "12345678") }
        }
        let lines = try site.log.all.map { try JSONValue.parse($0) }.filter { $0["message"] == "request" }
        try #require(lines.count == 2)
        #expect(
            lines[0] == [
                "time": "1970-01-01T00:00:00.000Z", "level": "info", "message": "request",
                "request": "abababababababab", "method": "GET", "route": "/loans/{id}", "status": 200,
                "ms": .number(12.5),
                "bytes": 4,
            ])
        #expect(lines[1]["bytes"] == 8)
        #expect(site.dependencies.metrics.running == 0)
    }

    @Test("A secret in path, query, header, cookie or body never shows in the log")
    func secrets() async throws {
        let site = try TestSite()
        try await site.serving { router in
            router.post("/forms/{id}") { request, _ -> String in
                var request = request
                let form = try await FormFields.read(&request)
                throw HTTPError(.badRequest, message: form["name"] ?? "")
            }
            router.get("/fail/{id}") { _, _ -> String in throw Leak(text: "s3cret") }
        }.test { client in
            let headers: HTTPFields = [
                .authorization: "Bearer s3cret", .cookie: "jialing=s3cret", .userAgent: "s3cret", .referer: "s3cret",
                .contentType: "application/x-www-form-urlencoded",
            ]
            let body = ByteBuffer(string: "name=s3cret&password=s3cret")
            try await client.execute(uri: "/forms/s3cret?q=s3cret", method: .post, headers: headers, body: body)
            var open = headers
            open[.authorization] = nil
            try await client.execute(uri: "/forms/s3cret?q=s3cret", method: .post, headers: open, body: body)
            try await client.execute(uri: "/fail/s3cret?q=s3cret", method: .get, headers: open)
            try await client.execute(uri: "/s3cret", method: .get, headers: open)
            try await client.execute(uri: "/", method: HTTPRequest.Method("S3CRET") ?? .get, headers: open)
        }
        #expect(site.log.all.count >= 6)
        for line in site.log.all { #expect(!line.lowercased().contains("s3cret"), "\(line)") }
    }

    private struct Leak: Error { let text: String }

    @Test("The log writes its own fields alone, whatever a library adds")
    func fields() throws {
        let lines = LogLines()
        let logger = Logger(label: "x") { _ in
            JSONLineLog(clock: { Timestamp(milliseconds: 0) }, write: { lines.add($0) })
        }
        logger.info("a\nb", metadata: ["email": "a@b.example", "status": "200", "route": "/\"\n"])
        let line = try #require(lines.all.first)
        #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
        let value = try JSONValue.parse(line)
        #expect(value["email"] == nil && value["status"] == "200" && value["message"] == "a\nb")
    }
}
