import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Synchronization

/// Ends connections that hold the server up: a request that trickles in too slowly, a body that goes on after its answer,
/// a reader that takes nothing, bytes that are no HTTP.
///
/// Silent connections are ended by Hummingbird's own idle timeout; a sender of a byte now and then would pass that.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What is still read of a body whose request has been answered, so that the client gets to read the answer.
    static let lingerBytes = 262_144
    static let lingerTime = TimeAmount.seconds(2)

    private let settings: WebSettings
    private let connections: OpenConnections
    /// When the head of the request came whose body is still being read.
    private var readingSince: NIODeadline?
    private var received = 0
    private var unanswered = 0
    /// Bytes came that are no HTTP: nothing after them is read, and the connection ends with the last answer.
    private var isBroken = false
    private var isLingering = false
    private var lingered = 0
    private var watch: Scheduled<Void>?
    private var lingerEnd: Scheduled<Void>?
    private var writeEnd: Scheduled<Void>?

    init(settings: WebSettings, connections: OpenConnections) {
        self.settings = settings
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) { connections.add(context.channel) }

    func channelInactive(context: ChannelHandlerContext) {
        for task in [watch, lingerEnd, writeEnd] { task?.cancel() }
        (watch, lingerEnd, writeEnd) = (nil, nil, nil)
        connections.remove(context.channel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            readingSince = .now()
            received = 0
            unanswered += 1
            stopLingering()
            lingered = 0
        case .body(let bytes):
            received += bytes.readableBytes
            if isLingering {
                lingered += bytes.readableBytes
                guard lingered <= Self.lingerBytes else { return context.close(promise: nil) }
            }
            watchReading(context)
        case .end:
            readingSince = nil
            stopLingering()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A head alone has come: its body must follow in time. Most requests end within the same read and need no watch.
        watchReading(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // The refusal of bytes that are no HTTP answers no request.
            unanswered = max(0, unanswered - 1)
            if (readingSince != nil || isBroken) && unanswered == 0 { linger(context) }
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case HTTPParserError.headerOverflow = error, unanswered == 0 {
            // The head never came through, so nobody above can answer it.
            let fields: HTTPFields = [.connection: "close", .contentLength: "0"]
            let head = HTTPResponse(status: .init(code: 431), headerFields: fields)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            linger(context)
            return
        }
        // The refusal is written later, by a task that may have to wait for its turn and for the answers before it.
        if error is HTTPParserError { isBroken = true }
        context.fireErrorCaught(error)
    }

    private func linger(_ context: ChannelHandlerContext) {
        guard !isLingering else { return }
        isLingering = true
        lingered = 0
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        lingerEnd = context.eventLoop.scheduleTask(in: Self.lingerTime) { bound.value.close(promise: nil) }
    }

    private func stopLingering() {
        isLingering = false
        lingerEnd?.cancel()
        lingerEnd = nil
    }

    /// A reader that takes nothing of an answer for as long as a silent connection may be is given up.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeEnd?.cancel()
        writeEnd = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            writeEnd = context.eventLoop.scheduleTask(in: .seconds(Int64(settings.idleSeconds))) {
                bound.value.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    private func watchReading(_ context: ChannelHandlerContext) {
        guard watch == nil, let since = readingSince else { return }
        let slowest = max(1, settings.slowestBytesPerSecond)
        let allowance = TimeAmount.seconds(Int64(settings.readSeconds + received / slowest))
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        watch = context.eventLoop.scheduleTask(deadline: since + allowance) {
            let (handler, context) = bound.value
            handler.watch = nil
            guard let since = handler.readingSince else { return }
            let allowance = TimeAmount.seconds(Int64(handler.settings.readSeconds + handler.received / slowest))
            if NIODeadline.now() >= since + allowance {
                context.close(promise: nil)
            } else {
                handler.watchReading(context)
            }
        }
    }
}

/// The connections that are open, so that a stop can end those that do not end by themselves.
final class OpenConnections: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    func add(_ channel: any Channel) { channels.withLock { $0[ObjectIdentifier(channel)] = channel } }

    func remove(_ channel: any Channel) { channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }

    var count: Int { channels.withLock { $0.count } }

    func closeAll() {
        for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}
