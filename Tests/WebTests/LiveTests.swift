import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WebFixtures

@testable import Web

/// What only a socket shows: bytes that are no HTTP, senders that are too slow, and the stop.
@Suite("On a socket", .serialized)
struct LiveTests {
    /// - Parameter patience: How long a silent or slow sender is borne, in seconds. Only tests of slowness set it low: on
    ///   a busy machine the sender of a test itself may need more than a second to come to its first byte.
    private func settings(patience: Int = 60) -> WebSettings {
        var settings = WebSettings()
        settings.port = 0
        settings.idleSeconds = patience
        settings.readSeconds = patience
        settings.addressRate = .init(perSecond: 1000, burst: 1000)
        return settings
    }

    private func routes(_ router: WebRouter) {
        router.get("/page") { _, _ in "hello" }
        router.post("/count") { request, _ in
            var request = request
            return "count \(try await BoundedBody.collect(&request).count)"
        }
    }

    /// Runs the server on a free port.
    private func run(_ settings: WebSettings, _ test: @Sendable (_ port: Int) async throws -> Void) async throws {
        let site = try TestSite(settings: settings)
        let router = WebRouter(site.dependencies)
        routes(router)
        let server = WebServer(responder: router.responder(), site.dependencies)
        try await server.application.test(.live) { client in try await test(try #require(client.port)) }
    }

    @Test("Requests sent at once are answered one after the other, in order")
    func pipelining() async throws {
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send(
                "GET /page HTTP/1.1\r\nHost: a\r\n\r\nPOST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let (text, _) = await connection.read()
            let places = ["hello", "count 3", "404 Not Found"].map { text.range(of: $0)?.lowerBound }
            #expect(places.allSatisfy { $0 != nil })
            #expect(places == places.sorted { ($0 ?? text.startIndex) < ($1 ?? text.startIndex) })
        }
    }

    @Test("A header beyond all bounds is answered 431 and the connection ended")
    func hugeHeader() async throws {
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send("GET /page HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 200_000))
            let (text, isClosed) = await connection.read()
            #expect(text.hasPrefix("HTTP/1.1 431 "))
            #expect(isClosed)
        }
    }

    @Test(
        "A request with two lengths, or one that nobody agrees on, is refused and nothing behind it is believed",
        arguments: [
            "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: -1", "Content-Length: 5, 6",
            "Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked", "Content-Length : 5",
        ])
    func smuggling(fields: String) async throws {
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send(
                "POST /count HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n0\r\n\r\nGET /page HTTP/1.1\r\nHost: a\r\n\r\n")
            let (text, isClosed) = await connection.read()
            #expect(!text.contains("hello"), "the second request was hidden in the first")
            #expect(text.hasPrefix("HTTP/1.1 4"))
            #expect(isClosed)
        }
    }

    @Test("A connection that says nothing, or a head that trickles in, is ended")
    func slowHead() async throws {
        try await run(settings(patience: 1)) { port in
            let silent = try RawConnection(port: port)
            let answer = await silent.read()
            #expect(answer == ("", true))
            let slow = try RawConnection(port: port)
            await slow.send("GET /page HTTP/1.1\r\nX: ")
            let sent = await slow.trickle("a", times: 100, pause: 100_000)
            #expect(sent < 100)
        }
    }

    @Test("A body that trickles in is ended, however often a byte comes")
    func slowBody() async throws {
        try await run(settings(patience: 1)) { port in
            let connection = try RawConnection(port: port)
            await connection.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            let sent = await connection.trickle("a", times: 100, pause: 100_000)
            #expect(sent < 100)
        }
    }

    @Test("A chunked body without end is answered 413 and then cut off")
    func endlessBody() async throws {
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send("POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
            let sent = await connection.trickle(chunk, times: 2000)
            #expect(sent < 2000, "\(sent) chunks of 64 KiB were taken")
        }
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send("POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<17 { await connection.send("10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n") }
            let refusal = await connection.read(until: "413 ").text
            #expect(refusal.hasPrefix("HTTP/1.1 413 "))
            await connection.send("0\r\n\r\nGET /page HTTP/1.1\r\nHost: a\r\n\r\n")
            let next = await connection.read(until: "hello").text
            #expect(next.contains("hello"), "a body that ends leaves the connection usable")
        }
    }

    @Test(
        "A body that breaks off in its chunks is refused",
        arguments: ["zz\r\n", "5\r\nabcdeX\r\n", "-5\r\n", "FFFFFFFFFFFFFFFFFF\r\n"])
    func brokenChunks(chunks: String) async throws {
        try await run(settings()) { port in
            let connection = try RawConnection(port: port)
            await connection.send("POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)")
            let (text, isClosed) = await connection.read()
            #expect(text.hasPrefix("HTTP/1.1 400 ") && isClosed)
        }
    }

    @Test("A reader that takes nothing of a long answer is given up")
    func slowReader() async throws {
        let site = try TestSite(settings: settings(patience: 1))
        let router = WebRouter(site.dependencies)
        router.get("/long") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    let chunk = ByteBuffer(repeating: 0x61, count: 65_536)
                    for _ in 0..<500 {
                        try await writer.write(chunk)
                        // Else all of it may be queued before the loop that sends has run once.
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    try await writer.finish(nil)
                })
        }
        let server = WebServer(responder: router.responder(), site.dependencies)
        try await server.application.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            await connection.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            var line: String?
            for _ in 0..<300 where line == nil {
                try await Task.sleep(for: .milliseconds(20))
                line = site.log.all.first { $0.contains("/long") }
            }
            #expect(line != nil, "it is still being sent")
            // Also keeps the connection open until here.
            let answer = await connection.read()
            #expect(answer.isClosed && answer.text.utf8.count < 65_536 * 500)
        }
    }

    @Test("A stop lets the request in work finish and then ends")
    func gracefulStop() async throws {
        var settings = settings()
        settings.stopSeconds = 5
        let (began, open) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
        let port = AsyncStream<Int>.makeStream()
        let site = try TestSite(settings: settings)
        let router = WebRouter(site.dependencies)
        router.get("/long") { _, _ in
            began.continuation.yield()
            var iterator = open.stream.makeAsyncIterator()
            _ = await iterator.next()
            return "finished"
        }
        let server = WebServer(
            responder: router.responder(), site.dependencies, onRunning: { port.continuation.yield($0) })
        let group = server.group
        async let running: Void = group.run()
        let number = try #require(await port.stream.first { _ in true })
        let connection = try RawConnection(port: number)
        await connection.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = await began.stream.first { _ in true }
        await group.triggerGracefulShutdown()
        open.continuation.yield()
        let (text, isClosed) = await connection.read()
        #expect(text.hasSuffix("finished") && isClosed)
        try await running
        #expect(throws: RawConnection.Failed.self) { _ = try RawConnection(port: number) }
    }

    @Test("A request that does not end is cut off some seconds after the stop")
    func curfew() async throws {
        var settings = settings()
        settings.stopSeconds = 1
        let port = AsyncStream<Int>.makeStream()
        let site = try TestSite(settings: settings)
        let router = WebRouter(site.dependencies)
        routes(router)
        let server = WebServer(
            responder: router.responder(), site.dependencies, onRunning: { port.continuation.yield($0) })
        let group = server.group
        async let running: Void = group.run()
        let number = try #require(await port.stream.first { _ in true })
        let connection = try RawConnection(port: number)
        await connection.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        while site.dependencies.metrics.running == 0 { await Task.yield() }
        await group.triggerGracefulShutdown()
        let (_, isClosed) = await connection.read()
        #expect(isClosed)
        try await running
    }
}
