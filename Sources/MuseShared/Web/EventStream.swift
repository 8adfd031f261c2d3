import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Server-sent events: one response that stays open and tells what happens.
public enum EventStream {
    /// Often enough that proxies keep the connection and a client that is gone is noticed.
    public static let heartbeat = Duration.seconds(15)

    /// A response that sends what `produce` passes to its ``EventSink`` until `produce` returns, the client leaves, or
    /// the service drains. The client then reconnects by itself, with `Last-Event-ID`.
    ///
    /// At most 64 events wait for a slow reader; then `send` waits. A reader that takes nothing for 30 s is closed.
    /// - Throws: 429 to a client address that has as many streams open as one may have.
    public static func response(
        _ context: some WebContext,
        heartbeat: Duration = EventStream.heartbeat,
        _ produce: @escaping @Sendable (EventSink) async throws -> Void
    ) throws(Problem) -> Response {
        let place = try context.web.streams?.enter(context.web.client)
        let channel = context.web.channel
        let logger = context.logger
        let body = ResponseBody { writer in
            let sink = EventSink()
            let work = Task {
                do {
                    try await produce(sink)
                } catch is CancellationError {
                } catch {
                    logger.warning("event stream ended", metadata: ["error": .string(String(reflecting: error))])
                }
                sink.finish()
            }
            let beat = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: heartbeat)
                    sink.beat()
                }
            }
            channel?.triggerUserOutboundEvent(EndWithClient(), promise: nil)
            channel?.closeFuture.whenComplete { _ in sink.finish() }
            defer {
                work.cancel()
                beat.cancel()
                place?.leave()
            }
            try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await Self.write(sink, to: &writer)
                } onGracefulShutdown: {
                    sink.finish()
                }
            } onCancel: {
                sink.finish()
            }
            try await writer.finish(nil)
        }
        let headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .noBuffering: "no",
        ]
        return Response(status: .ok, headers: headers, body: body)
    }

    private static func write(_ sink: EventSink, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        while let text = await sink.next() {
            try await writer.write(ByteBuffer(string: text))
        }
    }
}

extension HTTPField.Name {
    /// Tells nginx to pass each event on at once.
    static let noBuffering = HTTPField.Name("X-Accel-Buffering") ?? .via
    /// What a browser sends when it reconnects to a stream.
    public static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .via
}
