import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Serves `router` until SIGTERM or SIGINT, then drains: stops accepting, is not ready any more, finishes requests in
/// progress for at most ten seconds, and returns.
///
/// Prints one line with its address when it listens, also when the port was chosen by the system.
/// - Parameters:
///   - ready: routes of `router` that are answered from memory on the connection's own thread.
///   - background: started before the first request and stopped after the last one, such as the email worker.
///   - onReady: told the address that was printed.
public func serve(
    _ site: Site,
    router: Router<VisitorContext>,
    ready: [ReadyRoute] = [],
    background: [any Service] = [],
    signals: [UnixSignal] = [.sigterm, .sigint],
    onReady: @escaping @Sendable (SocketAddress) -> Void = { _ in }
) async throws {
    raiseFileLimit()
    let group = try makeServiceGroup(
        site, router: router, ready: ready, background: background, signals: signals, onReady: onReady)
    defer { site.state.end() }
    do {
        try await group.run()
    } catch {
        // Whatever was cut off at the end of the ten seconds has been told so; the drain itself went as it should.
        guard site.state.isDraining else { throw error }
    }
}

/// Everything that runs while a site is served; tests run it by itself to start a drain.
func makeServiceGroup(
    _ site: Site,
    router: Router<VisitorContext>,
    ready: [ReadyRoute] = [],
    background: [any Service] = [],
    signals: [UnixSignal],
    onReady: @escaping @Sendable (SocketAddress) -> Void
) throws -> ServiceGroup {
    let server = try makeServer(site, site.frontDoor(router), ready, onReady)
    let drain = DrainWatch(state: site.state, seconds: drainSeconds + 1)
    var configuration = ServiceGroupConfiguration(
        services: background.map { .init(service: $0) } + [.init(service: server), .init(service: drain)],
        gracefulShutdownSignals: signals,
        logger: site.logger
    )
    configuration.maximumGracefulShutdownDuration = .seconds(drainSeconds)
    return ServiceGroup(configuration: configuration)
}

private let drainSeconds = 10

private func makeServer(
    _ site: Site,
    _ door: FrontDoor<RouterResponder<VisitorContext>>,
    _ ready: [ReadyRoute],
    _ onReady: @escaping @Sendable (SocketAddress) -> Void
) throws -> any Service {
    let group = MultiThreadedEventLoopGroup.singleton
    let logger = site.logger
    let listener = site.configuration.listener
    let title = site.configuration.program.title
    let readyDoor = ReadyDoor(door, routes: ready)
    return try HTTPServerBuilder { responder in
        GuardedChannel(
            inner: HTTP1Channel(responder: responder, configuration: channelConfiguration(door.security, readyDoor)),
            limits: site.limits,
            gate: ConnectionGate(limits: site.limits, findClient: door.findClient),
            executors: LoopExecutors(group)
        )
    }.buildServer(
        configuration: ServerConfiguration(address: .hostname(listener.host, port: listener.port), backlog: 1024),
        eventLoopGroup: group,
        logger: quiet(logger)
    ) { request, writer, channel in
        let context = VisitorContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let response = await door.respond(to: request, context: context)
        try await writer.write(response: response.head, body: response.body)
    } onServerRunning: { channel in
        guard let address = channel.localAddress else { return }
        let host = listener.host.contains(":") ? "[\(listener.host)]" : listener.host
        let line = "\(title) listening on http://\(host):\(address.port ?? listener.port)\n"
        try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        onReady(address)
    }
}

/// Hummingbird tells its address at info level; we print it in our own words.
private func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
}

/// 16 KiB of headers hold every cookie we set many times over; Hummingbird's own limit is 80.
private func channelConfiguration(_ security: SecurityHeaders, _ ready: ReadyDoor) -> HTTP1Channel.Configuration {
    let refusal = ParserRefusal(security: security)
    return HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestPartGuard(refusals: refusal), ReadyAnswerHandler(door: ready)],
        httpDecoderConfiguration: .init(maxHeaderFieldSize: 8192, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100)
    )
}

/// Many systems let a process open 1,024 files until it asks for more; connections are files.
private func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else {
        return
    }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Marks the drain at its beginning, and ends the process if a request that ignores being cancelled outlasts it.
struct DrainWatch: Service {
    let state: ServingState
    let seconds: Int

    func run() async throws {
        try? await gracefulShutdown()
        state.beginDraining()
        Task.detached { [seconds, state] in
            try? await Task.sleep(for: .seconds(seconds))
            if !state.hasEnded { exit(0) }
        }
    }
}
