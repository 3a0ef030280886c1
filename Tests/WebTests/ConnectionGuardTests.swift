import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing
import WebFixtures

@testable import Web

@Suite("The guard of a connection")
struct ConnectionGuardTests {
    private let connections = OpenConnections()

    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: ConnectionGuard(settings: WebSettings(), connections: connections))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func answer(_ channel: EmbeddedChannel, _ status: HTTPResponse.Status) throws {
        try channel.writeOutbound(HTTPResponsePart.head(.init(status: status)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    @Test("Bytes that are no HTTP are answered however late the answer comes, and the connection ends after it")
    func lateRefusal() throws {
        let channel = try channel()
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidContentLength)
        channel.embeddedEventLoop.advanceTime(by: ConnectionGuard.lingerTime * 10)
        #expect(channel.isActive, "the refusal could not be written any more")
        try answer(channel, .badRequest)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: ConnectionGuard.lingerTime)
        #expect(!channel.isActive)
    }

    @Test("A request before bytes that are no HTTP gets its answer, however long that takes")
    func answerBefore() throws {
        let channel = try channel()
        let head = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        channel.embeddedEventLoop.advanceTime(by: ConnectionGuard.lingerTime * 10)
        #expect(channel.isActive)
        try answer(channel, .ok)
        channel.embeddedEventLoop.advanceTime(by: ConnectionGuard.lingerTime)
        #expect(!channel.isActive)
    }
}
