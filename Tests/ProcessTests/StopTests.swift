import Foundation
import Glibc
import Store
import Testing

extension ServerProcessTests {
    @Suite("Asked to stop")
    struct StopTests {
        @Test(
            "Requests under way are answered, then the server ends with 0",
            arguments: zip(Engine.allCases, [SIGTERM, SIGINT]))
        func graceful(engine: Engine, signal: Int32) async throws {
            try await Site.with(engine) { site in
                let server = try await site.start(isFirst: true)
                let key = try #require(server.setUpKey)
                let port = server.port
                // The head and a part of the body: the server has begun with it, and cannot have ended.
                let body = Browser.encoded([
                    ("email", "root@example.org"), ("name", "虚构管理员"), ("password", Site.password),
                ])
                let half = body.utf8.count / 2
                let head =
                    "POST /invitation/\(key) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                let connection = try Connection(port: port)
                try connection.send(head + body.prefix(half))
                // An answer to another request on a later connection proves that the first was taken in.
                var other = Browser(port: port)
                #expect(try await other.asks { try $0.get("/health") }.status == 200)
                server.signal(signal)
                // Refused from the moment on which the signal has arrived, while the request still waits for its body.
                try await Exchange.waiting {
                    for _ in 0..<2000 {
                        do {
                            _ = try Exchange.send(
                                "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port)
                        } catch {
                            return
                        }
                        usleep(1000)
                    }
                    throw StillOpen()
                }
                try connection.send(String(body.dropFirst(half)))
                let answer = try await Exchange.waiting { try connection.answer() }
                #expect(answer.status == 303)
                #expect(await server.end() == 0)
                // And it is kept.
                let again = try await site.start()
                _ = try await site.signIn(again, email: "root@example.org")
                #expect(await again.stop() == 0)
            }
        }

        private struct StillOpen: Error {}
    }
}
