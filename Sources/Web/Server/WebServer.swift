import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals
import Vocabulary

/// The site on a socket.
///
///     let server = WebServer(responder: router.responder(), dependencies)
///     try await server.run()   // until SIGTERM or SIGINT
public struct WebServer: Sendable {
    private let responder: WebResponder
    private let dependencies: WebDependencies
    private let services: [any Service]
    private let onRunning: @Sendable (_ port: Int) async -> Void
    let connections = OpenConnections()
    private let opening = Opening()

    /// - Parameters:
    ///   - services: What runs beside the server and is stopped after it, such as a database's pool or a worker.
    ///   - onRunning: Called once the port is open.
    public init(
        responder: WebResponder, _ dependencies: WebDependencies, services: [any Service] = [],
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.responder = responder
        self.dependencies = dependencies
        self.services = services
        self.onRunning = onRunning
    }

    /// The site as an application of Hummingbird, with all bounds of the settings.
    public var application: some ApplicationProtocol {
        let (settings, connections, onRunning, opening) = (dependencies.settings, connections, onRunning, opening)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(settings: settings, connections: connections)],
            idleTimeout: .seconds(Int64(settings.idleSeconds)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: settings.headerBytes * 2, maxHeaderListSize: settings.headerBytes * 4,
                maxHeaderFieldCount: settings.headerFields * 4))
        return Application(
            responder: responder,
            server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    settings.connections, logger: dependencies.logger)),
            onServerRunning: { channel in
                opening.isDone.store(true, ordering: .releasing)
                await onRunning(channel.localAddress?.port ?? settings.port)
            },
            logger: dependencies.logger)
    }

    /// The services of the site in the order in which they start; they stop in the other order.
    public var group: ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services + [application, Curfew(settings: dependencies.settings, connections: connections)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: dependencies.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(dependencies.settings.stopSeconds + 5)
        return ServiceGroup(configuration: configuration)
    }

    /// Runs until a signal to stop: no new connections then, requests in work are finished, and what is not finished in time is
    /// cut off.
    /// - Throws: ``ListenFault`` if the port cannot be opened.
    public func run() async throws {
        do {
            try await group.run()
        } catch {
            guard !opening.isDone.load(ordering: .acquiring) else { throw error }
            throw ListenFault(dependencies.settings, error)
        }
    }
}

/// Whether the port was opened.
private final class Opening: Sendable {
    let isDone = Atomic(false)
}

/// Why the server cannot listen: the port is taken, or the address is none of this machine's.
public struct ListenFault: Error, Sendable, Equatable {
    public let message: Message

    init(_ settings: WebSettings, _ error: any Error) {
        // The system's own words where it has some.
        let reason: String =
            switch error {
            case let error as IOError: String(cString: strerror(error.errnoCode))
            default: String(describing: type(of: error))
            }
        message = Message(
            key: "service.cannot-listen",
            arguments: ["host": settings.host, "port": String(settings.port), "reason": reason])
    }
}

/// Ends the connections that are still open some seconds after the signal to stop.
private struct Curfew: Service {
    let settings: WebSettings
    let connections: OpenConnections

    func run() async throws {
        try? await gracefulShutdown()
        // The server is told to stop when this service is over, so the countdown goes on beside it.
        let (seconds, connections) = (settings.stopSeconds, connections)
        Task {
            try? await Task.sleep(for: .seconds(seconds))
            connections.closeAll()
        }
    }
}
