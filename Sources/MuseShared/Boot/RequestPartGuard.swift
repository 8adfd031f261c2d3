import Foundation
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Follows requests and answers on one connection: tells ``SlowClientGuard`` where they stand, gives refusals that the
/// HTTP parser makes our headers, and ends the connection after an answer that asks for it.
final class RequestPartGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let refusals: ParserRefusal
    private var clock: SlowClientGuard?
    private var closesAfterAnswer = false
    private var endsWithClient = false
    private var isClosing = false

    init(refusals: ParserRefusal) {
        self.refusals = refusals
    }

    func handlerAdded(context: ChannelHandlerContext) {
        clock = try? context.pipeline.syncOperations.handler(type: SlowClientGuard.self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isClosing { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            clock?.headersEnded(declared: head.headerFields[.contentLength].flatMap { Int($0) })
        case .body: break
        case .end: clock?.bodyEnded()
        }
        context.fireChannelRead(data)
    }

    /// While closing, what still comes is read and dropped: unread bytes would make the kernel reset the connection,
    /// and the client would lose the answer that tells it why.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isClosing { context.read() }
        context.fireChannelReadComplete()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event {
        case is CloseAfterResponse: closesAfterAnswer = true
        case is EndWithClient: endsWithClient = true
        default:
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        promise?.succeed()
    }

    /// A client that sends no more may still wait for its answer; one that follows an event stream has gone.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if endsWithClient, let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status == .badRequest && head.headerFields[.requestID] == nil:
            let answer = refusals.answer()
            closesAfterAnswer = true
            context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
            context.write(wrapOutboundOut(.body(answer.body)), promise: promise)
        case .end where closesAfterAnswer:
            writeLast(context: context, data: data, promise: promise)
        case .end:
            clock?.answered()
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }

    private func writeLast(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        isClosing = true
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(data, promise: written)
        written.futureResult.whenComplete { _ in
            let context = bound.value
            context.channel.close(mode: .output, promise: nil)
            context.read()
            context.eventLoop.scheduleTask(in: .seconds(1)) { bound.value.close(promise: nil) }
        }
    }
}

/// The answer to bytes that are no HTTP request: Hummingbird's bare 400 with our headers and our document.
struct ParserRefusal: Sendable {
    let security: SecurityHeaders
    let identifier = RequestIdentifier()
    let date = HTTPDate()

    func answer() -> (head: HTTPResponse, body: ByteBuffer) {
        let requestID = identifier.next()
        let document = ProblemDocument(problem: .malformed("This is no HTTP request."), requestID: requestID)
        let body = (try? MuseJSON.encoder.encode(document)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        var fields = security.fields
        fields[.contentType] = "application/problem+json"
        fields[.contentLength] = String(body.readableBytes)
        fields[.connection] = "close"
        fields[.date] = date.now()
        fields[.requestID] = requestID
        return (HTTPResponse(status: .badRequest, headerFields: fields), body)
    }
}
